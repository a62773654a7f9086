import TLSCrypto
import TLSEngine

/// Large writes in the caller's buffers, each sealed and opened by as many threads as there are. One is
/// read before the next is written.
final class BulkRecords: Records {
  private let client: End<ClientRole>
  private let server: End<ServerRole>
  private let workers: RecordWorkers
  private let plaintext: [UInt8]
  private var wire: [UInt8]
  private var opened: [UInt8]

  init(
    _ client: End<ClientRole>, _ server: End<ServerRole>, _ workers: RecordWorkers, byteCount: Int
  ) {
    self.client = client
    self.server = server
    self.workers = workers
    plaintext = [UInt8](repeating: 0x61, count: byteCount)
    opened = [UInt8](repeating: 0, count: byteCount)
    wire = [UInt8](repeating: 0, count: client.connection.sealedByteCount(of: byteCount))
  }

  func seal(_ times: Int) throws {
    guard times == 1,
      try Self.seal(plaintext, &client.connection, into: &wire, workers) == plaintext.count
    else { throw Failure(description: "seal failed") }
  }

  func open(_ times: Int) throws {
    guard times == 1,
      try Self.open(wire, &server.connection, into: &opened, workers) == plaintext.count
    else { throw Failure(description: "open failed") }
  }

  private static func seal(
    _ plaintext: [UInt8], _ client: inout ClientConnection, into wire: inout [UInt8],
    _ workers: RecordWorkers
  ) throws(TLSError) -> Int {
    var output = wire.mutableRawSpan
    return try client.seal(plaintext.rawSpan, into: &output, with: workers).consumed
  }

  private static func open(
    _ wire: [UInt8], _ server: inout ServerConnection, into plaintext: inout [UInt8],
    _ workers: RecordWorkers
  ) throws(TLSError) -> Int {
    var output = plaintext.mutableRawSpan
    return try server.open(wire.rawSpan, into: &output, with: workers).written
  }
}
