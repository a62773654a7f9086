import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// What a server says to a client whose Certificate or CertificateVerify is wrong in one way.
@Suite("Refused client certificates")
struct RefusedClientCertificateTests {
  /// A server that requires a certificate.
  private func configuration(
    _ change: (inout ServerConfiguration) -> Void = { _ in }
  ) throws -> ServerConfiguration {
    try TestIdentities.serverConfiguration {
      $0.clientAuthentication = .required
      $0.clientVerification = .roots(try TestIdentities.roots())
      change(&$0)
    }
  }

  private func server(_ changed: ServerConfiguration? = nil) throws -> ServerConnection {
    try ServerConnection(configuration: try changed ?? configuration())
  }

  /// A client that has had the server's first flight, and shows this.
  private func peer(
    _ server: inout ServerConnection, _ kind: TestIdentities.Kind,
    isExtended: Bool = true, _ change: (inout ClientCredential) throws -> Void = { _ in }
  ) throws -> HandDrivenClient {
    var peer = try HandDrivenClient()
    if !isExtended { peer.hello.remove(WireHello.extendedMasterSecret) }
    _ = try server.receive(peer.helloRecord)
    var credential = try ClientCredential(kind)
    try change(&credential)
    peer.credential = credential
    try peer.receive(server.takeOutgoing())
    return peer
  }

  /// Checks what the server says to a client that shows this.
  private func expectRefuses(
    with alert: AlertDescription, saying sentence: String, as kind: TestIdentities.Kind = .p256,
    sourceLocation: SourceLocation = #_sourceLocation,
    by configuration: ServerConfiguration? = nil,
    _ change: (inout ClientCredential) throws -> Void
  ) throws {
    var server = try server(configuration)
    var peer = try peer(&server, kind, change)
    expectRefused(
      &server, receiving: try peer.secondFlight(), with: alert, saying: sentence,
      sourceLocation: sourceLocation)
  }

  @Test(
    "The right ones are taken, with every key, with and without extended_master_secret",
    arguments: TestIdentities.Kind.allCases, [true, false])
  func good(kind: TestIdentities.Kind, isExtended: Bool) throws {
    var server = try server()
    var peer = try peer(&server, kind, isExtended: isExtended)
    let events = try server.receive(try peer.secondFlight())
    let summary = try #require(events.first?.summary)
    #expect(summary.peerCertificates?.map(\.der) == peer.credential?.certificates)
    #expect(summary.usesExtendedMasterSecret == isExtended)
    try peer.finish(server.takeOutgoing())
    #expect(try server.receive(try peer.record(.applicationData, [7])).flatMap(\.data) == [7])
  }

  // MARK: Certificate

  @Test("No Certificate message where one was asked for is unexpected_message")
  func missingCertificate() throws {
    try expectRefuses(
      with: .unexpectedMessage, saying: "ClientKeyExchange came where Certificate was expected"
    ) {
      $0.certificates = nil
      $0.scheme = nil
    }
  }

  @Test("A Certificate message where none was asked for is unexpected_message")
  func unasked() throws {
    var server = try TestIdentities.server()
    var peer = try peer(&server, .p256)
    expectRefused(
      &server, receiving: try peer.secondFlight(), with: .unexpectedMessage,
      saying: "Certificate came where ClientKeyExchange was expected (while expecting "
        + "ClientKeyExchange, in Certificate)")
    // Not even one that says that there is none.
    server = try TestIdentities.server()
    peer = try self.peer(&server, .p256) {
      $0.certificates = []
      $0.scheme = nil
    }
    expectRefused(
      &server, receiving: try peer.secondFlight(), with: .unexpectedMessage,
      saying: "Certificate came where ClientKeyExchange was expected")
  }

