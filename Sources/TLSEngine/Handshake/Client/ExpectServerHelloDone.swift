import TLSCrypto

/// The server's key exchange is known; it may still ask for the client's certificate.
struct ExpectCertificateRequestOrServerHelloDone: ~Copyable, Sendable {
  let agreed: ClientAgreement
  let chain: ServerChain
  let key: ServerKey
  var transcript: Transcript

  consuming func receive(_ message: HandshakeMessage) throws(TLSError) -> ClientState {
    switch message.type {
    case .certificateRequest:
      _ = try message.decode(CertificateRequest.self)
      transcript.append(message)
      return .expectServerHelloDone(
        ExpectServerHelloDone(agreed: agreed, chain: chain, key: key, transcript: transcript))
    case .serverHelloDone:
      _ = try message.decode(ServerHelloDone.self)
      transcript.append(message)
      return .awaitVerdict(
        AwaitVerdict(
          agreed: agreed, chain: chain, key: key, certificateWasRequested: false,
          transcript: transcript))
    default:
      throw .unexpected(message.type, expected: .certificateRequest, .serverHelloDone)
    }
  }
}

/// The server has asked for the client's certificate, and has only to say that it is done.
struct ExpectServerHelloDone: ~Copyable, Sendable {
  let agreed: ClientAgreement
  let chain: ServerChain
  let key: ServerKey
  var transcript: Transcript

  consuming func receive(_ message: HandshakeMessage) throws(TLSError) -> ClientState {
    try message.require(.serverHelloDone)
    _ = try message.decode(ServerHelloDone.self)
    transcript.append(message)
    return .awaitVerdict(
      AwaitVerdict(
        agreed: agreed, chain: chain, key: key, certificateWasRequested: true,
        transcript: transcript))
  }
}
