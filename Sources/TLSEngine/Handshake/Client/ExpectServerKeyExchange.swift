import TLSCertificates
import TLSCrypto

/// The server has shown its certificates, of which nothing is believed yet, or needs none.
struct ExpectServerKeyExchange: ~Copyable, Sendable {
  let agreed: ClientAgreement

  /// `nil` where a pre-shared key proves who the server is.
  var chain: PeerChain?

  var transcript: Transcript

  /// Notes the OCSP response that came with the chain.
  mutating func take(_ status: CertificateStatus) {
    chain?.stapledStatus = status.response
  }

  consuming func receive(_ message: HandshakeMessage) throws(TLSError) -> ClientState {
    try message.require(.serverKeyExchange)
    let exchange = try message.decode(ServerKeyExchange.self, for: agreed.suite)
    let key = try ServerKey(exchange.parameters, agreed)
    transcript.append(message)
    switch (chain, exchange.signed) {
    case (let chain?, let signed?):
      let content = exchange.parameters.signedContent(
        client: agreed.clientRandom, server: agreed.serverRandom)
      try chain.check(
        signed, of: content.rawSpan, offered: agreed.setup.configuration.signatureSchemes,
        by: .server)
      return .expectCertificateRequestOrServerHelloDone(
        Box(
          ExpectCertificateRequestOrServerHelloDone(
            flight: ServerFlight(agreed: agreed, key: key, proof: .signature(chain, signed.scheme)),
            transcript: transcript)))
    case (nil, nil) where agreed.suite.authentication == .preSharedKey:
      // RFC 4279 section 2: a server with a pre-shared key asks for no certificate.
      return .expectServerHelloDone(
        Box(
          ExpectServerHelloDone(
            flight: ServerFlight(
              agreed: agreed, key: key, proof: .preSharedKey(hint: exchange.hint)),
            request: nil, transcript: transcript)))
    default:
      throw TLSError(.internalError, .internalFailure("nothing proves who the server is"))
    }
  }
}

/// All that the server said in its first flight.
struct ServerFlight: Sendable {
  /// What proves who the server is.
  enum Proof: Sendable {
    /// A signature by the leaf of this chain, which was checked.
    case signature(PeerChain, SignatureScheme)

    /// The key that both sides have, which the server may help to choose.
    case preSharedKey(hint: [UInt8]?)
  }

  let agreed: ClientAgreement
  let key: ServerKey
  let proof: Proof
}

/// The server's ephemeral key, in a group that the client allows.
struct ServerKey: Sendable {
  /// The group's number, if it has one.
  let group: NamedGroup?
  let agreement: KeyAgreementGroup
  let publicKey: [UInt8]

  init(
    _ parameters: KeyExchangeParameters, _ agreed: ClientAgreement
  ) throws(TLSError) {
    let offered = agreed.setup.configuration.supportedGroups
    switch parameters {
    case .ellipticCurve(let group, let publicKey):
      // RFC 8422 section 5.4: the group must be one that the client offered.
      guard offered.contains(group), let agreement = group.keyAgreement, !group.isFiniteField
      else {
        throw .illegalParameter("the server chose the group \(group), which was not offered")
      }
      self.group = group
      self.agreement = agreement
      self.publicKey = publicKey
    case .finiteField(let prime, let generator, let publicKey):
      let field = try Self.field(prime, generator)
      group = try Self.group(of: field, offered)
      agreement = .finiteField(field)
      self.publicKey = publicKey
    }
  }

  /// A server may bring its own group, and a weak one gives everything away (Logjam): only the safe
  /// primes that everybody knows are taken.
  private static func field(
    _ prime: [UInt8], _ generator: [UInt8]
  ) throws(TLSError) -> FiniteFieldGroup {
    guard let field = FiniteFieldGroup(prime: prime.rawSpan, generator: generator.rawSpan) else {
      throw TLSError(
        .insufficientSecurity, .unknownFiniteField(prime: prime, generator: generator))
    }
    return field
  }

  /// RFC 7919 section 3: of its groups, only those that were offered; if none were, any.
  private static func group(
    of field: FiniteFieldGroup, _ offered: [NamedGroup]
  ) throws(TLSError) -> NamedGroup? {
    guard let group = NamedGroup(field) else {
      // The groups of RFC 3526 have no numbers to be offered by: one is taken that is as large as those.
      let bitCounts = offered.compactMap(\.fieldBitCount)
      guard let least = bitCounts.min(), let most = bitCounts.max(),
        (least...most).contains(field.bitCount)
      else {
        throw .illegalParameter(
          "the server chose \(field), which is not of a size that was offered")
      }
      return nil
    }
    guard offered.contains(group) || !offered.contains(where: \.isFiniteField) else {
      throw .illegalParameter("the server chose the group \(group), which was not offered")
    }
    return group
  }
}
