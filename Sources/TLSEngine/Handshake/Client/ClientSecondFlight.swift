import TLSCertificates
import TLSCrypto

/// The client's answer to all that the server said (RFC 5246 figure 1), up to the point where
/// somebody may have to sign.
struct ClientSecondFlight: ~Copyable, Sendable {
  /// What the client proves itself with.
  enum Credential: Sendable {
    /// Nothing: nobody asked.
    case notAsked

    /// Nothing, though the server asked.
    case noCertificate

    case identity(Identity, SignatureScheme)
    case preSharedKey(PreSharedKey)
  }

  let flight: ServerFlight
  let summary: ConnectionSummary
  var transcript: Transcript

  consuming func send(
    as credential: Credential, _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    switch credential {
    case .notAsked, .preSharedKey: break
    case .noCertificate:
      // RFC 5246 section 7.4.6: a client without a certificate says so with an empty list.
      try channel.send(CertificateMessage(certificates: []), &transcript)
    case .identity(let identity, _):
      try channel.send(
        CertificateMessage(certificates: identity.certificates.map(\.der)), &transcript)
    }
    let premaster = try Self.exchangeKeys(flight, credential, &channel, &transcript)
    let agreed = flight.agreed
    let master = try MasterSecret.derive(
      from: premaster, client: agreed.clientRandom, server: agreed.serverRandom,
      transcript: transcript, isExtended: agreed.extensions.useExtendedMasterSecret,
      using: agreed.suite.hash)
    channel.keyLog?.append(master, of: agreed.clientRandom)
    let outcome = Outcome(
      summary: summary(credential), master: master, clientRandom: agreed.clientRandom,
      serverRandom: agreed.serverRandom)
    guard case .identity(let identity, let scheme) = credential else {
      return try ClientFinishing(agreed: agreed, outcome: outcome, transcript: transcript)
        .send(&channel)
    }
    return .awaitSignature(
      Box(
        AwaitClientSignature(
          agreed: agreed, outcome: outcome, identity: identity, scheme: scheme,
          transcript: transcript)))
  }

  /// The summary, with what the client shows of itself.
  private func summary(_ credential: Credential) -> ConnectionSummary {
    guard case .identity(let identity, let scheme) = credential else { return summary }
    var summary = summary
    summary.ownCertificates = identity.certificates
    summary.clientSignatureScheme = scheme
    return summary
  }

  /// Sends an ephemeral key and agrees with the server's; the key is used up by it.
  private static func exchangeKeys(
    _ flight: ServerFlight, _ credential: Credential, _ channel: inout Channel,
    _ transcript: inout Transcript
  ) throws(TLSError) -> SecretBytes {
    let own: EphemeralPrivateKey
    do {
      own = try EphemeralPrivateKey(flight.key.agreement, using: &channel.randomness)
    } catch {
      throw TLSError(error)
    }
    var preSharedKey: PreSharedKey?
    if case .preSharedKey(let key) = credential { preSharedKey = key }
    try channel.send(
      ClientKeyExchange(
        preSharedKeyIdentity: preSharedKey?.identity, publicKey: own.publicKey,
        form: flight.agreed.suite.keyExchange.form), &transcript)
    let secret: SecretBytes
    do {
      secret = try own.sharedSecret(with: flight.key.publicKey.rawSpan)
    } catch {
      throw TLSError(peerKey: error, in: flight.key.agreement)
    }
    guard let preSharedKey else { return secret }
    return preSharedKey.premasterSecret(with: secret)
  }
}

extension TLSError {
  /// A key exchange that failed: where the peer's key is to blame `handshake_failure` for a finite field
  /// (RFC 7919 sections 3 and 4) and `illegal_parameter` for a curve (RFC 8422 section 5.11), and
  /// `internal_error` otherwise.
  init(peerKey error: CryptoError, in group: KeyAgreementGroup) {
    switch (error, group) {
    case (.invalidPublicKey, .finiteField): self.init(.handshakeFailure, .cryptography(error))
    case (.invalidPublicKey, _): self.init(.illegalParameter, .cryptography(error))
    default: self.init(error)
    }
  }
}
