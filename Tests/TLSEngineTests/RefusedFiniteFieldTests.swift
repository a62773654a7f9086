import TLSCrypto
import Testing

@testable import TLSEngine

/// Fields and public keys that no good peer sends, and unusual ones that are good all the same. Weak
/// ones are in ``KnownAttacks/LogjamTests``.
@Suite("Refused finite fields")
struct RefusedFiniteFieldTests {
  private static let suite = CipherSuite.dheRSAWithAES128GCMSHA256

  /// A client that offers DHE, in these groups.
  private func configuration(
    _ groups: [NamedGroup] = [.x25519, .ffdhe2048, .ffdhe3072]
  ) throws -> ClientConfiguration {
    try TestIdentities.client {
      $0.cipherSuites = [.ecdheRSAWithAES128GCMSHA256, Self.suite]
      $0.supportedGroups = groups
    }
  }

  /// Has a client answer a server in `field`, to the end.
  private func connect(
    _ field: FiniteFieldGroup, offering groups: [NamedGroup]? = nil,
    _ change: (inout ServerFlight.Field) -> Void = { _ in }
  ) throws -> ConnectionSummary {
    var client = try TestIdentities.startedClient(try groups.map(configuration) ?? configuration())
    var peer = try HandDrivenServer(answering: &client, as: .rsa)
    try peer.use(field)
    var changed = try #require(peer.flight.field)
    change(&changed)
    peer.flight.field = changed
    #expect(try client.receive(try peer.firstFlight()).isEmpty)
    try peer.receive(client.takeOutgoing())
    let events = try client.receive(try peer.secondFlight())
    return try #require(events.first?.summary)
  }

  private func expectClientRefuses(
    _ field: FiniteFieldGroup, with alert: AlertDescription, saying sentence: String,
    offering groups: [NamedGroup]? = nil, sourceLocation: SourceLocation = #_sourceLocation,
    _ change: (inout ServerFlight.Field) -> Void = { _ in }
  ) throws {
    var client = try TestIdentities.startedClient(try groups.map(configuration) ?? configuration())
    var peer = try HandDrivenServer(answering: &client, as: .rsa)
    try peer.use(field)
    var changed = try #require(peer.flight.field)
    change(&changed)
    peer.flight.field = changed
    expectRefused(
      &client, receiving: try peer.firstFlight(), with: alert, saying: sentence,
      sourceLocation: sourceLocation)
  }

  // MARK: The field

  @Test(
    "A server's own field is taken if it is one of RFC 3526, and has no number",
    arguments: [FiniteFieldGroup.modp2048, .modp3072, .modp4096, .modp6144, .modp8192])
  func ownField(field: FiniteFieldGroup) throws {
    let summary = try connect(field, offering: [.x25519, .ffdhe2048, .ffdhe8192])
    #expect(summary.group == nil)
    #expect(summary.cipherSuite == Self.suite)
  }

  @Test("Zeros in front of the prime and the generator change nothing")
  func leadingZerosOfField() throws {
    for (field, group) in [(FiniteFieldGroup.ffdhe2048, NamedGroup.ffdhe2048), (.modp2048, nil)] {
      let summary = try connect(field) {
        $0.prime = [0, 0] + $0.prime
        $0.generator = [0, 2]
      }
      #expect(summary.group == group)
    }
  }

  @Test("A field without bytes is decode_error")
  func emptyNumbers() throws {
    try expectClientRefuses(.ffdhe2048, with: .decodeError, saying: "dh_p is 0 bytes long") {
      $0.prime = []
    }
    try expectClientRefuses(.ffdhe2048, with: .decodeError, saying: "dh_g is 0 bytes long") {
      $0.generator = []
    }
    try expectClientRefuses(.ffdhe2048, with: .decodeError, saying: "dh_Ys is 0 bytes long") {
      $0.publicKey = []
    }
  }

