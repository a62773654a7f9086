import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// What a client says to a Certificate message or a ServerKeyExchange that is wrong in one way.
@Suite("Refused certificates and signatures")
struct RefusedKeyExchangeTests {
  // MARK: Certificate

  @Test("A key that does not suit the suite is illegal_parameter, either way round")
  func unsuitableKey() throws {
    try expectClientRefuses(
      with: .illegalParameter,
      saying: "the server chose TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, and its certificate has a "
        + "key for Ed25519"
    ) { $0.hello.cipherSuites = [0xc02f] }
    try expectClientRefuses(
      with: .illegalParameter,
      saying: "the server chose TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, and its certificate has "
        + "a key for RSA", as: .rsa
    ) { $0.hello.cipherSuites = [0xc02b] }
  }

  @Test("A key on a curve that was not offered is illegal_parameter (RFC 8422 5.1.1)")
  func curveOfKey() throws {
    try expectClientRefuses(
      with: .illegalParameter,
      saying: "the server's certificate has a key on P-256, and the client offers only X25519",
      as: .p256, offering: try TestIdentities.client { $0.supportedGroups = [.x25519] }
    ) { _ in }
  }

  @Test("A list without certificates, and a certificate without bytes, are decode_error")
  func emptyCertificates() throws {
    try expectClientRefuses(
      with: .decodeError,
      saying: "certificate_list is empty, and a server must have a certificate"
    ) { $0.certificates = [] }
    try expectClientRefuses(
      with: .decodeError, saying: "certificate is 0 bytes long, and must be 1 to 16777215"
    ) { $0.certificates.append([]) }
  }

  @Test("DER that is no certificate is bad_certificate, wherever it stands in the list")
  func malformedCertificates() throws {
    let sentence = "the peer's certificate is malformed: the certificate's "
    try expectClientRefuses(with: .badCertificate, saying: sentence) {
      $0.certificates = [[0x30, 0x03, 0x02, 0x01, 0x01]]
    }
    try expectClientRefuses(with: .badCertificate, saying: sentence) {
      $0.certificates[0].removeLast()
    }
    try expectClientRefuses(with: .badCertificate, saying: sentence) {
      $0.certificates[0].append(0)
    }
    try expectClientRefuses(with: .badCertificate, saying: sentence) {
      $0.certificates.append([0xff])
    }
  }