  @Test("Too many certificates, malformed ones and empty ones")
  func malformedCertificates() throws {
    try expectRefuses(
      with: .badCertificate, saying: "the peer sent 17 certificates; the limit is 16"
    ) { $0.certificates = Array(repeating: $0.certificates?[0] ?? [], count: 17) }
    try expectRefuses(
      with: .badCertificate, saying: "the peer sent 2 certificates; the limit is 1",
      by: try configuration { $0.limits.certificateCount = 1 }
    ) { $0.certificates = Array(repeating: $0.certificates?[0] ?? [], count: 2) }
    let malformed = "the peer's certificate is malformed: the certificate's "
    try expectRefuses(with: .badCertificate, saying: malformed) {
      $0.certificates?[0].removeLast()
    }
    try expectRefuses(with: .badCertificate, saying: malformed) {
      $0.certificates?.append([0xff])
    }
    try expectRefuses(with: .decodeError, saying: "certificate is 0 bytes long") {
      $0.certificates?.append([])
    }
  }

  @Test("A Certificate message that is cut short is decode_error")
  func cutShort() throws {
    for (body, sentence) in [
      ([], "certificate_list needs 3 bytes where only 0 are left"),
      ([0, 0, 1], "certificate_list needs 1 bytes where only 0 are left"),
      ([0, 0, 0, 0], "the message is followed by 1 bytes"),
    ] as [([UInt8], String)] {
      var server = try server()
      let peer = try HandDrivenClient()
      _ = try server.receive(peer.helloRecord)
      _ = server.takeOutgoing()
      expectRefused(
        &server, receiving: WireRecord.handshake(body.message(11)).bytes, with: .decodeError,
        saying: sentence)
    }
  }

  // MARK: CertificateVerify

  @Test("A wrong signature is decrypt_error", arguments: TestIdentities.Kind.allCases)
  func wrongSignature(kind: TestIdentities.Kind) throws {
    for signature in [[], [0x30, 0x00], [UInt8](repeating: 7, count: 64)] as [[UInt8]] {
      try expectRefuses(
        with: .decryptError,
        saying: "the \(try ClientCredential(kind).scheme?.description ?? "") signature over the "
          + "handshake does not verify: the client's certificate is not its own (while expecting "
          + "CertificateVerify, in CertificateVerify)", as: kind
      ) { $0.signature = signature }
    }
  }

  @Test("A signature by another key of the same kind is decrypt_error")
  func anotherKey() throws {
    try expectRefuses(with: .decryptError, saying: "the ecdsa_secp256r1_sha256 signature over") {
      var random = SystemRandomSource()
      $0.key = try PrivateKey.generate(.ecdsa(.secp256r1), using: &random)
    }
  }

  @Test("A good signature of another handshake, or of part of this one, is decrypt_error")
  func signatureOfAnotherHandshake() throws {
    let contents: [[UInt8]] = [[], [1, 2, 3], try HandDrivenClient().hello.message]
    for content in contents {
      try expectRefuses(with: .decryptError, saying: "the ed25519 signature over", as: .ed25519) {
        $0.content = content
      }
    }
    // The same client, the same server, and other randoms.
    var first = try server()
    let elsewhere = try peer(&first, .ed25519)
    let records = WireRecord.split(elsewhere.keyExchange).prefix { $0.type == 22 }
    let verify = try #require(WireRecord.messages(Array(records)).last)
    var second = try server()
    let peer = try peer(&second, .ed25519)
    let own = WireRecord.messages(
      Array(WireRecord.split(peer.keyExchange).prefix { $0.type == 22 }))
    expectRefused(
      &second, receiving: WireRecord.handshake(own[0], own[1], verify).bytes, with: .decryptError,
      saying: "the ed25519 signature over the handshake does not verify")
  }

  @Test("A scheme that was not offered, or is for another kind of key, is illegal_parameter")
  func scheme() throws {
    try expectRefuses(
      with: .illegalParameter,
      saying: "the client signed with ecdsa_secp384r1_sha384, which was not offered", as: .p384,
      by: try configuration { $0.signatureSchemes = [.ed25519, .ecdsaSecp256r1SHA256] }
    ) { _ in }
    // RSA with SHA-1, and a number that nobody knows.
    for (number, name) in [(UInt16(0x0201), "0x0201"), (0x0a0a, "0x0a0a")] {
      try expectRefuses(
        with: .illegalParameter, saying: "the client signed with \(name), which was not offered"
      ) {
        $0.scheme = SignatureScheme(rawValue: number)
        $0.signing = .ecdsa(.sha256)
      }
    }
    let cases: [(TestIdentities.Kind, SignatureScheme, SignatureAlgorithm, String)] = [
      (.ed25519, .ecdsaSecp256r1SHA256, .ed25519, "Ed25519"),
      (.p256, .ed25519, .ecdsa(.sha256), "ECDSA P-256"),
      (.rsa, .ecdsaSecp256r1SHA256, .rsaPSS(.sha256), "RSA"),
    ]
    for (kind, scheme, algorithm, key) in cases {
      try expectRefuses(
        with: .illegalParameter, saying: "the client signed with \(scheme), and its key is \(key)",
        as: kind
      ) {
        $0.scheme = scheme
        $0.signing = algorithm
      }
    }
  }

