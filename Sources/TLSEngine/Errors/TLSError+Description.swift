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
    case .protocolVersion(let version, let allowed): versionDescription(version, allowed)
    case .recordVersion(let version, let expected):
      "a record says \(version), "
        + (expected.map { "and \($0) was agreed on" } ?? "which is no version of TLS")
    case .required(let sentence), .illegalParameter(let sentence),
      .insecureRenegotiation(let sentence), .internalFailure(let sentence),
      .misuse(let sentence):
      sentence
    case .refused(let sentence): "refused by the caller: \(sentence)"
    case .certificate(let error): error.description
    case .invalidServerName(let error): error.description
    case .trustRoots(let error): error.description
    case .malformedCertificate(let error):
      "the peer's certificate is \(error.isUnsupported ? "not supported" : "malformed"): \(error)"
    case .cryptography(let error): "the arithmetic failed: \(error)"
    case .peerAlert(let alert): "the peer ended the connection with the alert \(alert)"
    case .closedDuringHandshake: "the peer closed the connection before the handshake was complete"
    case .closedByCaller: "the connection was closed here before the handshake was complete"
    case .keysGivenAway: "the connection's keys were given away, and somebody else goes on with it"
    case .truncated: "the connection ended without close_notify: data may be missing at its end"
    case .badFinished:
      "the peer's Finished does not match: both ends have not seen the same handshake"
    case .badSignature(let scheme): "the \(scheme) signature over the key exchange does not verify"
    case .badCertificateVerify(let scheme):
      "the \(scheme) signature over the handshake does not verify: the client's certificate is not its own"
    case .badRecordMAC(let number): "record \(number) does not authenticate"
    case .recordOverflow(let length, let limit):
      "a record of \(length) bytes came, and the limit is \(limit)"
    case .limitExceeded(let what, let limit): "the peer sent \(what); the limit is \(limit)"
    default: negotiationDescription
    }
  }

  private func versionDescription(
    _ version: ProtocolVersion, _ allowed: ClosedRange<ProtocolVersion>
  ) -> String {
    guard version < allowed.lowerBound else {
      return "the peer chose \(version), and \(allowed.upperBound) is the most that is allowed here"
    }
    return "the peer offers \(version) at most, and \(allowed.lowerBound) is the least that is "
      + "allowed here" + (version < .tls12 ? " (RFC 8996)" : "")
  }

  /// The sentences for what the two sides could not agree on.
  private var negotiationDescription: String {
    switch self {
    case .inappropriateFallback(let offered, let spoken):
      "the client fell back to \(offered), and \(spoken) is spoken here"
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
    case .unknownFiniteField(let prime, let generator):
      "the server brought a finite field group of its own, which is none of the known safe primes of "
        + "at least 2048 bits: a prime of \(bitCount(prime)) bits, \(digits(prime)), and the generator "
        + digits(generator)
    case .unknownPreSharedKey(let identity):
      "there is no pre-shared key here for \(PreSharedKey.quoted(identity))"
    case .unrecognizedName(let name): "there is no identity here for \"\(name)\""
    case .noIdentity: "there is no identity to present"
    case .unsolicitedExtension(let type): "the server answered \(type), which was not offered"
    case .duplicateExtension(let type): "\(type) came twice"
    default: "the connection failed"
    }
  }

  private func bitCount(_ number: [UInt8]) -> Int {
    let significant = number.drop { $0 == 0 }
    guard let first = significant.first else { return 0 }
    return 8 * significant.count - first.leadingZeroBitCount
  }

  /// The beginning of a number, in hexadecimal: enough to find it again.
  private func digits(_ number: [UInt8]) -> String {
    let shown = number.prefix(16).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
    return "0x" + (shown.isEmpty ? "0" : shown) + (number.count > 16 ? "…" : "")
  }

  private func list(_ values: [some CustomStringConvertible]) -> String {
    guard !values.isEmpty else { return "nothing" }
    let shown = values.prefix(8).map { $0.description }.joined(separator: ", ")
    return values.count > 8 ? shown + " and \(values.count - 8) more" : shown
  }
}
