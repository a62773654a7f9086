import TLSCertificates
import TLSCrypto

/// All that a server says in its first flight (RFC 5246 figure 1).
struct ServerFirstFlight: ~Copyable, Sendable {
  let selection: FullSelection
  let extensions: ExtensionAnswers
  let clientMessage: HandshakeMessage
  let random: HelloRandom
  let key: EphemeralPrivateKey

  /// The group and the server's ephemeral key in it.
  var parameters: KeyExchangeParameters {
    switch selection.exchange.agreement {
    case .finiteField(let field):
      .finiteField(
        prime: field.prime, generator: field.generator, publicKey: key.publicKey)
    default:
      .ellipticCurve(selection.exchange.group, publicKey: key.publicKey)
    }
  }

  /// What the signature covers.
  var signedContent: [UInt8] {
    parameters.signedContent(client: selection.base.hello.random, server: random)
  }

  consuming func send(
    _ exchange: ServerKeyExchange, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    let base = selection.base
    let sessionID = newSessionID(&channel)
    channel.records.limitFragments(
      extensions.recordLimits(of: .server, offers: base.hello.extensions))
    var transcript = try Transcript(
      base.suite.hash, [clientMessage], keepsMessages: base.identity != nil && base.setup.mayVerify)
    try channel.send(
      ServerHello(
        random: random, sessionID: sessionID, cipherSuite: base.cipherSuite,
        extensions: extensions.raw), &transcript)
    if let identity = base.identity { try sendCertificates(of: identity, &channel, &transcript) }
    try channel.send(exchange, &transcript)
    // RFC 4279 section 2: no certificate is asked for where a pre-shared key proves who is there.
    let request = base.identity == nil ? nil : base.setup.certificateRequest
    if let request { try channel.send(request, &transcript) }
    try channel.send(ServerHelloDone(), &transcript)
    try channel.records.finishFlight()
    let next = ExpectClientKeyExchange(
      selection: selection, extensions: extensions, random: random, sessionID: sessionID, key: key,
      chain: nil, transcript: transcript)
    return request == nil
      ? .expectClientKeyExchange(Box(next))
      : .expectClientCertificate(Box(ExpectClientCertificate(next: next)))
  }

  private func sendCertificates(
    of identity: Identity, _ channel: inout Channel, _ transcript: inout Transcript
  ) throws(TLSError) {
    try channel.send(
      CertificateMessage(certificates: identity.certificates.map(\.der)), &transcript)
    if extensions.has(StatusRequest.self), let response = identity.stapledStatus {
      try channel.send(CertificateStatus(response: response), &transcript)
    }
  }

  /// What the client can resume the session by: nothing where it gets a ticket, or where no session
  /// is kept.
  private func newSessionID(_ channel: inout Channel) -> [UInt8] {
    let base = selection.base
    guard base.canMakeSession, !extensions.has(SessionTicket.self) else { return [] }
    if case .none = base.setup.configuration.sessionStore { return [] }
    return ServerSession.newID(using: &channel.randomness)
  }
}
