import TLSCrypto
import TLSEngine

/// Large writes in the caller's buffers, each sealed and opened by as many threads as there are.
final class BulkRecords {
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

  func seal() throws {
    var output = wire.mutableRawSpan
    let sealed = try client.connection.seal(plaintext.rawSpan, into: &output, with: workers)
    guard sealed.consumed == plaintext.count else { throw Failure(description: "seal failed") }
  }

  func open() throws {
    var output = opened.mutableRawSpan
    let result = try server.connection.open(wire.rawSpan, into: &output, with: workers)
    guard result.written == plaintext.count else { throw Failure(description: "open failed") }
  }
}
