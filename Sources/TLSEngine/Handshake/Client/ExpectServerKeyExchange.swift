import TLSCertificates
import TLSCrypto

/// The server has shown its certificates; nothing about them is believed yet.
struct ExpectServerKeyExchange: ~Copyable, Sendable {
  let agreed: ClientAgreement
  let chain: ServerChain
  var transcript: Transcript

  consuming func receive(_ message: HandshakeMessage) throws(TLSError) -> ClientState {
    try message.require(.serverKeyExchange)
    let exchange = try message.decode(ServerKeyExchange.self)
    let group = try Self.group(exchange, agreed)
    try Self.checkSignature(exchange, agreed, chain)
    transcript.append(message)
    let key = ServerKey(
      group: exchange.parameters.group, agreement: group,
      publicKey: exchange.parameters.publicKey, scheme: exchange.scheme)
    return .expectCertificateRequestOrServerHelloDone(
      ExpectCertificateRequestOrServerHelloDone(
        agreed: agreed, chain: chain, key: key, transcript: transcript))
  }

  /// RFC 8422 section 5.4: the group must be one that the client offered.
  private static func group(
    _ exchange: ServerKeyExchange, _ agreed: ClientAgreement
  ) throws(TLSError) -> KeyAgreementGroup {
    let group = exchange.parameters.group
    guard agreed.setup.configuration.supportedGroups.contains(group),
      let agreement = group.keyAgreement
    else {
      throw .illegalParameter("the server chose the group \(group), which was not offered")
    }
    return agreement
  }

  /// RFC 5246 section 7.4.3: signed with the certificate's key, by a scheme that was offered.
  private static func checkSignature(
    _ exchange: ServerKeyExchange, _ agreed: ClientAgreement, _ chain: ServerChain
  ) throws(TLSError) {
    let scheme = exchange.scheme
    let key = chain.leaf.publicKey
    guard agreed.setup.configuration.signatureSchemes.contains(scheme),
      let algorithm = scheme.algorithm
    else {
      throw .illegalParameter("the server signed with \(scheme), which was not offered")
    }
    guard scheme.suits(key.kind) else {
      throw .illegalParameter("the server signed with \(scheme), and its key is \(key)")
    }
    let content = exchange.parameters.signedContent(
      client: agreed.clientRandom, server: agreed.serverRandom)
    do {
      try key.verify(exchange.signature.rawSpan, of: content.rawSpan, using: algorithm)
    } catch {
      throw TLSError(.decryptError, .badSignature(scheme: scheme))
    }
  }
}

/// The server's ephemeral key, whose signature was checked.
struct ServerKey: Sendable {
  let group: NamedGroup
  let agreement: KeyAgreementGroup
  let publicKey: [UInt8]
  let scheme: SignatureScheme
}
