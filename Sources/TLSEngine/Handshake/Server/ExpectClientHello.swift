/// Nothing has come yet.
struct ExpectClientHello: ~Copyable, Sendable {
  let setup: ServerSetup

  consuming func receive(
    _ message: HandshakeMessage, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    try message.require(.clientHello)
    let hello = try message.decode(ClientHello.self)
    try FallbackSCSV.check(hello, against: setup.configuration.versions.upperBound)
    // RFC 5246 appendix E.1: a client that speaks more says so, and is answered with TLS 1.2. One
    // that speaks less is refused (RFC 8996).
    let allowed = setup.configuration.versions
    guard hello.version >= allowed.lowerBound else {
      throw TLSError(.protocolVersion, .protocolVersion(hello.version, allowed: allowed))
    }
    guard hello.compressionMethods.contains(0) else {
      throw .illegalParameter("the client does not offer null compression (RFC 5246 7.4.1.2)")
    }
    channel.records.agree(on: .tls12)
    let offer = ResumptionOffer(setup: setup, hello: hello, message: message)
    return try offer.proceed(&channel)
  }
}
