import TLSCrypto
import Testing

@testable import TLSEngine

/// Abbreviated handshakes (RFC 5246 figure 2) with a peer that gets one thing wrong: a choice in
/// its hello, the order of messages, its Finished.
@Suite("Refused resumption")
struct RefusedResumptionTests {
  private static let memories = Acquaintances.Memory.allCases

  /// Messages that have no place in an abbreviated handshake.
  private static let strangers: [(type: UInt8, name: String)] = [
    (1, "ClientHello"), (2, "ServerHello"), (11, "Certificate"), (12, "ServerKeyExchange"),
    (13, "CertificateRequest"), (14, "ServerHelloDone"), (15, "CertificateVerify"),
    (16, "ClientKeyExchange"), (22, "CertificateStatus"),
  ]

  // MARK: A client

  @Test("Peers driven by hand that do everything right are accepted")
  func everythingRight() throws {
    for memory in Self.memories {
      try withResumingServer(memory) { client, peer in
        let events = try client.receive(try peer.flight())
        #expect(events.first?.summary?.isResumed == true)
        try peer.finish(client.takeOutgoing())
        #expect(
          try client.receive(try peer.record(.applicationData, [1])).flatMap(\.data) == [1])
      }
      try withResumingClient(memory) { server, peer in
        let events = try server.receive(try peer.flight())
        #expect(events.first?.summary?.isResumed == true)
        #expect(
          try server.receive(try peer.record(.applicationData, [1])).flatMap(\.data) == [1])
        #expect(peer.serverMessages.map { $0[0] } == [2])
      }
    }
  }

  @Test("A ServerHello that goes on otherwise than the session was made is refused")
  func serverHellos() throws {
    let cases:
      [(
        alert: AlertDescription, sentence: String, change: @Sendable (inout WireHello) -> Void
      )] = [
        (
          .handshakeFailure,
          "the server resumed a session with extended_master_secret without it (RFC 7627 5.3)",
          { $0.remove(WireHello.extendedMasterSecret) }
        ),
        (
          .illegalParameter,
          "the server resumed a session of TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 with "
            + "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          { $0.cipherSuites = [0xc02c] }
        ),
        (
          .illegalParameter, "the server chose 0x002f, which was not offered",
          { $0.cipherSuites = [0x002f] }
        ),
        (.protocolVersion, "the peer offers TLS 1.1 at most", { $0.version = 0x0302 }),
        (
          .decodeError, "session_id is 33 bytes long, and must be 0 to 32",
          { $0.sessionID.append(0) }
        ),
        (
          .illegalParameter, "the server chose the compression method 1",
          { $0.compressionMethods = [1] }
        ),
      ]
    for memory in Self.memories {
      for (alert, sentence, change) in cases {
        try withResumingServer(memory) { client, peer in
          change(&peer.hello)
          let bytes = try peer.hello.sessionID.count > 32 ? peer.opening() : peer.flight()
          expectRefused(&client, receiving: bytes, with: alert, saying: sentence)
        }
      }
    }
  }

  @Test("A server that answers with any other id begins anew")
  func otherIDs() throws {
    for memory in Self.memories {
      for id in [[], [1], [UInt8](repeating: 0, count: 32)] {
        try withResumingServer(memory) { client, peer in
          peer.hello.sessionID = id
          let hello = try peer.opening()
          #expect(try client.receive(hello).isEmpty)
          expectRefused(
            &client, receiving: WireRecord.changeCipherSpec.bytes, with: .unexpectedMessage,
            saying: "ChangeCipherSpec came where a handshake message was expected "
              + "(while expecting Certificate")
        }
      }
    }
  }

  @Test("A server that names an id where none was offered makes a session, and resumes none")
  func unaskedID() throws {
    var client = try TestIdentities.startedClient()
    var peer = try HandDrivenServer(answering: &client)
    #expect(peer.clientHello.sessionID.isEmpty)
    peer.flight.hello.sessionID = [1, 2, 3]
    _ = try client.receive(try peer.firstFlight())
    try peer.receive(client.takeOutgoing())
    let events = try client.receive(try peer.secondFlight())
    #expect(events.first?.summary?.isResumed == false)
    #expect(events.compactMap(\.clientSession).map(\.id) == [[1, 2, 3]])
  }

  @Test("A client refuses every message of a full handshake in an abbreviated one")
  func clientStrangers() throws {
    let body = [UInt8](repeating: 0, count: 12)
    for (type, name) in Self.strangers + [(20, "Finished"), (4, "NewSessionTicket")] {
      try withResumingServer(.cache) { client, peer in
        peer.afterHello = [body.message(type)]
        expectRefused(
          &client, receiving: try peer.opening(), with: .unexpectedMessage,
          saying: "\(name) came where ChangeCipherSpec was expected "
            + "(while expecting ChangeCipherSpec, in \(name))")
      }
      guard type != 20 else { continue }
      try withResumingServer(.cache) { client, peer in
        expectRefused(
          &client, receiving: try peer.flight(body.message(type)), with: .unexpectedMessage,
          saying: "\(name) came where Finished was expected (while expecting Finished, in \(name))")
      }
    }
  }

  @Test("A client refuses a ChangeCipherSpec too early, twice or half, and data in its place")
  func clientChangeCipherSpec() throws {
    try withResumingServer(.cache) { client, _ in
      expectRefused(
        &client, receiving: WireRecord.changeCipherSpec.bytes, with: .unexpectedMessage,
        saying: "ChangeCipherSpec came where a handshake message was expected "
          + "(while expecting ServerHello")
    }
    try withResumingServer(.cache) { client, peer in
      let events = try client.receive(try peer.opening())
      #expect(events.isEmpty)
      expectRefused(
        &client, receiving: WireRecord(type: 20, body: [2]).bytes, with: .decodeError,
        saying: "ChangeCipherSpec is not the one byte 1")
    }
    try withResumingServer(.cache) { client, peer in
      peer.afterHello = [[20, 0, 0]]
      expectRefused(
        &client, receiving: try peer.opening() + WireRecord.changeCipherSpec.bytes,
        with: .unexpectedMessage,
        saying: "ChangeCipherSpec came where the rest of a handshake message was expected")
    }
    try withResumingServer(.cache) { client, peer in
      let bytes = try peer.opening() + WireRecord.changeCipherSpec.bytes
      #expect(try client.receive(bytes).isEmpty)
      expectRefused(
        &client, receiving: WireRecord.changeCipherSpec.bytes, with: .badRecordMAC,
        saying: "record 0 does not authenticate")
    }
    for (type, content, name) in [
      (ContentType.changeCipherSpec, [1], "ChangeCipherSpec"),
      (.applicationData, [1], "ApplicationData"),
    ] as [(ContentType, [UInt8], String)] {
      try withResumingServer(.cache) { client, peer in
        let bytes = try peer.opening() + WireRecord.changeCipherSpec.bytes
        #expect(try client.receive(bytes).isEmpty)
        expectRefused(
          &client, receiving: try peer.record(type, content), with: .unexpectedMessage,
          saying: "\(name) came where a handshake message was expected")
      }
    }
    try withResumingServer(.cache) { client, peer in
      let bytes = try peer.opening() + WireRecord(type: 23, body: [1]).bytes
      expectRefused(
        &client, receiving: bytes, with: .unexpectedMessage,
        saying: "ApplicationData came where a handshake message was expected")
    }
  }

  @Test("A wrong Finished is decrypt_error on either side, and nothing is connected")
  func wrongFinished() throws {
    let sentence = "the peer's Finished does not match"
    for memory in Self.memories {
      try withResumingServer(memory) { client, peer in
        _ = try peer.opening()
        let finished = try peer.finished()
        expectRefused(
          &client, receiving: try peer.flight(finished.flipped), with: .decryptError,
          saying: sentence)
      }
      try withResumingClient(memory) { server, peer in
        let flight = try peer.flight(try peer.finished().flipped)
        try expectRefusedUnderKeys(
          &server, receiving: flight, with: .decryptError, saying: sentence
        ) { try peer.keys?.server.opened($0) }
      }
    }
  }

  // MARK: A server

  @Test("A server refuses every message but ChangeCipherSpec, and then but Finished")
  func serverStrangers() throws {
    let body = [UInt8](repeating: 0, count: 12)
    let others: [(type: UInt8, name: String)] = [
      (0, "HelloRequest"), (4, "NewSessionTicket"), (67, "NextProtocol"),
    ]
    for (type, name) in Self.strangers + others + [(20, "Finished")] {
      try withResumingClient(.cache) { server, peer in
        try expectRefusedUnderKeys(
          &server, receiving: WireRecord.handshake(body.message(type)).bytes,
          with: .unexpectedMessage, saying: "\(name) came where ChangeCipherSpec was expected"
        ) { try peer.keys?.server.opened($0) }
      }
      guard type != 20 else { continue }
      try withResumingClient(.cache) { server, peer in
        let flight = try peer.flight(body.message(type))
        try expectRefusedUnderKeys(
          &server, receiving: flight, with: .unexpectedMessage,
          saying: "\(name) came where Finished was expected"
        ) { try peer.keys?.server.opened($0) }
      }
    }
  }

  @Test("A server refuses ChangeCipherSpec twice, and data before the client's Finished")
  func serverChangeCipherSpec() throws {
    let change = WireRecord.changeCipherSpec.bytes
    try withResumingClient(.cache) { server, peer in
      try expectRefusedUnderKeys(
        &server, receiving: change + change, with: .badRecordMAC,
        saying: "record 0 does not authenticate"
      ) { try peer.keys?.server.opened($0) }
    }
    for (type, name) in [
      (ContentType.changeCipherSpec, "ChangeCipherSpec"), (.applicationData, "ApplicationData"),
    ] {
      try withResumingClient(.cache) { server, peer in
        let bytes = try change + peer.record(type, [1])
        try expectRefusedUnderKeys(
          &server, receiving: bytes, with: .unexpectedMessage,
          saying: "\(name) came where a handshake message was expected"
        ) { try peer.keys?.server.opened($0) }
      }
    }
    try withResumingClient(.cache) { server, peer in
      let bytes = WireRecord(type: 23, body: [1]).bytes
      try expectRefusedUnderKeys(
        &server, receiving: bytes, with: .unexpectedMessage,
        saying: "ApplicationData came where a handshake message was expected"
      ) { try peer.keys?.server.opened($0) }
    }
  }

  @Test("NextProtocol comes before Finished where it was agreed on, and only there")
  func nextProtocol() throws {
    let message = ([UInt8](Array("h2".utf8)).vector(1) + [UInt8](repeating: 0, count: 28).vector(1))
      .message(67)
    func offer(_ pair: inout Acquaintances) {
      pair.client.nextProtocols = ["h2"]
      pair.server.nextProtocols = ["h2"]
    }
    try withResumingClient(.cache, offer) { server, peer in
      let flight = try peer.flight()
      try expectRefusedUnderKeys(
        &server, receiving: flight, with: .unexpectedMessage,
        saying: "Finished came where NextProtocol was expected"
      ) { try peer.keys?.server.opened($0) }
    }
    try withResumingClient(.cache, offer) { server, peer in
      let flight = try peer.flight(message) + peer.record(.handshake, message)
      try expectRefusedUnderKeys(
        &server, receiving: flight, with: .unexpectedMessage,
        saying: "NextProtocol came where Finished was expected"
      ) { try peer.keys?.server.opened($0) }
    }
    // In the clear it is too early.
    try withResumingClient(.cache, offer) { server, peer in
      try expectRefusedUnderKeys(
        &server, receiving: WireRecord.handshake(message).bytes, with: .unexpectedMessage,
        saying: "NextProtocol came where ChangeCipherSpec was expected"
      ) { try peer.keys?.server.opened($0) }
    }
  }

  @Test("An id of 33 bytes is decode_error")
  func longID() throws {
    var pair = try Acquaintances(.cache)
    try pair.getAcquainted()
    var server = try ServerConnection(configuration: pair.server)
    var peer = try ResumingClient(pair)
    peer.hello.sessionID.append(0)
    expectRefused(
      &server, receiving: peer.helloRecord, with: .decodeError,
      saying: "session_id is 33 bytes long, and must be 0 to 32")
  }
}

extension [UInt8] {
  /// The bytes with a flipped bit in the last.
  fileprivate var flipped: [UInt8] {
    dropLast() + suffix(1).map { $0 ^ 1 }
  }
}
