import TLSCrypto
import Testing

@testable import TLSEngine

/// The last message of the handshake, the first that is protected: wrong, of the wrong length, or
/// another message in its place.
@Suite("Refused Finished")
struct RefusedFinishedTests {
  /// A server that has had everything but the client's Finished, and a client driven by hand.
  private func server(
    _ body: (inout ServerConnection, inout HandDrivenClient) throws -> Void
  ) throws {
    var peer = try HandDrivenClient()
    var server = try TestIdentities.server()
    _ = try server.receive(peer.helloRecord)
    try peer.receive(server.takeOutgoing())
    try body(&server, &peer)
  }

  private func expectServerRefuses(
    _ message: [UInt8]?, with alert: AlertDescription, saying sentence: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try server { server, peer in
      // Our side has not changed its cipher yet, so the alert is in the clear.
      expectRefused(
        &server, receiving: try peer.secondFlight(message ?? wrong(try peer.finished())),
        with: alert, saying: sentence, sourceLocation: sourceLocation)
    }
  }

  private func expectClientRefuses(
    _ message: [UInt8]?, with alert: AlertDescription, saying sentence: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try withAnsweringClient { client, peer in
      let flight = try peer.secondFlight(message ?? wrong(try peer.finished()))
      let error = #expect(throws: TLSError.self, sourceLocation: sourceLocation) {
        _ = try client.receive(flight)
      }
      #expect(error?.alert == alert, sourceLocation: sourceLocation)
      let said = error?.description ?? "nothing"
      #expect(said.hasPrefix(sentence), "\(said)", sourceLocation: sourceLocation)
      #expect(client.summary == nil, sourceLocation: sourceLocation)
      // The client's alert is the second record under its keys.
      let records = WireRecord.split(client.takeOutgoing())
      let sent = try records.last.flatMap { try peer.keys?.client.opened($0) }
      #expect(records.map(\.type) == [21], sourceLocation: sourceLocation)
      #expect(sent == [2, alert.rawValue], sourceLocation: sourceLocation)
    }
  }

  /// A Finished with a flipped bit in its last byte.
  private func wrong(_ finished: [UInt8]) -> [UInt8] {
    finished.dropLast() + finished.suffix(1).map { $0 ^ 1 }
  }

  private static let sentence =
    "the peer's Finished does not match: both ends have not seen the same handshake "
    + "(while expecting Finished, in Finished); alert sent: decrypt_error"

  @Test("A wrong Finished is decrypt_error on either side (RFC 5246 7.4.9)")
  func wrongFinished() throws {
    try expectServerRefuses(nil, with: .decryptError, saying: Self.sentence)
    try expectClientRefuses(nil, with: .decryptError, saying: Self.sentence)
  }

  @Test("A Finished that is cut short or goes on is decode_error on either side")
  func wrongLength() throws {
    for (count, sentence) in [
      (0, "verify_data needs 12 bytes where only 0 are left"),
      (11, "verify_data needs 12 bytes where only 11 are left"),
      (13, "the message is followed by 1 bytes that belong to nothing"),
    ] {
      let message = [UInt8](repeating: 0, count: count).message(20)
      try expectServerRefuses(message, with: .decodeError, saying: sentence)
      try expectClientRefuses(message, with: .decodeError, saying: sentence)
    }
  }

  @Test("The other side's own Finished, sent back to it, is decrypt_error")
  func reflected() throws {
    try withAnsweringClient { client, peer in
      let reflected = try #require(try peer.keys?.finished("client finished", []))
      let error = #expect(throws: TLSError.self) {
        _ = try client.receive(try peer.secondFlight(reflected))
      }
      #expect(error?.alert == .decryptError)
    }
  }

  @Test("Any other message in its place is unexpected_message, protected as it is")
  func otherMessages() throws {
    let messages: [(type: UInt8, name: String)] = [
      (1, "ClientHello"), (2, "ServerHello"), (4, "NewSessionTicket"), (11, "Certificate"),
      (12, "ServerKeyExchange"), (13, "CertificateRequest"), (14, "ServerHelloDone"),
      (15, "CertificateVerify"), (16, "ClientKeyExchange"), (22, "CertificateStatus"),
      (99, "0x63"),
    ]
    for (type, name) in messages {
      let received = type == 99 ? "handshake message of type 99" : name
      let sentence =
        "\(received) came where Finished was expected (while expecting Finished, in \(received))"
      let message = [UInt8](repeating: 0, count: 12).message(type)
      try expectServerRefuses(message, with: .unexpectedMessage, saying: sentence)
      try expectClientRefuses(message, with: .unexpectedMessage, saying: sentence)
    }
    // A HelloRequest is nothing that a server may be sent.
    try expectServerRefuses(
      [UInt8]().message(0), with: .unexpectedMessage,
      saying: "HelloRequest came where Finished was expected")
  }

  @Test("Application data and ChangeCipherSpec in its place are unexpected_message")
  func otherRecords() throws {
    for (type, content, sentence) in [
      (ContentType.applicationData, [1], "ApplicationData came where a handshake message was"),
      (.changeCipherSpec, [1], "ChangeCipherSpec came where a handshake message was expected"),
    ] as [(ContentType, [UInt8], String)] {
      try server { server, peer in
        #expect(try server.receive(peer.keyExchange).isEmpty)
        expectRefused(
          &server, receiving: try peer.record(type, content), with: .unexpectedMessage,
          saying: sentence)
      }
      try withAnsweringClient { client, peer in
        #expect(try client.receive(WireRecord.changeCipherSpec.bytes).isEmpty)
        let record = try peer.record(type, content)
        let error = #expect(throws: TLSError.self) { _ = try client.receive(record) }
        #expect(error?.alert == .unexpectedMessage)
        #expect(error?.description.hasPrefix(sentence) == true)
      }
    }
  }

  /// Runs a handshake up to the client's Finished, with the ClientHello changed on its way.
  private func expectNoticed(
    with alert: AlertDescription, saying sentence: String,
    sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout WireHello) -> Void
  ) throws {
    var client = try TestIdentities.startedClient()
    var hello = try WireHello(ofStream: client.takeOutgoing())
    change(&hello)
    var server = try TestIdentities.server()
    _ = try server.receive(WireRecord.handshake(hello.message).bytes)
    #expect(try client.receive(server.takeOutgoing()).isEmpty, sourceLocation: sourceLocation)
    expectRefused(
      &server, receiving: client.takeOutgoing(), with: alert, saying: sentence,
      sourceLocation: sourceLocation)
    #expect(client.summary == nil, sourceLocation: sourceLocation)
  }

  @Test("extended_master_secret stripped in transit is noticed at the Finished")
  func strippedExtension() throws {
    try expectNoticed(with: .decryptError, saying: Self.sentence) {
      $0.remove(WireHello.extendedMasterSecret)
    }
  }

  @Test("What is taken out of a ClientHello in transit is noticed at the Finished")
  func downgrade() throws {
    let changes: [@Sendable (inout WireHello) -> Void] = [
      { $0.cipherSuites.removeFirst() },
      { $0.set(WireHello.supportedGroups, [0, 2, 0, 23]) },
      { $0.set(WireHello.signatureAlgorithms, [0, 2, 8, 7]) },
      { $0.extensions.reverse() },
      { $0.sessionID = [1] },
    ]
    for change in changes {
      try expectNoticed(with: .decryptError, saying: Self.sentence) {
        $0.remove(WireHello.extendedMasterSecret)
        change(&$0)
      }
      // The extended master secret binds the keys to both hellos (RFC 7627 section 4): they differ
      // already, and the Finished does not even open.
      try expectNoticed(
        with: .badRecordMAC, saying: "record 0 does not authenticate (while expecting Finished)",
        change)
    }
  }
}
