import Synchronization
import TLSCrypto
import TLSEngine

/// What our side of a recorded connection is given besides the peer's bytes, and what it made of it.
///
/// The secrets of a vector are there to be read: what else is a secret is public in these files.
final class VectorInputs: Sendable {
  private struct Log {
    var drawn: [[UInt8]] = []
    var masterSecret: [UInt8]?
  }

  private let log = Mutex(Log())

  /// What was drawn of the randomness, in order.
  var drawn: [[UInt8]] { log.withLock { $0.drawn } }

  /// The master secret of the key log's line, if there was one.
  var masterSecret: [UInt8]? { log.withLock { $0.masterSecret } }

  fileprivate func note(drawn bytes: [UInt8]) { log.withLock { $0.drawn.append(bytes) } }

  fileprivate func note(line: [UInt8]) {
    guard let digits = line.split(separator: 0x20).last,
      let secret = Hexadecimal.bytes(of: digits)
    else { return }
    log.withLock { $0.masterSecret = secret }
  }
}

/// The randomness of a vector, which remembers what was drawn of it.
struct VectorRandomness: RandomSource {
  private var source: DeterministicRandomSource
  private let inputs: VectorInputs

  /// The stream of the seed's text and the number of the connection.
  init(seed: String, connection: Int, _ inputs: VectorInputs) {
    source = DeterministicRandomSource(seed: [UInt8]("\(seed) \(connection)".utf8))
    self.inputs = inputs
  }

  mutating func fill(_ bytes: inout MutableRawSpan) {
    source.fill(&bytes)
    inputs.note(drawn: [UInt8](bytes.bytes))
  }
}

/// The key log of a vector.
struct VectorKeyLog: KeyLog {
  let inputs: VectorInputs

  func append(_ line: RawSpan) {
    inputs.note(line: [UInt8](line))
  }
}
