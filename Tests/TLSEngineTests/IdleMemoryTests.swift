import AllocationCounter
import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// What a connection weighs when nothing happens, counted by what its end gives back.
@Suite("Memory of an idle connection")
struct IdleMemoryTests {
  private static let suite = CipherSuite.ecdheECDSAWithAES128GCMSHA256

  /// libgcrypt's handles, one for each direction.
  private static let handleByteCount = 4_096

  /// What both ends of a connection weigh, the values themselves included.
  private func heap(
    _ client: ClientConfiguration, _ server: ServerConfiguration, resuming: Bool = false
  ) throws -> (client: Int, server: Int) {
    var client = client
    if resuming { client.session = try connect(client, server).session }
    var ends = try connect(client, server)
    ends.session = nil
    let start = allocated_bytes_of_this_thread()
    ends.client = nil
    let middle = allocated_bytes_of_this_thread()
    ends.server = nil
    let end = allocated_bytes_of_this_thread()
    return (
      Int(start - middle) + MemoryLayout<ClientConnection>.size,
      Int(middle - end) + MemoryLayout<ServerConnection>.size
    )
  }

  private struct Ends: ~Copyable {
    var client: ClientConnection?
    var server: ServerConnection?
    var session: ClientSession?
  }

  private func connect(
    _ client: ClientConfiguration, _ server: ServerConfiguration
  ) throws -> Ends {
    var loopback = try Loopback(client, server)
    try loopback.exchange()
    // Some data, so that what it leaves behind counts.
    try loopback.client.send([UInt8](repeating: 1, count: 50_000))
    try loopback.server.send([UInt8](repeating: 1, count: 50_000))
    try loopback.exchange()
    let session = loopback.clientEvents.compactMap(\.clientSession).first
    return Ends(client: loopback.client, server: loopback.server, session: session)
  }

  /// Three certificates, as servers have them.
  private func configurations() throws -> (client: ClientConfiguration, server: ServerConfiguration)
  {
    let leaf = try TestIdentities.material(.p256)
    let others = try [TestIdentities.Kind.p384, .rsa].flatMap {
      try TestIdentities.material($0).certificates
    }
    let identity = try Identity(certificates: leaf.certificates + others, privateKey: leaf.key)
    var server = try TestIdentities.serverConfiguration {
      $0.identities = [identity]
      $0.ticketKeys = TicketKeys()
    }
    var client = try TestIdentities.clientConfiguration()
    client.cipherSuites = [Self.suite]
    server.keptPeerCertificates = .none
    client.keptPeerCertificates = .none
    return (client, server)
  }

  @Test(
    "Beside the ciphers' handles it is a kilobyte and a half at most", arguments: [false, true])
  func idle(isResumed: Bool) throws {
    let (client, server) = try configurations()
    // What is made once in a process is made by this one.
    _ = try heap(client, server)
    let heap = try heap(client, server, resuming: isResumed)
    let bounds = Self.handleByteCount...Self.handleByteCount + 1_536
    #expect(bounds.contains(heap.client), "\(heap.client) bytes")
    #expect(bounds.contains(heap.server), "\(heap.server) bytes")
  }

  @Test("A chain that is kept weighs as much again, and a leaf less")
  func keptChain() throws {
    var (client, server) = try configurations()
    _ = try heap(client, server)
    var heaps: [Int] = []
    for kept in KeptPeerCertificates.every {
      client.keptPeerCertificates = kept
      heaps.append(try heap(client, server).client)
    }
    #expect(heaps[1] > heaps[0] + 1_024, "\(heaps)")
    #expect(heaps[2] > heaps[1] + 4_096, "\(heaps)")
  }
}
