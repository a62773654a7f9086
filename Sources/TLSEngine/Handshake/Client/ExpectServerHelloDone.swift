import TLSCrypto

/// The server's key exchange is known; it may still ask for the client's certificate.
struct ExpectCertificateRequestOrServerHelloDone: ~Copyable, Sendable {
  let flight: ServerFlight
  var transcript: Transcript

  consuming func receive(_ message: HandshakeMessage) throws(TLSError) -> ClientState {
    switch message.type {
    case .certificateRequest:
      let request = try message.decode(CertificateRequest.self)
      transcript.append(message)
      let next = ExpectServerHelloDone(flight: flight, request: request, transcript: transcript)
      return .expectServerHelloDone(Box(next))
    case .serverHelloDone:
      return try ExpectServerHelloDone(flight: flight, request: nil, transcript: transcript)
        .receive(message)
    default:
      throw .unexpected(message.type, expected: .certificateRequest, .serverHelloDone)
    }
  }
}

/// The server has only to say that it is done.
struct ExpectServerHelloDone: ~Copyable, Sendable {
  let flight: ServerFlight

  /// What the server wants of a certificate, if it asks for one.
  let request: CertificateRequest?

  var transcript: Transcript

  consuming func receive(_ message: HandshakeMessage) throws(TLSError) -> ClientState {
    try message.require(.serverHelloDone)
    _ = try message.decode(ServerHelloDone.self)
    transcript.append(message)
    switch flight.proof {
    case .signature(let chain, let scheme):
      let next = AwaitVerdict(
        flight: flight, chain: chain, scheme: scheme, request: request, transcript: transcript)
      return .awaitVerdict(Box(next))
    case .preSharedKey(let hint):
      let next = AwaitClientPreSharedKey(flight: flight, hint: hint, transcript: transcript)
      return .awaitPreSharedKey(Box(next))
    }
  }
}
