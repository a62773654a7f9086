import TLSCrypto
import TLSEngine
import Testing

/// The ladder of the handshake that a person reads.
@Suite("Traces")
struct TraceTests {
  private func loopback(
    _ change: (inout ServerConfiguration) -> Void = { _ in }
  ) throws -> Loopback {
    var server = ServerConfiguration(identities: [try TestIdentities.identity(.p256)])
    server.applicationProtocols = ["h2"]
    server.tracesHandshake = true
    change(&server)
    return try Loopback(
      try TestIdentities.client {
        $0.applicationProtocols = ["h2", "http/1.1"]
        $0.tracesHandshake = true
      }, server)
  }

  /// Direction and name of each entry.
  private func ladder(_ entries: [TraceEntry]) -> [String] {
    entries.map { ($0.direction == .sent ? "-> " : "<- ") + $0.name }
  }

  private static let ladder = [
    "-> ClientHello", "<- ServerHello", "<- Certificate", "<- ServerKeyExchange",
    "<- ServerHelloDone", "-> ClientKeyExchange", "-> ChangeCipherSpec", "-> Finished",
    "<- ChangeCipherSpec", "<- Finished",
  ]

  /// The same ladder from the other side.
  private static let mirrored = ladder.map { rung in
    (rung.hasPrefix("->") ? "<-" : "->") + rung.dropFirst(2)
  }

  @Test("Both sides note every message, in order, with its length")
  func ladders() throws {
    var loopback = try loopback()
    try loopback.exchange()
    let client = loopback.client.takeTrace()
    let server = loopback.server.takeTrace()
    #expect(ladder(client) == Self.ladder)
    #expect(ladder(server) == Self.mirrored)
    #expect(client.map(\.byteCount) == server.map(\.byteCount))
    let messages =
      WireRecord.messages(WireRecord.split(loopback.sentByClient).prefix { $0.type == 22 })
      + WireRecord.messages(WireRecord.split(loopback.sentByServer).prefix { $0.type == 22 })
    // ClientHello and ClientKeyExchange, and then the server's flight, as they went over the wire.
    let noted = [client[0], client[5]] + client[1...4]
    #expect(noted.map(\.byteCount) == messages.map(\.count))
    #expect(client.suffix(4).map(\.byteCount) == [1, 16, 1, 16])
    // What was taken is gone.
    #expect(loopback.client.takeTrace().isEmpty)
    #expect(loopback.server.takeTrace().isEmpty)
  }

  @Test("What was offered and chosen stands in it")
  func details() throws {
    var loopback = try loopback()
    try loopback.exchange()
    let trace = loopback.client.takeTrace()
    let hello = trace[0].description
    #expect(hello.hasPrefix("-> ClientHello, \(trace[0].byteCount) bytes: TLS 1.2, 6 suites, "))
    #expect(hello.contains("name example.com"))
    #expect(hello.contains("groups X25519 P-256 P-384"))
    #expect(hello.contains("ALPN h2 http/1.1"))
    let answer = trace[1].description
    #expect(answer.contains("TLS 1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "))
    #expect(answer.contains("ALPN h2"))
    #expect(answer.contains("renegotiation_info"))
    #expect(trace[2].detail == "1 certificate")
    #expect(trace[3].detail == "X25519, ecdsa_secp256r1_sha256")
    #expect(trace[4].description == "<- ServerHelloDone, 4 bytes")
    #expect(trace[5].description == "-> ClientKeyExchange, 37 bytes: 32-byte key")
    #expect(trace[6].description == "-> ChangeCipherSpec, 1 bytes")
    #expect(trace[7].description == "-> Finished, 16 bytes")
  }

  @Test("Alerts are noted at both ends, and the handshake ends with them")
  func alerts() throws {
    var loopback = try loopback { $0.applicationProtocols = ["h3"] }
    #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(
      loopback.server.takeTrace().last?.description == "-> Alert, 2 bytes: no_application_protocol")
    #expect(
      loopback.client.takeTrace().last?.description == "<- Alert, 2 bytes: no_application_protocol")
  }

  @Test("A message that cannot be decoded is noted as malformed")
  func malformed() throws {
    var server = try TestIdentities.server { $0.tracesHandshake = true }
    let hello = [UInt8]([3, 3, 0]).message(1)
    #expect(throws: TLSError.self) {
      _ = try server.receive(WireRecord.handshake(hello).bytes)
    }
    let trace = server.takeTrace().map(\.description)
    #expect(trace == ["<- ClientHello, 7 bytes: malformed", "-> Alert, 2 bytes: decode_error"])
  }

  @Test("Nothing is noted unless it is asked for")
  func off() throws {
    var loopback = try Loopback(
      try TestIdentities.clientConfiguration(),
      ServerConfiguration(identities: [try TestIdentities.identity(.p256)]))
    try loopback.exchange()
    #expect(loopback.client.takeTrace().isEmpty)
    #expect(loopback.server.takeTrace().isEmpty)
  }
}
