import TLSCertificates
import TLSCrypto

/// The client was asked for its certificate.
struct ExpectClientCertificate: ~Copyable, Sendable {
  var next: ExpectClientKeyExchange

  consuming func receive(_ message: HandshakeMessage) throws(TLSError) -> ServerState {
    try message.require(.certificate)
    let configuration = next.selection.base.setup.configuration
    let chain = try PeerChain(
      try message.decode(CertificateMessage.self),
      limit: configuration.limits.certificateCount)
    // RFC 5246 section 7.4.6: `handshake_failure` if there has to be one.
    guard chain != nil || configuration.clientAuthentication != .required else {
      throw TLSError(
        .handshakeFailure,
        .required("the client shows no certificate, which this configuration requires"))
    }
    next.transcript.append(message)
    // Without a certificate there is nothing to sign for.
    if chain == nil { next.transcript.forgetMessages() }
    next.chain = chain
    return .expectClientKeyExchange(Box(next))
  }
}

/// The client has shown a certificate; it has to prove that it is its own.
struct ExpectCertificateVerify: ~Copyable, Sendable {
  let setup: ServerSetup
  let chain: PeerChain
  var next: ServerExpectChangeCipherSpec

  consuming func receive(_ message: HandshakeMessage) throws(TLSError) -> ServerState {
    try message.require(.certificateVerify)
    let verify = try message.decode(CertificateVerify.self)
    guard let content = next.next.transcript.signedContent else {
      throw TLSError(.internalError, .internalFailure("the handshake was not kept to be checked"))
    }
    try chain.check(
      verify.signed, of: content.rawSpan, offered: setup.configuration.signatureSchemes,
      by: .client)
    next.next.outcome.summary.clientSignatureScheme = verify.signed.scheme
    next.next.transcript.append(message)
    next.next.transcript.forgetMessages()
    return .awaitVerdict(Box(AwaitClientVerdict(setup: setup, chain: chain, next: next)))
  }
}

/// The client's certificate is its own; somebody has to say whether it is good.
struct AwaitClientVerdict: ~Copyable, Sendable {
  let setup: ServerSetup
  let chain: PeerChain
  var next: ServerExpectChangeCipherSpec

  var question: VerifyChainQuestion {
    VerifyChainQuestion(
      certificates: chain.certificates, serverName: nil,
      requestedName: next.next.outcome.summary.serverName,
      isResumption: false, stapledStatus: .notRequested, signedCertificateTimestamps: [])
  }

  /// The verdict that the configuration gives by itself, or `nil` if the caller is to be asked.
  var everydayAnswer: Answer? {
    guard let verifier = setup.verifier else { return nil }
    do {
      return .chainIsVerified(
        try verifier.verify(
          chain.certificates, for: nil, usage: .client, at: setup.configuration.time.now()))
    } catch {
      return .chainIsBad(error)
    }
  }

  consuming func receive(_ answer: Answer) throws(TLSError) -> ServerState {
    let verdict = try Verdict(answer)
    next.next.outcome.summary.peerCertificates = chain.certificates
    next.next.outcome.summary.verifiedPeerChain = verdict.path
    return .expectChangeCipherSpec(Box(next))
  }
}
