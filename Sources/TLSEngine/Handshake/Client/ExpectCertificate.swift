import TLSCertificates
import TLSCrypto

/// The hellos are exchanged.
struct ExpectCertificate: ~Copyable, Sendable {
  let agreed: ClientAgreement
  var transcript: Transcript

  consuming func receive(_ message: HandshakeMessage) throws(TLSError) -> ClientState {
    try message.require(.certificate)
    let chain = try Self.chain(
      try message.decode(CertificateMessage.self),
      limit: agreed.setup.configuration.limits.certificateCount)
    try Self.check(chain.leaf.publicKey, suits: agreed)
    transcript.append(message)
    return .expectServerKeyExchange(
      ExpectServerKeyExchange(agreed: agreed, chain: chain, transcript: transcript))
  }

  /// RFC 5246 section 7.4.2: the server's own certificate comes first, and must be there.
  private static func chain(
    _ message: CertificateMessage, limit: Int
  ) throws(TLSError) -> ServerChain {
    guard message.certificates.count <= limit else {
      throw TLSError(
        .badCertificate,
        .limitExceeded(what: "\(message.certificates.count) certificates", limit: limit))
    }
    var certificates: [Certificate] = []
    for der in message.certificates {
      do {
        certificates.append(try Certificate(der: der))
      } catch {
        throw TLSError(.badCertificate, .malformedCertificate(error))
      }
    }
    guard let leaf = certificates.first else {
      throw .malformed("certificate_list", "is empty, and a server must have a certificate")
    }
    return ServerChain(leaf: leaf, certificates: certificates)
  }

  /// The key must be of the kind that the suite names (RFC 8422 section 2; Ed25519 counts as
  /// ECDSA).
  private static func check(
    _ key: PublicKey, suits agreed: ClientAgreement
  ) throws(TLSError) {
    guard agreed.suite.authentication == CipherSuiteParameters.Authentication(key.kind) else {
      throw .illegalParameter(
        "the server chose \(agreed.cipherSuite), and its certificate has a key for \(key)")
    }
    try SupportedGroups.checkCurve(
      of: key.kind, isAmong: agreed.setup.configuration.supportedGroups,
      alert: .illegalParameter)
  }
}

/// The server's certificates, of which there is at least one.
struct ServerChain: Sendable {
  let leaf: Certificate
  let certificates: [Certificate]
}

extension CipherSuiteParameters.Authentication {
  /// The suites that a key of this kind can sign for.
  init(_ kind: PublicKey.Kind) {
    switch kind {
    case .rsa: self = .rsa
    case .ecdsa, .ed25519: self = .ecdsa
    }
  }
}
