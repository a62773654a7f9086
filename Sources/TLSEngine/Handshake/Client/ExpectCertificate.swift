import TLSCertificates
import TLSCrypto

/// The hellos are exchanged.
struct ExpectCertificate: ~Copyable, Sendable {
  let agreed: ClientAgreement
  var transcript: Transcript

  consuming func receive(_ message: HandshakeMessage) throws(TLSError) -> ClientState {
    try message.require(.certificate)
    var chain = try PeerChain(
      try message.decode(CertificateMessage.self),
      limit: agreed.setup.configuration.limits.certificateCount)
    // RFC 5246 section 7.4.2: the server's own certificate comes first, and must be there.
    chain?.signedCertificateTimestamps =
      agreed.extensions.answer(of: SignedCertificateTimestamps.self) ?? []
    guard let chain else {
      throw .malformed("certificate_list", "is empty, and a server must have a certificate")
    }
    try Self.check(chain.leaf.publicKey, suits: agreed)
    transcript.append(message)
    let next = ExpectServerKeyExchange(agreed: agreed, chain: chain, transcript: transcript)
    return !agreed.extensions.has(StatusRequest.self)
      ? .expectServerKeyExchange(Box(next))
      : .expectCertificateStatusOrServerKeyExchange(
        Box(
          ExpectCertificateStatusOrServerKeyExchange(next: next)))
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

/// The server has said that it may staple an OCSP response (RFC 6066 section 8: it need not).
struct ExpectCertificateStatusOrServerKeyExchange: ~Copyable, Sendable {
  var next: ExpectServerKeyExchange

  consuming func receive(_ message: HandshakeMessage) throws(TLSError) -> ClientState {
    switch message.type {
    case .certificateStatus:
      next.take(try message.decode(CertificateStatus.self))
      next.transcript.append(message)
      return .expectServerKeyExchange(Box(next))
    case .serverKeyExchange: return try next.receive(message)
    default: throw .unexpected(message.type, expected: .certificateStatus, .serverKeyExchange)
    }
  }
}
