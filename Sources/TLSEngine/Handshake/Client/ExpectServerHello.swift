import TLSCertificates
import TLSCrypto

/// The ClientHello is out.
struct ExpectServerHello: ~Copyable, Sendable {
  let setup: ClientSetup
  let hello: ClientHello
  let message: HandshakeMessage

  consuming func receive(
    _ message: HandshakeMessage, _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    try message.require(.serverHello)
    let serverHello = try message.decode(ServerHello.self)
    let agreed = try ClientAgreement(setup, hello, serverHello)
    channel.records.agree(on: serverHello.version)
    let session = resumedSession(serverHello)
    channel.records.limitFragments(
      agreed.extensions.recordLimits(
        of: .client, offers: hello.extensions, resuming: session?.state))
    let transcript = try Transcript(
      agreed.suite.hash, [self.message, message], keepsMessages: setup.maySign)
    if let session {
      return .awaitResumedVerdict(
        Box(
          try ClientResumption(agreed: agreed, session: session, transcript: transcript)))
    }
    switch agreed.suite.authentication {
    case .ecdsa, .rsa:
      return .expectCertificate(Box(ExpectCertificate(agreed: agreed, transcript: transcript)))
    case .preSharedKey:
      return .expectServerKeyExchange(
        Box(
          ExpectServerKeyExchange(agreed: agreed, chain: nil, transcript: transcript)))
    }
  }
}

extension ExpectServerHello {
  /// The session that was offered, if the server says by its id that it goes on (RFC 5246 section
  /// 7.4.1.3, RFC 5077 section 3.4). An id where none was offered is that of a new session.
  private func resumedSession(_ answer: ServerHello) -> ClientSession? {
    guard !hello.sessionID.isEmpty, answer.sessionID == hello.sessionID else { return nil }
    return setup.session
  }
}

/// What the two hellos agreed on, as a client sees it. It is a class because every state from here on has
/// it.
final class ClientAgreement: Sendable {
  let setup: ClientSetup
  let clientRandom: HelloRandom
  let serverRandom: HelloRandom

  /// What the server calls the session by, if it remembers it.
  let sessionID: [UInt8]

  let cipherSuite: CipherSuite
  let suite: CipherSuiteParameters
  let extensions: ExtensionAnswers

  /// Checks each choice of the server's against what was offered (RFC 5246 section 7.4.1.3).
  init(
    _ setup: ClientSetup, _ hello: ClientHello, _ answer: ServerHello
  ) throws(TLSError) {
    let allowed = setup.configuration.versions
    guard allowed.contains(answer.version) else {
      throw TLSError(.protocolVersion, .protocolVersion(answer.version, allowed: allowed))
    }
    guard hello.cipherSuites.contains(answer.cipherSuite),
      let suite = answer.cipherSuite.parameters
    else {
      throw .illegalParameter(
        "the server chose \(answer.cipherSuite), which was not offered")
    }
    guard answer.compressionMethod == 0 else {
      throw .illegalParameter(
        "the server chose the compression method \(answer.compressionMethod), "
          + "and only null was offered")
    }
    self.setup = setup
    clientRandom = hello.random
    serverRandom = answer.random
    sessionID = answer.sessionID
    cipherSuite = answer.cipherSuite
    self.suite = suite
    extensions = try ExtensionAnswers(
      decoding: answer.extensions, to: hello.extensions, setup, choosing: cipherSuite, suite)
  }

  /// The summary, as far as the hellos go.
  func summary(
    group: NamedGroup?, scheme: SignatureScheme?, isResumed: Bool
  ) -> ConnectionSummary {
    var summary = ConnectionSummary(
      version: .tls12, cipherSuite: cipherSuite, group: group, signatureScheme: scheme,
      isResumed: isResumed, usesExtendedMasterSecret: extensions.useExtendedMasterSecret)
    summary.serverName = setup.serverName.description
    summary.applicationProtocol = extensions.answer(of: ApplicationLayerProtocolNegotiation.self)
    summary.usesEncryptThenMAC = extensions.useEncryptThenMAC
    summary.usesSecureRenegotiation = extensions.has(RenegotiationInfo.self)
    if let nextProtocol {
      summary.applicationProtocol = nextProtocol
      summary.usesNextProtocolNegotiation = true
    }
    return summary
  }

  /// The protocol that the client chooses by NPN, if it is negotiated that way.
  var nextProtocol: String? {
    extensions.answer(of: NextProtocolNegotiation.self).flatMap {
      NextProtocolNegotiation.choice(of: setup.configuration.nextProtocols, among: $0)
    }
  }
}