  /// A certificate with a key on another curve: prime239v3, the number before that of P-256.
  private static func onAnotherCurve(_ certificate: [UInt8]) throws -> [UInt8] {
    let prime256v1: [UInt8] = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]
    let start = try #require(
      certificate.indices.first { certificate[$0...].starts(with: prime256v1) })
    var changed = certificate
    changed[start + prime256v1.count - 1] = 0x06
    return changed
  }

  @Test("A key on a curve that is not supported is refused in the leaf, and passed over behind it")
  func unsupportedKeys() throws {
    try expectClientRefuses(
      with: .unsupportedCertificate,
      saying:
        "the peer's certificate is not supported: the certificate's subjectPublicKeyInfo is a "
        + "point on a curve that is not supported",
      as: .p256
    ) { $0.certificates[0] = try Self.onAnotherCurve($0.certificates[0]) }
    var client = try TestIdentities.startedClient(
      try TestIdentities.client { $0.verification = .ask })
    var peer = try HandDrivenServer(answering: &client, as: .p256)
    let leaf = peer.flight.certificates[0]
    peer.flight.certificates = [leaf, try Self.onAnotherCurve(leaf), leaf]
    let events = try client.receive(try peer.firstFlight())
    guard case .verifyChain(let question) = events.first?.question else {
      Issue.record("the client asks \(events)")
      return
    }
    #expect(question.certificates.map(\.der) == [leaf, leaf])
  }

  // MARK: ServerKeyExchange

  @Test("A curve that has no name is illegal_parameter (RFC 8422 5.4)", arguments: [0, 1, 2, 4])
  func curveType(type: UInt8) throws {
    try expectClientRefuses(
      with: .illegalParameter,
      saying: "curve_type is \(type); only named curves (3) are allowed (RFC 8422 5.4)"
    ) { $0.curveType = type }
  }

  @Test(
    "A group that was not offered is illegal_parameter",
    arguments: [
      (25, "P-521"), (26, "0x001a"), (30, "X448"), (256, "ffdhe2048"), (261, "0x0105"),
    ])
  func group(group: Int, name: String) throws {
    try expectClientRefuses(
      with: .illegalParameter, saying: "the server chose the group \(name), which was not offered"
    ) { $0.group = group }
  }

  @Test("A signature scheme that was not offered is illegal_parameter")
  func scheme() throws {
    try expectClientRefuses(
      with: .illegalParameter, saying: "the server signed with ed25519, which was not offered",
      offering: try TestIdentities.client { $0.signatureSchemes = [.ecdsaSecp256r1SHA256] }
    ) { _ in }
    // RSA with SHA-1, and a number that nobody knows: signed by Ed25519 all the same.
    for (number, name) in [(UInt16(0x0201), "0x0201"), (0x0a0a, "0x0a0a")] {
      try expectClientRefuses(
        with: .illegalParameter, saying: "the server signed with \(name), which was not offered"
      ) {
        $0.scheme = SignatureScheme(rawValue: number)
        $0.signing = .ed25519
      }
    }
  }

  @Test("A signature scheme for another kind of key is illegal_parameter")
  func unsuitableScheme() throws {
    let cases: [(TestIdentities.Kind, SignatureScheme, SignatureAlgorithm, String)] = [
      (.ed25519, .ecdsaSecp256r1SHA256, .ed25519, "Ed25519"),
      (.p256, .ed25519, .ecdsa(.sha256), "ECDSA P-256"),
      (.p256, .rsaPSSRSAESHA256, .ecdsa(.sha256), "ECDSA P-256"),
      (.rsa, .ecdsaSecp256r1SHA256, .rsaPSS(.sha256), "RSA"),
    ]
    for (kind, scheme, algorithm, key) in cases {
      try expectClientRefuses(
        with: .illegalParameter, saying: "the server signed with \(scheme), and its key is \(key)",
        as: kind
      ) {
        $0.scheme = scheme
        $0.signing = algorithm
      }
    }
  }

  @Test("A wrong signature is decrypt_error", arguments: TestIdentities.Kind.allCases)
  func wrongSignature(kind: TestIdentities.Kind) throws {
    let scheme = try #require(SignatureScheme.supported.first { kind.signs(with: $0) })
    let groups = try TestIdentities.client { $0.supportedGroups = NamedGroup.supported }
    for signature in [[], [0], [0x30, 0x00], [UInt8](repeating: 7, count: 64)] as [[UInt8]] {
      try expectClientRefuses(
        with: .decryptError,
        saying: "the \(scheme) signature over the key exchange does not verify", as: kind,
        offering: groups
      ) { $0.signature = signature }
    }
  }

  @Test("A good signature of another handshake is decrypt_error")
  func signatureOfAnotherHandshake() throws {
    // What the server signed for the same client with other randoms.
    var other = try TestIdentities.startedClient()
    let elsewhere = try HandDrivenServer(answering: &other)
    let exchange = try #require(try elsewhere.messages().first { $0.first == 12 })
    var client = try TestIdentities.startedClient()
    let peer = try HandDrivenServer(answering: &client)
    let messages = try peer.messages()
    let flight = WireRecord.handshake(messages[0], messages[1], exchange, messages[3])
    expectRefused(
      &client, receiving: flight.bytes, with: .decryptError,
      saying: "the ed25519 signature over the key exchange does not verify")
  }

  @Test("A signature by PKCS #1 that says to be PSS, or of another hash, is decrypt_error")
  func mislabelledSignature() throws {
    for algorithm in [SignatureAlgorithm.rsaPKCS1(.sha256), .rsaPSS(.sha384)] {
      try expectClientRefuses(
        with: .decryptError,
        saying: "the rsa_pss_rsae_sha256 signature over the key exchange does not verify",
        as: .rsa
      ) { $0.signing = algorithm }
    }
  }
}
