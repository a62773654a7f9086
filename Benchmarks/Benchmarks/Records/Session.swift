import TLSCertificates
import TLSCrypto
import TLSEngine

/// A client and a server that are connected, and the buffers that records go through.
final class Session {
  private var client: ClientConnection
  private var server: ServerConnection
  private let plaintext: [UInt8]
  private var wire: [UInt8]
  private var received: [UInt8]

  /// - Parameter byteCount: the length of each plaintext.
  init(_ suite: CipherSuite, byteCount: Int) throws {
    var random = SystemRandomSource()
    let now = SystemTimeSource().now()
    let authority = try DevelopmentAuthority(now: now, random: &random)
    let leaf = try authority.issue(names: ["bench.test"], now: now, random: &random)
    var configuration = ClientConfiguration()
    configuration.verification = .roots(TrustRoots(certificates: [authority.certificate]))
    configuration.cipherSuites = [suite]
    client = try ClientConnection(to: "bench.test", configuration: configuration)
    server = try ServerConnection(
      configuration: ServerConfiguration(identities: [
        try Identity(certificates: [leaf.certificate], privateKey: leaf.key)
      ]))
    plaintext = [UInt8](repeating: 0x61, count: byteCount)
    wire = []
    received = []
    try client.start()
    while client.hasOutgoing || server.hasOutgoing {
      _ = try server.receive(client.takeOutgoing())
      _ = try client.receive(server.takeOutgoing())
    }
    wire = [UInt8](repeating: 0, count: client.sealedByteCount(of: byteCount))
  }

  /// Seals the plaintext into the wire's buffer.
  ///
  /// - Returns: how long the record is.
  @discardableResult
  func seal() throws -> Int {
    // Spans of local variables' bytes: a property's would not outlive the access to it.
    let plaintext = plaintext
    var wire: [UInt8] = []
    swap(&wire, &self.wire)
    defer { swap(&wire, &self.wire) }
    var output = wire.mutableRawSpan
    return try client.seal(plaintext.rawSpan, into: &output).written
  }

  /// Opens, in a buffer of its own, the record that was sealed last.
  ///
  /// - Returns: how long the plaintext is.
  @discardableResult
  func open() throws -> Int {
    received.removeAll(keepingCapacity: true)
    received.append(contentsOf: wire)
    var received: [UInt8] = []
    swap(&received, &self.received)
    defer { swap(&received, &self.received) }
    var buffer = received.mutableRawSpan
    guard case .applicationData(let plaintext, _) = try server.open(&buffer) else { return 0 }
    return plaintext.count
  }
}
