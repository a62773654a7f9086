import Synchronization
import Testing

extension Interop {
  /// Every feature with every peer, in both roles. What a peer lacks is said with a reason, and what
  /// can be tried all the same has to be refused.
  @Suite("Matrix", .serialized)
  struct MatrixOfPeers {
    private static let matrix = Mutex(Matrix())

    @Test("Every feature with", arguments: Column.all)
    func everyFeature(column: Column) throws {
      // Whatever came of it, the table is printed once.
      defer {
        if let table = Self.matrix.withLock({ $0.finish(column) }) { print(table) }
      }
      let authority = try Authority.shared.get()
      let servers = ServerPool(authority)
      for feature in Feature.all {
        let outcome = column.outcome(of: feature, servers, authority)
        Self.matrix.withLock { $0[column, feature] = outcome }
        if case .failed(let reason) = outcome {
          Issue.record("\(column), \(feature): \(reason)")
        }
      }
    }
  }
}
