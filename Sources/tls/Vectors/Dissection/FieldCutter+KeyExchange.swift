extension FieldCutter {
  /// RFC 8422 section 5.4, RFC 5246 section 7.4.3, and RFC 4279 for what is before them.
  mutating func serverKeyExchange(_ form: KeyExchangeForm) throws(Undecodable) {
    if form.hasPreSharedKey {
      try opaque("psk_identity_hint", lengthByteCount: 2, FieldText.text)
    }
    switch form.key {
    case .ellipticCurve: try ellipticCurveParameters()
    case .finiteField:
      try opaque("dh_p", lengthByteCount: 2, Self.bits)
      try opaque("dh_g", lengthByteCount: 2)
      try opaque("dh_Ys", lengthByteCount: 2)
    // Nothing of the server's: the message is there only for a hint.
    case .rsa, .none: break
    }
    if form.isSigned { try digitallySigned() }
  }

  /// ServerECDHParams (RFC 8422 section 5.4).
  private mutating func ellipticCurveParameters() throws(Undecodable) {
    let type = try number("curve_type", byteCount: 1) {
      $0 == 3 ? "named_curve (3)" : "unknown (\($0))"
    }
    guard type == 3 else { throw Undecodable(reason: "the form of such a curve is not known") }
    try namedGroup("named_curve")
    try opaque("public", lengthByteCount: 1)
  }

  /// RFC 8422 section 5.7, RFC 5246 section 7.4.7, and RFC 4279 for what is before them.
  mutating func clientKeyExchange(_ form: KeyExchangeForm) throws(Undecodable) {
    if form.hasPreSharedKey {
      try opaque("psk_identity", lengthByteCount: 2, FieldText.text)
    }
    switch form.key {
    case .ellipticCurve: try opaque("ecdh_Yc", lengthByteCount: 1)
    case .finiteField: try opaque("dh_Yc", lengthByteCount: 2)
    case .rsa: try opaque("encrypted_pre_master_secret", lengthByteCount: 2)
    case .none: break
    }
  }

  /// How long a number is without the zeros before it.
  private static func bits(_ number: [UInt8]) -> String {
    let digits = number.drop { $0 == 0 }
    return "\(digits.count * 8 - (digits.first?.leadingZeroBitCount ?? 0)) bits"
  }

  // MARK: Behind the key exchange

  /// RFC 5077 section 3.3.
  mutating func newSessionTicket() throws(Undecodable) {
    try number("ticket_lifetime_hint", byteCount: 4) {
      $0 == 0 ? "not said" : "\($0) seconds"
    }
    try opaque("ticket", lengthByteCount: 2)
  }

  /// draft-agl-tls-nextprotoneg-04 section 3.
  mutating func nextProtocol() throws(Undecodable) {
    try opaque("selected_protocol", lengthByteCount: 1, FieldText.text)
    try opaque("padding", lengthByteCount: 1)
  }
}
