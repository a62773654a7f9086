/// The server's ephemeral ECDH key and its signature (RFC 8422 section 5.4).
struct ServerKeyExchange: HandshakeBody {
  static let type = HandshakeType.serverKeyExchange

  /// `ECCurveType.named_curve`, the only one that RFC 8422 leaves.
  private static let namedCurve: UInt8 = 3

  /// The group and the server's public key in it.
  struct Parameters: Sendable, Equatable {
    let group: NamedGroup
    let publicKey: [UInt8]

    init(group: NamedGroup, publicKey: [UInt8]) {
      self.group = group
      self.publicKey = publicKey
    }

    init(decoding reader: inout Reader) throws(TLSError) {
      let curveType = try reader.readUInt8("curve_type")
      guard curveType == ServerKeyExchange.namedCurve else {
        throw .illegalParameter(
          "curve_type is \(curveType); only named curves (3) are allowed (RFC 8422 5.4)")
      }
      group = NamedGroup(rawValue: try reader.readUInt16("namedcurve"))
      var point = try reader.readVector8("point", in: 1...255)
      publicKey = point.readRemainder()
    }

    func encode(into writer: inout Writer) {
      writer.write(ServerKeyExchange.namedCurve)
      writer.write(group.rawValue)
      writer.writeVector8 { $0.write(publicKey) }
    }

    /// What the signature covers: both randoms and the parameters (RFC 8422 section 5.4).
    func signedContent(client: HelloRandom, server: HelloRandom) -> [UInt8] {
      var writer = Writer(reservingCapacity: 2 * HelloRandom.byteCount + publicKey.count + 4)
      writer.write(client.bytes)
      writer.write(server.bytes)
      encode(into: &writer)
      return writer.bytes
    }
  }

  let parameters: Parameters
  let scheme: SignatureScheme
  let signature: [UInt8]

  init(parameters: Parameters, scheme: SignatureScheme, signature: [UInt8]) {
    self.parameters = parameters
    self.scheme = scheme
    self.signature = signature
  }

  init(decoding reader: inout Reader) throws(TLSError) {
    parameters = try Parameters(decoding: &reader)
    scheme = SignatureScheme(rawValue: try reader.readUInt16("algorithm"))
    var signature = try reader.readVector16("signature")
    self.signature = signature.readRemainder()
  }

  func encode(into writer: inout Writer) {
    parameters.encode(into: &writer)
    writer.write(scheme.rawValue)
    writer.writeVector16 { $0.write(signature) }
  }

  var detail: String { "\(parameters.group), \(scheme)" }
}
