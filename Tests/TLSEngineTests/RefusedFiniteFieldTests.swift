import TLSCrypto
import TestSupport
import Testing

@testable import TLSEngine

/// Fields and public keys that no good peer sends, and unusual ones that are good all the same.
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

  /// The prime of the Second Oakley Group, a safe one that everybody knows (RFC 2409 section 6.2), and
  /// at 1024 bits too short.
  private static func oakley() throws -> [UInt8] {
    try hex(
      """
      ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74
      020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437
      4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed
      ee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff
      """)
  }

  @Test("A prime that nobody knows is insufficient_security, and the error shows it")
  func unknownPrime() throws {
    var even = FiniteFieldGroup.ffdhe2048.prime
    even[255] = 0xfe
    var changed = FiniteFieldGroup.ffdhe2048.prime
    changed[128] ^= 4
    let cases: [(prime: [UInt8], generator: [UInt8], text: String)] = [
      (
        try Self.oakley(), [2],
        "1024 bits, 0xffffffffffffffffc90fdaa22168c234…, and the generator 0x02"
      ),
      (even, [2], "2048 bits, 0xffffffffffffffffadf85458a2bb4a9a…, and the generator 0x02"),
      (changed, [2], "2048 bits, 0xffffffffffffffffadf85458a2bb4a9a…, and the generator 0x02"),
      // Another generator is another group: 1 and p - 1 give everything away.
      (
        FiniteFieldGroup.ffdhe2048.prime, [1],
        "2048 bits, 0xffffffffffffffffadf85458a2bb4a9a…, and the generator 0x01"
      ),
      (
        FiniteFieldGroup.ffdhe2048.prime, [5],
        "2048 bits, 0xffffffffffffffffadf85458a2bb4a9a…, and the generator 0x05"
      ),
      ([23], [5], "5 bits, 0x17, and the generator 0x05"),
      ([0], [0], "0 bits, 0x00, and the generator 0x00"),
    ]
    for (prime, generator, text) in cases {
      try expectClientRefuses(
        .ffdhe2048, with: .insufficientSecurity,
        saying:
          "the server brought a finite field group of its own, which is none of the known safe "
          + "primes of at least 2048 bits: a prime of \(text)"
      ) {
        $0.prime = prime
        $0.generator = generator
      }
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

  /// Numbers that are no public key of ffdhe2048, and why.
  static let wrongKeys: [(key: [UInt8], sentence: String)] = {
    let prime = FiniteFieldGroup.ffdhe2048.prime
    let outside = "a public key of ffdhe2048 is not between 1 and p - 1"
    let last = Array(prime.dropLast())
    return [
      ([0], outside), ([1], outside), ([UInt8](repeating: 0, count: 256), outside),
      ([UInt8](repeating: 0, count: 255) + [1], outside),
      (last + [0xfe], outside), (prime, outside),
      ([UInt8](repeating: 0xff, count: 256), outside),
      ([0] + last + [0xf0], "a public key of ffdhe2048 has 256 bytes at most, not 257"),
      (
        [UInt8](repeating: 7, count: 300),
        "a public key of ffdhe2048 has 256 bytes at most, not 300"
      ),
    ]
  }()

  @Test("A server's that is no number between 1 and p - 1", arguments: wrongKeys.indices)
  func ofServer(index: Int) throws {
    let wrong = Self.wrongKeys[index]
    try expectClientRefuses(
      .ffdhe2048, with: .handshakeFailure, saying: "the arithmetic failed: \(wrong.sentence)"
    ) { $0.publicKey = wrong.key }
  }

  private func server(
    _ change: (inout ServerConfiguration) -> Void = { _ in }
  ) throws -> ServerConnection {
    try TestIdentities.server(as: .rsa) {
      $0.cipherSuites = [Self.suite]
      $0.supportedGroups = [.ffdhe2048]
      change(&$0)
    }
  }

  @Test("A client's that is no number between 1 and p - 1", arguments: wrongKeys.indices)
  func ofClient(index: Int) throws {
    let wrong = Self.wrongKeys[index]
    let peer = try HandDrivenClient { $0.cipherSuites = [Self.suite] }
    var server = try server()
    _ = try server.receive(peer.helloRecord)
    _ = server.takeOutgoing()
    expectRefused(
      &server, receiving: WireRecord.handshake(wrong.key.vector(2).message(16)).bytes,
      with: .handshakeFailure, saying: "the arithmetic failed: \(wrong.sentence)")
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
