/// The client's ephemeral key (RFC 8422 section 5.7, RFC 5246 section 7.4.7.2), after the identity
/// of the key that both sides have, if the suite wants one (RFC 5489 section 2).
struct ClientKeyExchange: SuiteDependentHandshakeBody {
  static let type = HandshakeType.clientKeyExchange

  /// How long the length before the public key is.
  enum Form: Sendable {
    /// One byte: `ecdh_Yc`.
    case ellipticCurve
    /// Two bytes: `dh_Yc`.
    case finiteField
  }

  private let form: Form

  /// `psk_identity`, if the suite wants one.
  let preSharedKeyIdentity: [UInt8]?

  let publicKey: [UInt8]

  init(preSharedKeyIdentity: [UInt8]? = nil, publicKey: [UInt8], form: Form) {
    self.preSharedKeyIdentity = preSharedKeyIdentity
    self.publicKey = publicKey
    self.form = form
  }

  init(decoding reader: inout Reader, for suite: CipherSuiteParameters) throws(TLSError) {
    if suite.authentication == .preSharedKey {
      var identity = try reader.readVector16("psk_identity")
      preSharedKeyIdentity = identity.readRemainder()
    } else {
      preSharedKeyIdentity = nil
    }
    form = suite.keyExchange.form
    switch form {
    case .ellipticCurve:
      var point = try reader.readVector8("ecdh_Yc", in: 1...255)
      publicKey = point.readRemainder()
    case .finiteField:
      var number = try reader.readVector16("dh_Yc", in: 1...65_535)
      publicKey = number.readRemainder()
    }
  }

  func encode(into writer: inout Writer) {
    if let preSharedKeyIdentity { writer.writeVector16 { $0.write(preSharedKeyIdentity) } }
    switch form {
    case .ellipticCurve: writer.writeVector8 { $0.write(publicKey) }
    case .finiteField: writer.writeVector16 { $0.write(publicKey) }
    }
  }

  var detail: String { "\(publicKey.count)-byte key" }
}

extension CipherSuiteParameters.KeyExchange {
  /// How a client's public key stands on the wire.
  var form: ClientKeyExchange.Form {
    switch self {
    case .ecdhe: .ellipticCurve
    case .dhe: .finiteField
    }
  }
}