  @Test("A field with a number that was not offered is illegal_parameter")
  func notOffered() throws {
    try expectClientRefuses(
      .ffdhe4096, with: .illegalParameter,
      saying: "the server chose the group ffdhe4096, which was not offered")
    // The fields of RFC 3526 have no number that could have been offered, but they have a size.
    #expect(try connect(.modp2048, offering: [.x25519, .ffdhe2048]).group == nil)
    try expectClientRefuses(
      .modp4096, with: .illegalParameter,
      saying: "the server chose modp4096, which is not of a size that was offered")
  }

  @Test("A wrong signature over the field is decrypt_error")
  func wrongSignature() throws {
    var client = try TestIdentities.startedClient(try configuration())
    var peer = try HandDrivenServer(answering: &client, as: .rsa)
    try peer.use(.ffdhe2048)
    peer.flight.signature = [UInt8](repeating: 3, count: 256)
    expectRefused(
      &client, receiving: try peer.firstFlight(), with: .decryptError,
      saying: "the rsa_pss_rsae_sha256 signature over the key exchange does not verify")
  }

  // MARK: Public keys

  private func server(
    _ change: (inout ServerConfiguration) -> Void = { _ in }
  ) throws -> ServerConnection {
    try TestIdentities.server(as: .rsa) {
      $0.cipherSuites = [Self.suite]
      $0.supportedGroups = [.ffdhe2048]
      change(&$0)
    }
  }

  @Test("A client's without bytes, or with bytes behind it, is decode_error")
  func malformedClientKey() throws {
    let cases: [(body: [UInt8], sentence: String)] = [
      ([0, 0], "dh_Yc is 0 bytes long"), ([], "dh_Yc needs 2 bytes where only 0 are left"),
      ([0, 1, 2, 3], "the message is followed by 1 bytes"),
    ]
    for (body, sentence) in cases {
      let peer = try HandDrivenClient { $0.cipherSuites = [Self.suite] }
      var server = try server()
      _ = try server.receive(peer.helloRecord)
      _ = server.takeOutgoing()
      expectRefused(
        &server, receiving: WireRecord.handshake(body.message(16)).bytes, with: .decodeError,
        saying: sentence)
    }
  }

  // MARK: The secret

  @Test("A short key is a number too, and the client's key is the secret if the server's is 2")
  func shortServerKey() throws {
    let summary = try connect(.ffdhe2048) { $0.publicKey = [2] }
    #expect(summary.group == .ffdhe2048)
  }

  @Test("Zeros in front of the secret are left out (RFC 5246 8.1.2)")
  func leadingZerosOfSecret() throws {
    // The client's key is 2, so that the secret is the server's key: of that one in 256 begins with
    // a zero. The server's signature is asked for, so that nothing is signed in vain.
    let material = try TestIdentities.material(.rsa)
    let elsewhere = try Identity(signingElsewhereWith: material.certificates)
    var peer = try HandDrivenClient { $0.cipherSuites = [Self.suite] }
    for seed in 0..<20_000 {
      var server = try server {
        $0.identities = [elsewhere]
        $0.randomness = DeterministicRandomSource(seed: .number(seed, 2))
      }
      guard case .sign(let question) = try server.receive(peer.helloRecord).first?.question else {
        Issue.record("the server asks for no signature")
        return
      }
      guard question.message[question.message.count - 256] == 0 else { continue }
      let algorithm = try #require(question.scheme.algorithm)
      var random = SystemRandomSource()
      let signature = try material.key.sign(
        question.message.rawSpan, using: algorithm, random: &random)
      _ = try server.answer(.signature(signature))
      peer.finiteFieldKey = [2]
      try peer.receive(server.takeOutgoing())
      let events = try server.receive(try peer.secondFlight())
      #expect(events.first?.summary?.group == .ffdhe2048)
      try peer.finish(server.takeOutgoing())
      return
    }
    Issue.record("no key of 20000 began with a zero")
  }
}
