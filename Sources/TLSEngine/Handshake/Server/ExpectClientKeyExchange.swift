import TLSCrypto

/// The server has said everything; the client's half of the key exchange is missing.
struct ExpectClientKeyExchange: ~Copyable, Sendable {
  let selection: ServerSelection
  let extensions: ExtensionAnswers
  let random: HelloRandom
  let key: EphemeralPrivateKey
  var transcript: Transcript

  consuming func receive(
    _ message: HandshakeMessage, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    try message.require(.clientKeyExchange)
    let exchange = try message.decode(ClientKeyExchange.self)
    transcript.append(message)
    let summary = Self.summary(selection, extensions)
    let premaster: SecretBytes
    do {
      premaster = try key.sharedSecret(with: exchange.publicKey.rawSpan)
    } catch {
      throw TLSError(peerKey: error)
    }
    let clientRandom = selection.hello.random
    let master = try MasterSecret.derive(
      from: premaster, client: clientRandom, server: random, transcript: transcript,
      isExtended: summary.usesExtendedMasterSecret, using: selection.suite.hash)
    channel.keyLog?.append(master, of: clientRandom)
    let keys = try master.keyBlock(client: clientRandom, server: random, for: selection.suite)
    let opening = try keys.protection(ofRecordsWrittenBy: .client)
    let sealing = try keys.protection(ofRecordsWrittenBy: .server)
    return .expectChangeCipherSpec(
      ServerExpectChangeCipherSpec(
        opening: opening,
        next: ServerExpectFinished(
          summary: summary, master: master, sealing: sealing, transcript: transcript)))
  }

  private static func summary(
    _ selection: ServerSelection, _ extensions: ExtensionAnswers
  ) -> ConnectionSummary {
    ConnectionSummary(
      version: .tls12, cipherSuite: selection.cipherSuite, group: selection.group,
      signatureScheme: selection.scheme,
      applicationProtocol: extensions.answer(of: ApplicationLayerProtocolNegotiation.self),
      serverName: selection.hello.extensions.offer(of: ServerNameIndication.self),
      peerCertificates: [],
      usesExtendedMasterSecret: extensions.useExtendedMasterSecret)
  }
}
