import TLSCrypto

/// The server has said everything; the client's half of the key exchange is missing.
struct ExpectClientKeyExchange: ~Copyable, Sendable {
  let selection: FullSelection
  let extensions: ExtensionAnswers
  let random: HelloRandom

  /// What the client can resume the session by; empty if it cannot.
  let sessionID: [UInt8]

  let key: EphemeralPrivateKey

  /// What the client has shown of itself, if anything.
  var chain: PeerChain?

  var transcript: Transcript

  consuming func receive(
    _ message: HandshakeMessage, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    try message.require(.clientKeyExchange)
    let exchange = try message.decode(ClientKeyExchange.self, for: selection.base.suite)
    transcript.append(message)
    guard let identity = exchange.preSharedKeyIdentity else {
      return try proceed(with: exchange.publicKey, nil, &channel)
    }
    return .awaitPreSharedKey(
      Box(
        AwaitServerPreSharedKey(next: self, publicKey: exchange.publicKey, identity: identity)))
  }

  /// Agrees with the client's key, and derives all the others.
  consuming func proceed(
    with publicKey: [UInt8], _ preSharedKey: PreSharedKey?, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    var summary = Self.summary(selection, extensions)
    summary.preSharedKeyIdentity = preSharedKey?.identity
    let base = selection.base
    let clientRandom = base.hello.random
    var premaster: SecretBytes
    do {
      premaster = try key.sharedSecret(with: publicKey.rawSpan)
    } catch {
      throw TLSError(peerKey: error, in: selection.exchange.agreement)
    }
    if let preSharedKey { premaster = preSharedKey.premasterSecret(with: premaster) }
    var master = try MasterSecret.derive(
      from: premaster, client: clientRandom, server: random, transcript: transcript,
      isExtended: summary.usesExtendedMasterSecret, using: base.suite.hash)
    channel.keyLog?.append(master, of: clientRandom)
    let keys = try master.keyBlock(
      client: clientRandom, server: random, for: base.suite,
      encryptThenMAC: extensions.useEncryptThenMAC)
    let opening = try keys.protection(ofRecordsWrittenBy: .client)
    let sealing = try keys.protection(ofRecordsWrittenBy: .server)
    let next = ServerExpectChangeCipherSpec(
      opening: opening, expectsNextProtocol: extensions.expectsNextProtocol,
      next: ServerExpectFinished(
        setup: base.setup,
        outcome: Outcome(
          summary: summary, master: master, clientRandom: clientRandom, serverRandom: random),
        transcript: transcript,
        reply: .flight(
          sealing: sealing,
          memory: SessionMemory(
            sessionID: sessionID, sendsTicket: extensions.has(SessionTicket.self),
            maximumFragmentLength: extensions.answer(of: MaximumFragmentLengthNegotiation.self),
            certificate: base.identity?.certificates.first))))
    guard let chain else { return .expectChangeCipherSpec(Box(next)) }
    return .expectCertificateVerify(
      Box(
        ExpectCertificateVerify(setup: base.setup, chain: chain, next: next)))
  }

  private static func summary(
    _ selection: FullSelection, _ extensions: ExtensionAnswers
  ) -> ConnectionSummary {
    var scheme: SignatureScheme?
    if case .signature(_, let chosen) = selection.exchange.proof { scheme = chosen }
    var summary = ConnectionSummary(
      version: .tls12, cipherSuite: selection.base.cipherSuite, group: selection.exchange.group,
      signatureScheme: scheme, isResumed: false,
      usesExtendedMasterSecret: extensions.useExtendedMasterSecret)
    summary.applicationProtocol = extensions.answer(of: ApplicationLayerProtocolNegotiation.self)
    summary.usesEncryptThenMAC = extensions.useEncryptThenMAC
    summary.usesSecureRenegotiation = extensions.has(RenegotiationInfo.self)
    summary.ownCertificates = selection.base.identity?.certificates ?? []
    summary.serverName = selection.base.hello.extensions.offer(of: ServerNameIndication.self)
    return summary
  }
}

/// The client names a key that it says both have; somebody has to find it.
struct AwaitServerPreSharedKey: ~Copyable, Sendable {
  let next: ExpectClientKeyExchange
  let publicKey: [UInt8]
  let identity: [UInt8]

  var question: PreSharedKeyQuestion { PreSharedKeyQuestion(identity: identity, hint: nil) }

  /// What the configuration has, or `nil` if the caller is to be asked.
  var everydayAnswer: Answer? {
    switch next.selection.base.setup.configuration.preSharedKeys {
    case .none: .preSharedKey(nil)
    case .keys(let keys): .preSharedKey(keys.first { $0.identity == identity })
    case .ask: nil
    }
  }

  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    switch answer {
    case .preSharedKey(let key?):
      return try next.proceed(with: publicKey, key, &channel)
    case .preSharedKey(nil):
      throw TLSError(.unknownPSKIdentity, .unknownPreSharedKey(identity: identity))
    case .refused(let sentence, let alert):
      throw TLSError(alert ?? .unknownPSKIdentity, .refused(sentence))
    default: throw .unfitting(answer, to: "a pre-shared key")
    }
  }
}
