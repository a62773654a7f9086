import TLSCrypto
import Testing

@testable import TLSEngine

/// Records and messages at the edge of their bounds, seen by a whole connection, and flights that
/// come in other pieces than ours.
@Suite("Frames and bounds")
struct FramingTests {
  // MARK: What is no TLS at all

  @Test("Other protocols are told apart, on both sides")
  func otherProtocols() throws {
    let cases: [(String, [UInt8])] = [
      ("plain HTTP", Array("GET / HTTP/1.1\r\n".utf8)),
      ("plain HTTP", Array("HTTP/1.1 400 Bad Request".utf8)),
      ("SSH", Array("SSH-2.0-server".utf8)),
      ("an SSL 2.0 hello", [0x80, 0x2e, 1, 3, 1, 0, 0x15]),
      ("a record of the unknown type 99", [99, 3, 3, 0, 1]),
    ]
    for (name, bytes) in cases {
      let sentence = "\(name) came where a TLS record was expected"
      var server = try TestIdentities.server()
      expectRefused(&server, receiving: bytes, with: .unexpectedMessage, saying: sentence)
      var client = try TestIdentities.startedClient()
      _ = client.takeOutgoing()
      expectRefused(&client, receiving: bytes, with: .unexpectedMessage, saying: sentence)
    }
  }

  @Test("A record of SSL 2.0 or of a version that is none is protocol_version")
  func versions() throws {
    for (bytes, name) in [
      ([22, 2, 0, 0, 1], "version 0x200"), ([22, 4, 0, 0, 1], "version 0x400"),
    ] as [([UInt8], String)] {
      var server = try TestIdentities.server()
      expectRefused(
        &server, receiving: bytes, with: .protocolVersion,
        saying: "a record says \(name), which is no version of TLS")
    }
  }

  // MARK: Too long

  @Test("A record in the clear holds at most 2^14 bytes: record_overflow (RFC 5246 6.2.1)")
  func plaintextOverflow() throws {
    var server = try TestIdentities.server()
    let message = [UInt8](repeating: 0, count: 16_381).message(1)
    expectRefused(
      &server, receiving: WireRecord(type: 22, body: message).bytes, with: .recordOverflow,
      saying: "a record of 16385 bytes came, and the limit is 16384")
  }

  @Test("A header that promises more than 2^14 + 2048 bytes is refused alone")
  func bodyOverflow() throws {
    var server = try TestIdentities.server()
    expectRefused(
      &server, receiving: [22, 3, 1, 0x48, 0x01], with: .recordOverflow,
      saying: "a record of 18433 bytes came, and the limit is 18432")
  }

  // MARK: Other pieces

  @Test("A Finished in pieces, each in a record of its own, is a Finished")
  func finishedInPieces() throws {
    var peer = try HandDrivenClient()
    var server = try TestIdentities.server()
    _ = try server.receive(peer.helloRecord)
    try peer.receive(server.takeOutgoing())
    #expect(try server.receive(peer.keyExchange).isEmpty)
    let finished = try peer.finished()
    for byte in finished.dropLast() {
      #expect(try server.receive(try peer.record(.handshake, [byte])).isEmpty)
      #expect(server.hasOutgoing == false)
    }
    let events = try server.receive(try peer.record(.handshake, finished.suffix(1)))
    #expect(events.first?.summary != nil)
  }

  @Test("Data right behind the Finished is read after it, in the same call")
  func dataBehindFinished() throws {
    var client = try TestIdentities.startedClient()
    var peer = try HandDrivenServer(answering: &client)
    _ = try client.receive(try peer.firstFlight())
    try peer.receive(client.takeOutgoing())
    let flight = try peer.secondFlight()
    let events = try client.receive(flight + (try peer.record(.applicationData, [1, 2])))
    #expect(events.count == 2)
    #expect(events.first?.summary != nil)
    #expect(events.last?.data == [1, 2])
  }

  @Test("Data before the Finished is unexpected_message, though it is protected")
  func dataBeforeFinished() throws {
    var peer = try HandDrivenClient()
    var server = try TestIdentities.server()
    _ = try server.receive(peer.helloRecord)
    try peer.receive(server.takeOutgoing())
    #expect(try server.receive(peer.keyExchange).isEmpty)
    expectRefused(
      &server, receiving: try peer.record(.applicationData, [1]), with: .unexpectedMessage,
      saying: "ApplicationData came where a handshake message was expected")
  }

  // MARK: Keys

  @Test("Each record brings the busier key nearer to its limit")
  func recordLimit() throws {
    for (suite, limit) in [
      (CipherSuite.ecdheECDSAWithAES128GCMSHA256, UInt64(23_726_566)),
      (.ecdheECDSAWithAES256GCMSHA384, 23_726_566),
      (.ecdheECDSAWithChaCha20Poly1305SHA256, .max),
    ] {
      var loopback = try Loopback(
        try TestIdentities.client { $0.cipherSuites = [suite] },
        ServerConfiguration(identities: [try TestIdentities.identity(.ed25519)]))
      #expect(loopback.client.remainingRecordCount == .max)
      try loopback.exchange()
      // Its Finished was the first.
      #expect(loopback.client.remainingRecordCount == limit - 1)
      for _ in 0..<3 { try loopback.client.send([1]) }
      try loopback.exchange()
      #expect(loopback.client.remainingRecordCount == limit - 4)
      #expect(loopback.server.remainingRecordCount == limit - 4)
    }
  }
}
