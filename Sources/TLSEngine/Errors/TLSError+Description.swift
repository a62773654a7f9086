import TLSCertificates

extension TLSError: CustomStringConvertible {
  /// One sentence: what was wrong, where, and which alert was sent.
  public var description: String {
    var text = reason.description
    if let place {
      text += " (while \(place.state)"
      if let message = place.message { text += ", in \(message)" }
      text += ")"
    }
    if let alert { text += "; alert sent: \(alert)" }
    return text
  }
}

extension TLSError.Reason: CustomStringConvertible {
  /// What was wrong, as a sentence without its full stop.
  public var description: String {
    switch self {
    case .malformed(let field, let problem): "\(field) \(problem)"
    case .unexpectedMessage(let received, let expected):
      "\(received) came where \(expected) was expected"
    case .protocolVersion(let version):
      "the peer wants \(version), and only TLS 1.2 is spoken here"
    case .required(let sentence), .illegalParameter(let sentence),
      .insecureRenegotiation(let sentence), .internalFailure(let sentence),
      .misuse(let sentence):
      sentence
    case .refused(let sentence): "refused by the caller: \(sentence)"
    case .certificate(let error): error.description
    case .invalidServerName(let error): error.description
    case .trustRoots(let error): error.description
    case .malformedCertificate(let error): "the peer's certificate is malformed: \(error)"
    case .cryptography(let error): "the arithmetic failed: \(error)"
    case .peerAlert(let alert): "the peer ended the connection with the alert \(alert)"
    case .closedDuringHandshake: "the peer closed the connection before the handshake was complete"
    case .closedByCaller: "the connection was closed here before the handshake was complete"
    case .truncated: "the connection ended without close_notify: data may be missing at its end"
    case .badFinished:
      "the peer's Finished does not match: both ends have not seen the same handshake"
    case .badSignature(let scheme): "the \(scheme) signature over the key exchange does not verify"
    case .badRecordMAC(let number): "record \(number) does not authenticate"
    case .recordOverflow(let length, let limit):
      "a record of \(length) bytes came, and the limit is \(limit)"
    case .limitExceeded(let what, let limit): "the peer sent \(what); the limit is \(limit)"
    default: negotiationDescription
    }
  }

  /// The sentences for what the two sides could not agree on.
  private var negotiationDescription: String {
    switch self {
    case .noSharedCipherSuite(let offered, let allowed):
      "no cipher suite in common: offered \(list(offered)); usable here \(list(allowed))"
    case .noSharedGroup(let offered, let allowed):
      "no group in common: offered \(list(offered)); allowed here \(list(allowed))"
    case .certificateCurveNotOffered(let curve, let offered):
      "the server's certificate has a key on \(curve), and the client offers only \(list(offered))"
    case .noSharedSignatureScheme(let offered, let possible):
      "no signature scheme in common: offered \(list(offered)); the key can do \(list(possible))"
    case .noSharedApplicationProtocol(let offered, let supported):
      "no application protocol in common: offered \(list(offered)); spoken here \(list(supported))"
    case .unrecognizedName(let name): "there is no identity here for \"\(name)\""
    case .noIdentity: "there is no identity to present"
    case .unsolicitedExtension(let type): "the server answered \(type), which was not offered"
    case .duplicateExtension(let type): "\(type) came twice"
    default: "the connection failed"
    }
  }

  private func list(_ values: [some CustomStringConvertible]) -> String {
    guard !values.isEmpty else { return "nothing" }
    let shown = values.prefix(8).map { $0.description }.joined(separator: ", ")
    return values.count > 8 ? shown + " and \(values.count - 8) more" : shown
  }
}