  @Test("A signature of another hash or padding than it says is decrypt_error")
  func mislabelled() throws {
    for algorithm in [SignatureAlgorithm.rsaPKCS1(.sha256), .rsaPSS(.sha384)] {
      try expectRefuses(
        with: .decryptError, saying: "the rsa_pss_rsae_sha256 signature over the handshake",
        as: .rsa
      ) { $0.signing = algorithm }
    }
  }

  @Test("A certificate without CertificateVerify is unexpected_message: nobody proved its key")
  func skipped() throws {
    try expectRefuses(
      with: .unexpectedMessage,
      saying: "ChangeCipherSpec came where a handshake message was expected (while expecting "
        + "CertificateVerify, in ChangeCipherSpec)"
    ) { $0.scheme = nil }
  }

  @Test("CertificateVerify without a certificate is unexpected_message")
  func withoutCertificate() throws {
    try expectRefuses(
      with: .unexpectedMessage,
      saying: "CertificateVerify came where ChangeCipherSpec was expected",
      by: try configuration { $0.clientAuthentication = .requested }
    ) { $0.certificates = [] }
    // And where nobody asked.
    var server = try TestIdentities.server()
    var peer = try peer(&server, .p256) { $0.certificates = nil }
    expectRefused(
      &server, receiving: try peer.secondFlight(), with: .unexpectedMessage,
      saying: "CertificateVerify came where ChangeCipherSpec was expected")
  }

  @Test("CertificateVerify before ClientKeyExchange is unexpected_message")
  func tooEarly() throws {
    var server = try server()
    let peer = try peer(&server, .p256)
    let messages = WireRecord.messages(
      Array(WireRecord.split(peer.keyExchange).prefix { $0.type == 22 }))
    #expect(messages.map { $0[0] } == [11, 16, 15])
    expectRefused(
      &server, receiving: WireRecord.handshake(messages[0], messages[2]).bytes,
      with: .unexpectedMessage,
      saying: "CertificateVerify came where ClientKeyExchange was expected")
  }

  @Test("A malformed CertificateVerify is decode_error")
  func malformedVerify() throws {
    let cases: [(body: [UInt8], sentence: String)] = [
      ([], "algorithm needs 2 bytes where only 0 are left"),
      ([4, 3], "signature needs 2 bytes where only 0 are left"),
      ([4, 3, 0, 2, 1], "signature needs 2 bytes where only 1 are left"),
      ([4, 3, 0, 1, 1, 9], "the message is followed by 1 bytes"),
    ]
    for (body, sentence) in cases {
      var server = try server()
      let peer = try peer(&server, .p256) { $0.scheme = nil }
      let messages = WireRecord.messages(
        Array(WireRecord.split(peer.keyExchange).prefix { $0.type == 22 }))
      expectRefused(
        &server,
        receiving: WireRecord.handshake(messages[0], messages[1], body.message(15)).bytes,
        with: .decodeError, saying: sentence)
    }
  }

  @Test("A chain that is not good is refused only after its key was proved")
  func untrusted() throws {
    // A wrong signature under an untrusted chain: the signature is the first thing wrong.
    try expectRefuses(
      with: .decryptError, saying: "the ecdsa_secp256r1_sha256 signature over",
      by: try configuration { $0.clientVerification = .roots(TrustRoots(certificates: [])) }
    ) { $0.signature = [1] }
    try expectRefuses(
      with: .unknownCA, saying: "",
      by: try configuration { $0.clientVerification = .roots(TrustRoots(certificates: [])) }
    ) { _ in }
  }
}
