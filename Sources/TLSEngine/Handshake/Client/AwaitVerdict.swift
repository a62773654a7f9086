import TLSCertificates
import TLSCrypto

/// The server has said everything. Before the client answers, somebody has to say whether the chain
/// is good for the name.
struct AwaitVerdict: ~Copyable, Sendable {
  let agreed: ClientAgreement
  let chain: ServerChain
  let key: ServerKey
  let certificateWasRequested: Bool
  var transcript: Transcript

  var question: VerifyChainQuestion {
    VerifyChainQuestion(
      certificates: chain.certificates, serverName: agreed.setup.serverName)
  }

  /// The verdict that the configuration gives by itself, or `nil` if the caller is to be asked.
  var everydayAnswer: Answer? {
    let setup = agreed.setup
    guard let verifier = setup.verifier else {
      switch setup.configuration.verification {
      case .insecureWithoutAnyVerification: return .chainIsGood
      default: return nil
      }
    }
    do {
      _ = try verifier.verify(
        chain.certificates, for: setup.serverName, usage: .server,
        at: setup.configuration.time.now())
      return .chainIsGood
    } catch {
      return .chainIsBad(error)
    }
  }

  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    switch answer {
    case .chainIsGood:
      return try answerServer(&channel)
    case .chainIsBad(let error):
      throw TLSError(error.alert, .certificate(error))
    case .refused(let sentence, let alert):
      throw TLSError(alert ?? .certificateUnknown, .refused(sentence))
    case .identity, .signature:
      throw .unfitting(answer, to: "a verdict on the server's chain")
    }
  }

  /// The client's second flight (RFC 5246 figure 1).
  private consuming func answerServer(_ channel: inout Channel) throws(TLSError) -> ClientState {
    if certificateWasRequested {
      // RFC 5246 section 7.4.6: a client without a certificate says so with an empty list.
      try channel.send(CertificateMessage(certificates: []), &transcript)
    }
    let premaster = try Self.exchangeKeys(key, &channel, &transcript)
    let master = try MasterSecret.derive(
      from: premaster, client: agreed.clientRandom, server: agreed.serverRandom,
      transcript: transcript, isExtended: agreed.extensions.useExtendedMasterSecret,
      using: agreed.suite.hash)
    channel.keyLog?.append(master, of: agreed.clientRandom)
    let keys = try master.keyBlock(
      client: agreed.clientRandom, server: agreed.serverRandom, for: agreed.suite)
    try channel.changeCipherSpec(to: try keys.protection(ofRecordsWrittenBy: .client))
    try channel.send(
      try master.finished(by: .client, transcript: try transcript.digest()), &transcript)
    try channel.records.finishFlight()
    let opening = try keys.protection(ofRecordsWrittenBy: .server)
    return .expectChangeCipherSpec(
      ClientExpectChangeCipherSpec(
        opening: opening,
        next: ClientExpectFinished(
          summary: Self.summary(agreed, chain, key), master: master, transcript: transcript)))
  }

  /// Sends an ephemeral key and agrees with the server's; the key is used up by it.
  private static func exchangeKeys(
    _ key: ServerKey, _ channel: inout Channel, _ transcript: inout Transcript
  ) throws(TLSError) -> SecretBytes {
    let own: EphemeralPrivateKey
    do {
      own = try EphemeralPrivateKey(key.agreement, using: &channel.randomness)
    } catch {
      throw TLSError(error)
    }
    try channel.send(ClientKeyExchange(publicKey: own.publicKey), &transcript)
    do {
      return try own.sharedSecret(with: key.publicKey.rawSpan)
    } catch {
      throw TLSError(peerKey: error)
    }
  }

  private static func summary(
    _ agreed: ClientAgreement, _ chain: ServerChain, _ key: ServerKey
  ) -> ConnectionSummary {
    ConnectionSummary(
      version: .tls12, cipherSuite: agreed.cipherSuite, group: key.group,
      signatureScheme: key.scheme,
      applicationProtocol: agreed.extensions.answer(
        of: ApplicationLayerProtocolNegotiation.self),
      serverName: agreed.setup.serverName.description, peerCertificates: chain.certificates,
      usesExtendedMasterSecret: agreed.extensions.useExtendedMasterSecret)
  }
}

extension TLSError {
  /// A key exchange that failed: `illegal_parameter` where the peer's key is to blame (RFC 8422
  /// section 5.11), and `internal_error` otherwise.
  init(peerKey error: CryptoError) {
    switch error {
    case .invalidPublicKey: self.init(.illegalParameter, .cryptography(error))
    default: self.init(error)
    }
  }
}
