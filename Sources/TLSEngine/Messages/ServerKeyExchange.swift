/// The server's ephemeral key, and its signature unless the key that both sides have will prove who
/// it is (RFC 8422 section 5.4, RFC 5246 section 7.4.3, RFC 5489 section 2).
struct ServerKeyExchange: SuiteDependentHandshakeBody {
  static let type = HandshakeType.serverKeyExchange

  /// `psk_identity_hint`, where the suite has one.
  let hint: [UInt8]?

  let parameters: KeyExchangeParameters

  /// The signature, where the suite has one.
  let signed: DigitallySigned?

  /// Signed with the certificate's key.
  init(_ parameters: KeyExchangeParameters, signed: DigitallySigned) {
    hint = nil
    self.parameters = parameters
    self.signed = signed
  }

  /// Not signed: the pre-shared key proves who the server is.
  init(_ parameters: KeyExchangeParameters, hint: [UInt8]) {
    self.hint = hint
    self.parameters = parameters
    signed = nil
  }

  init(decoding reader: inout Reader, for suite: CipherSuiteParameters) throws(TLSError) {
    guard suite.authentication != .preSharedKey else {
      var hint = try reader.readVector16("psk_identity_hint")
      self.hint = hint.readRemainder()
      parameters = try KeyExchangeParameters(decoding: &reader, for: suite.keyExchange)
      signed = nil
      return
    }
    hint = nil
    parameters = try KeyExchangeParameters(decoding: &reader, for: suite.keyExchange)
    signed = try DigitallySigned(decoding: &reader)
  }

  func encode(into writer: inout Writer) {
    if let hint { writer.writeVector16 { $0.write(hint) } }
    parameters.encode(into: &writer)
    signed?.encode(into: &writer)
  }

  var detail: String {
    guard let signed else { return parameters.detail }
    return "\(parameters.detail), \(signed.scheme)"
  }
}

/// The group and the server's public key in it.
enum KeyExchangeParameters: Sendable, Equatable {
  /// `ServerECDHParams` (RFC 8422 section 5.4).
  case ellipticCurve(NamedGroup, publicKey: [UInt8])

  /// `ServerDHParams` (RFC 5246 section 7.4.3): the group itself, not its number.
  case finiteField(prime: [UInt8], generator: [UInt8], publicKey: [UInt8])

  /// `ECCurveType.named_curve`, the only one that RFC 8422 leaves.
  private static let namedCurve: UInt8 = 3

  init(
    decoding reader: inout Reader, for exchange: CipherSuiteParameters.KeyExchange
  ) throws(TLSError) {
    switch exchange {
    case .ecdhe: self = try Self.ellipticCurve(decoding: &reader)
    case .dhe: self = try Self.finiteField(decoding: &reader)
    }
  }

  private static func ellipticCurve(decoding reader: inout Reader) throws(TLSError) -> Self {
    let curveType = try reader.readUInt8("curve_type")
    guard curveType == namedCurve else {
      throw .illegalParameter(
        "curve_type is \(curveType); only named curves (3) are allowed (RFC 8422 5.4)")
    }
    let group = NamedGroup(rawValue: try reader.readUInt16("namedcurve"))
    var point = try reader.readVector8("point", in: 1...255)
    return .ellipticCurve(group, publicKey: point.readRemainder())
  }

  private static func finiteField(decoding reader: inout Reader) throws(TLSError) -> Self {
    var prime = try reader.readVector16("dh_p", in: 1...65_535)
    var generator = try reader.readVector16("dh_g", in: 1...65_535)
    var publicKey = try reader.readVector16("dh_Ys", in: 1...65_535)
    return .finiteField(
      prime: prime.readRemainder(), generator: generator.readRemainder(),
      publicKey: publicKey.readRemainder())
  }

  func encode(into writer: inout Writer) {
    switch self {
    case .ellipticCurve(let group, let publicKey):
      writer.write(Self.namedCurve)
      writer.write(group.rawValue)
      writer.writeVector8 { $0.write(publicKey) }
    case .finiteField(let prime, let generator, let publicKey):
      for number in [prime, generator, publicKey] {
        writer.writeVector16 { $0.write(number) }
      }
    }
  }

  /// What the signature covers: both randoms and the parameters (RFC 8422 section 5.4).
  func signedContent(client: HelloRandom, server: HelloRandom) -> [UInt8] {
    var writer = Writer(reservingCapacity: 256)
    writer.write(client.bytes)
    writer.write(server.bytes)
    encode(into: &writer)
    return writer.bytes
  }

  /// The group, for a trace.
  var detail: String {
    switch self {
    case .ellipticCurve(let group, _): group.description
    case .finiteField(let prime, _, _): "a finite field of \(8 * prime.count) bits"
    }
  }
}
