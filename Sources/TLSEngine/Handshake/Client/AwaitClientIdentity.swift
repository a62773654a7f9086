import TLSCertificates
import TLSCrypto

/// The server is who it should be, and asks who the client is.
struct AwaitClientIdentity: ~Copyable, Sendable {
  let flight: ServerFlight
  let summary: ConnectionSummary
  let question: ClientIdentityQuestion
  var transcript: Transcript

  /// - Throws: `decode_error` if an authority's name is none, `illegal_parameter` if there are too many.
  init(
    flight: ServerFlight, summary: ConnectionSummary, request: CertificateRequest,
    transcript: consuming Transcript
  ) throws(TLSError) {
    self.flight = flight
    self.summary = summary
    question = try ClientIdentityQuestion(
      request, limit: flight.agreed.setup.configuration.limits.certificateAuthorityCount)
    self.transcript = transcript
  }

  /// The first identity that the server would take, or `nil` if the caller is to be asked.
  var everydayAnswer: Answer? {
    let configuration = flight.agreed.setup.configuration
    guard configuration.identitySelection == .byRequest else { return nil }
    let usable = configuration.identities.first {
      question.accepts($0) && scheme(of: $0) != nil
    }
    return usable.map { .identity($0) } ?? .noIdentity
  }

  /// How an identity would sign, if the server can check it.
  private func scheme(of identity: Identity) -> SignatureScheme? {
    identity.schemes(among: flight.agreed.setup.configuration.signatureSchemes)
      .first(where: question.signatureSchemes.contains)
  }

  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    let credential: ClientSecondFlight.Credential
    switch answer {
    case .identity(let identity):
      guard let scheme = scheme(of: identity) else {
        throw TLSError(
          .handshakeFailure,
          .noSharedSignatureScheme(
            offered: question.signatureSchemes,
            possible: identity.schemes(
              among: flight.agreed.setup.configuration.signatureSchemes)))
      }
      credential = .identity(identity, scheme)
    case .noIdentity: credential = .noCertificate
    case .refused(let sentence, let alert):
      throw TLSError(alert ?? .handshakeFailure, .refused(sentence))
    default: throw .unfitting(answer, to: "an identity")
    }
    return try ClientSecondFlight(flight: flight, summary: summary, transcript: transcript)
      .send(as: credential, &channel)
  }
}

extension ClientIdentityQuestion {
  init(_ request: CertificateRequest, limit: Int) throws(TLSError) {
    let count = request.certificateAuthorities.count
    guard count <= limit else {
      throw TLSError(
        .illegalParameter,
        .limitExceeded(what: "the names of \(count) authorities", limit: limit))
    }
    var names: [DistinguishedName] = []
    for name in try request.certificateAuthorities.elements("distinguished_name") {
      do {
        names.append(try DistinguishedName(der: name))
      } catch {
        throw .malformed("certificate_authorities", "holds a name that is none: \(error)")
      }
    }
    self.init(
      certificateAuthorities: names, signatureSchemes: request.signatureSchemes,
      acceptsRSA: request.certificateTypes.contains(CertificateRequest.rsaSign),
      acceptsECDSA: request.certificateTypes.contains(CertificateRequest.ecdsaSign))
  }

  /// Whether the server would take an identity: a key of a kind it knows, from an authority it names
  /// (RFC 5246 section 7.4.4).
  func accepts(_ identity: Identity) -> Bool {
    guard let kind = identity.publicKey?.kind else { return false }
    let isKnownKind =
      switch kind {
      case .rsa: acceptsRSA
      case .ecdsa, .ed25519: acceptsECDSA
      }
    guard isKnownKind else { return false }
    return certificateAuthorities.isEmpty
      || identity.certificates.contains { certificateAuthorities.contains($0.issuer) }
  }
}
