import TLSCrypto
import TestSupport
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// Logjam (Adrian et al., "Imperfect Forward Secrecy", 2015; CVE-2015-4000): a man in the middle had
  /// the server choose a group of DHE_EXPORT, of 512 bits, which the client took for an ordinary one.
  /// Groups that are composite or have small subgroups, and public keys that lie in those, give the
  /// secret away at any size.
  @Suite("Weak finite fields")
  struct LogjamTests {
    private static let suite = CipherSuite.dheRSAWithAES128GCMSHA256

    /// A client that offers DHE, and what it says to a server in the field ffdhe2048 with a change.
    private func expectClientRefuses(
      with alert: AlertDescription, saying sentence: String,
      sourceLocation: SourceLocation = #_sourceLocation,
      _ change: (inout ServerFlight.Field) -> Void
    ) throws {
      var client = try TestIdentities.startedClient(
        try TestIdentities.client {
          $0.cipherSuites = [.ecdheRSAWithAES128GCMSHA256, Self.suite]
          $0.supportedGroups = [.x25519, .ffdhe2048, .ffdhe3072]
        })
      var peer = try HandDrivenServer(answering: &client, as: .rsa)
      try peer.use(.ffdhe2048)
      var field = try #require(peer.flight.field)
      change(&field)
      peer.flight.field = field
      expectRefused(
        &client, receiving: try peer.firstFlight(), with: alert, saying: sentence,
        sourceLocation: sourceLocation)
    }

    // MARK: The field

    /// A group, how large it looks, and what is wrong with it.
    struct Group: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let prime: [UInt8]
      var generator: [UInt8] = [2]
      let text: String
    }

    private static let groups: [Group] = [
      Group(
        testDescription: "Apache's 512 bits for DHE_EXPORT, which Logjam broke",
        prime: bytes(
          """
          9fdb8b8a004544f0045f1737d0ba2e0b274cdf1a9f588218fb435316a16e3741
          71fd19d8d8f37c39bf863fd60e3e300680a3030c6e4c3757d08f70e6aa871033
          """),
        text: "512 bits, 0x9fdb8b8a004544f0045f1737d0ba2e0b…, and the generator 0x02"),
      Group(
        testDescription: "The First Oakley Group (RFC 2409 section 6.1)",
        prime: bytes(
          """
          ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74
          020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437
          4fe1356d6d51c245e485b576625e7ec6f44c42e9a63a3620ffffffffffffffff
          """),
        text: "768 bits, 0xffffffffffffffffc90fdaa22168c234…, and the generator 0x02"),
      Group(
        testDescription: "The Second Oakley Group (RFC 2409 section 6.2)",
        prime: bytes(
          """
          ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74
          020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437
          4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed
          ee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff
          """),
        text: "1024 bits, 0xffffffffffffffffc90fdaa22168c234…, and the generator 0x02"),
      Group(
        testDescription: "A prime of 2048 bits that is not safe (RFC 5114 section 2.3)",
        prime: bytes(
          """
          87a8e61db4b6663cffbbd19c651959998ceef608660dd0f25d2ceed4435e3b00
          e00df8f1d61957d4faf7df4561b2aa3016c3d91134096faa3bf4296d830e9a7c
          209e0c6497517abd5a8a9d306bcf67ed91f9e6725b4758c022e0b1ef4275bf7b
          6c5bfc11d45f9088b941f54eb1e59bb8bc39a0bf12307f5c4fdb70c581b23f76
          b63acae1caa6b7902d52526735488a0ef13c6d9a51bfa4ab3ad8347796524d8e
          f6a167b5a41825d967e144e5140564251ccacb83e6b486f6b3ca3f7971506026
          c0b857f689962856ded4010abd0be621c3a3960a54e710c375f26375d7014103
          a4b54330c198af126116d2276e11715f693877fad7ef09cadb094ae91e1a1597
          """),
        text: "2048 bits, 0x87a8e61db4b6663cffbbd19c65195999…, and the generator 0x02"),
      Group(
        testDescription: "An even number",
        prime: FiniteFieldGroup.ffdhe2048.prime.dropLast() + [0xfe],
        text: "2048 bits, 0xffffffffffffffffadf85458a2bb4a9a…, and the generator 0x02"),
      Group(
        testDescription: "A number of 2048 bits that nobody knows",
        prime: FiniteFieldGroup.ffdhe2048.prime.enumerated().map { $0 == 128 ? $1 ^ 4 : $1 },
        text: "2048 bits, 0xffffffffffffffffadf85458a2bb4a9a…, and the generator 0x02"),
      // Another generator is another group: 0, 1 and p - 1 give everything away.
      ffdhe2048(generator: [0], "0x00"), ffdhe2048(generator: [1], "0x01"),
      ffdhe2048(generator: [5], "0x05"),
      ffdhe2048(
        generator: FiniteFieldGroup.ffdhe2048.prime.dropLast() + [0xfe],
        "0xffffffffffffffffadf85458a2bb4a9a…"),
      Group(
        testDescription: "The field of 23", prime: [23], generator: [5],
        text: "5 bits, 0x17, and the generator 0x05"),
      Group(
        testDescription: "Nothing", prime: [0], generator: [0],
        text: "0 bits, 0x00, and the generator 0x00"),
    ]

    private static func ffdhe2048(generator: [UInt8], _ text: String) -> Group {
      Group(
        testDescription: "ffdhe2048 with the generator \(text)",
        prime: FiniteFieldGroup.ffdhe2048.prime, generator: generator,
        text: "2048 bits, 0xffffffffffffffffadf85458a2bb4a9a…, and the generator \(text)")
    }

    private static func bytes(_ digits: String) -> [UInt8] {
      [UInt8](hexadecimal: digits.filter { !$0.isWhitespace }) ?? []
    }

    @Test("A group that is not known to be safe is insufficient_security", arguments: groups)
    func unknownGroup(group: Group) throws {
      try expectClientRefuses(
        with: .insufficientSecurity,
        saying:
          "the server brought a finite field group of its own, which is none of the known safe "
          + "primes of at least 2048 bits: a prime of \(group.text)"
      ) {
        $0.prime = group.prime
        $0.generator = group.generator
      }
    }

    @Test("A man in the middle gets no DHE_EXPORT of the server, nor past the client")
    func export() throws {
      // DHE_RSA_EXPORT_WITH_DES40_CBC_SHA, the suite of the attack.
      let export = 0x0014
      let offer = try TestIdentities.client { $0.cipherSuites = [Self.suite] }
      var client = try TestIdentities.startedClient(offer)
      var hello = try WireHello(ofStream: client.takeOutgoing())
      var peer = try HandDrivenServer(answering: hello, as: .rsa)
      try peer.use(.ffdhe2048)
      hello.cipherSuites = [export]
      var server = try TestIdentities.server(as: .rsa) { $0.cipherSuites = [Self.suite] }
      expectRefused(
        &server, receiving: WireRecord.handshake(hello.message).bytes, with: .handshakeFailure,
        saying: "no cipher suite")
      // The attacker says that it is the suite which the client offered, and has the small group signed.
      peer.flight.field?.prime = try #require(Self.groups.first).prime
      expectRefused(
        &client, receiving: try peer.firstFlight(), with: .insufficientSecurity,
        saying: "the server brought a finite field group of its own")
    }

    // MARK: Public keys

    /// Numbers that are no public key of a field, and why.
    private static func wrongKeys(
      _ field: FiniteFieldGroup
    ) -> [(key: [UInt8], sentence: String)] {
      let prime = field.prime
      let outside = "a public key of \(field) is not between 1 and p - 1"
      // 1 and p - 1 are all that there is of small order where the prime is safe.
      let last = Array(prime.dropLast())
      return [
        ([0], outside), ([1], outside), ([UInt8](repeating: 0, count: prime.count), outside),
        ([UInt8](repeating: 0, count: prime.count - 1) + [1], outside),
        (last + [0xfe], outside), (prime, outside),
        ([UInt8](repeating: 0xff, count: prime.count), outside),
        (
          [0] + last + [0xf0],
          "a public key of \(field) has \(prime.count) bytes at most, not \(prime.count + 1)"
        ),
      ]
    }

    @Test("A server's public key that is 0, 1, p - 1, p or more is refused")
    func keysOfServer() throws {
      for (key, sentence) in Self.wrongKeys(.ffdhe2048) {
        try expectClientRefuses(
          with: .handshakeFailure, saying: "the arithmetic failed: \(sentence)"
        ) { $0.publicKey = key }
      }
      // Of a field that the server brings it is no better.
      for (key, sentence) in Self.wrongKeys(.modp2048) {
        try expectClientRefuses(
          with: .handshakeFailure, saying: "the arithmetic failed: \(sentence)"
        ) {
          $0.prime = FiniteFieldGroup.modp2048.prime
          $0.publicKey = key
        }
      }
    }

    @Test(
      "A client's public key that is 0, 1, p - 1, p or more is refused",
      arguments: [NamedGroup.ffdhe2048, .ffdhe3072, .ffdhe4096])
    func keysOfClient(group: NamedGroup) throws {
      guard case .finiteField(let field) = group.keyAgreement else {
        Issue.record("\(group) is no finite field")
        return
      }
      let peer = try HandDrivenClient {
        $0.cipherSuites = [Self.suite]
        $0.supportedGroups = [group]
      }
      for (key, sentence) in Self.wrongKeys(field) {
        var server = try TestIdentities.server(as: .rsa) {
          $0.cipherSuites = [Self.suite]
          $0.supportedGroups = [group]
        }
        _ = try server.receive(peer.helloRecord)
        _ = server.takeOutgoing()
        expectRefused(
          &server, receiving: WireRecord.handshake(key.vector(2).message(16)).bytes,
          with: .handshakeFailure, saying: "the arithmetic failed: \(sentence)")
      }
    }
  }
}
