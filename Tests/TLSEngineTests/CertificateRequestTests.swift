import TLSCrypto
import Testing

@testable import TLSEngine

/// A server that asks for the client's certificate (RFC 5246 section 7.4.4), of which a client of
/// ours has none.
@Suite("A client that is asked for its certificate")
struct CertificateRequestTests {
  @Test("It answers with an empty Certificate, and the handshake completes (RFC 5246 7.4.6)")
  func emptyCertificate() throws {
    for isExtended in [true, false] {
      var client = try TestIdentities.startedClient()
      var peer = try HandDrivenServer(answering: &client)
      peer.flight.beforeDone = [WireRecord.certificateRequest]
      if !isExtended { peer.flight.hello.remove(WireHello.extendedMasterSecret) }
      #expect(try client.receive(try peer.firstFlight()).isEmpty)
      // The server driven by hand checks the client's Finished over all of it.
      try peer.receive(client.takeOutgoing())
      // No CertificateVerify: there is no certificate to prove the key of (section 7.4.8).
      #expect(peer.clientMessages.map { $0[0] } == [11, 16])
      #expect(peer.clientMessages.first == [11, 0, 0, 3, 0, 0, 0])
      let events = try client.receive(try peer.secondFlight())
      #expect(events.first?.summary?.usesExtendedMasterSecret == isExtended)
      #expect(
        try client.receive(try peer.record(.applicationData, [1])).flatMap(\.data) == [1])
    }
  }

  @Test("Asked twice, it refuses with unexpected_message")
  func twice() throws {
    try expectClientRefuses(
      with: .unexpectedMessage,
      saying: "CertificateRequest came where ServerHelloDone was expected (while expecting "
        + "ServerHelloDone, in CertificateRequest)"
    ) { $0.beforeDone = [WireRecord.certificateRequest, WireRecord.certificateRequest] }
  }

  @Test("Asked too early, it refuses with unexpected_message")
  func tooEarly() throws {
    for (position, expected) in [(0, "ServerHello"), (1, "Certificate"), (2, "ServerKeyExchange")] {
      var client = try TestIdentities.startedClient()
      let peer = try HandDrivenServer(answering: &client)
      let before = try peer.messages().prefix(position)
      expectRefused(
        &client,
        receiving: WireRecord.handshake(before.flatMap { $0 } + WireRecord.certificateRequest)
          .bytes,
        with: .unexpectedMessage,
        saying: "CertificateRequest came where \(expected) was expected")
    }
  }

  @Test("A malformed request is decode_error")
  func malformed() throws {
    let types = [UInt8]([64]).vector(1)
    let schemes = [UInt8]([8, 7]).vector(2)
    let none = [UInt8]().vector(2)
    let cases: [(body: [UInt8], sentence: String)] = [
      ([], "certificate_types needs 1 bytes where only 0 are left"),
      ([0] + schemes + none, "certificate_types is 0 bytes long, and must be 1 to 255"),
      (types + none + none, "supported_signature_algorithms is 0 bytes long"),
      (
        types + [UInt8]([8, 7, 4]).vector(2) + none,
        "supported_signature_algorithms needs 2 bytes where only 1 are left"
      ),
      (
        types + schemes + none.vector(2),
        "distinguished_name is 0 bytes long, and must be 1 to 65535"
      ),
      (types + schemes + none + [0], "the message is followed by 1 bytes"),
    ]
    for (body, sentence) in cases {
      try expectClientRefuses(with: .decodeError, saying: sentence) {
        $0.beforeDone = [body.message(13)]
      }
    }
  }
}
