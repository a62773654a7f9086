/// renegotiation_info (RFC 5746). This engine never renegotiates; the extension says so safely,
/// and lets each side see that the other is not being spliced into an older connection.
enum RenegotiationInfo: HelloExtension {
  static let type = ExtensionType.renegotiationInfo
  static let name = "renegotiation_info"

  /// `renegotiated_connection`: empty in a first handshake, the only one there is here.
  typealias Offer = [UInt8]
  typealias Answer = [UInt8]

  static func offer(_ draft: ClientHelloDraft) -> [UInt8]? { [] }

  static func encode(offer: [UInt8], into writer: inout Writer) {
    writer.writeVector8 { $0.write(offer) }
  }

  static func decodeOffer(_ reader: inout Reader) throws(TLSError) -> [UInt8] {
    var data = try reader.readVector8("renegotiated_connection")
    return data.readRemainder()
  }

  /// RFC 5746 section 3.6: answered to the extension and to the SCSV alike; a client that has
  /// something to continue is refused.
  static func answer(_ selection: ServerSelection) throws(TLSError) -> [UInt8]? {
    let offer = selection.hello.extensions.offer(of: Self.self)
    try requireEmpty(offer, of: "client")
    let signalled = selection.hello.cipherSuites.contains(.emptyRenegotiationInfoSCSV)
    return offer != nil || signalled ? [] : nil
  }

  static func encode(answer: [UInt8], into writer: inout Writer) {
    encode(offer: answer, into: &writer)
  }

  static func decodeAnswer(_ reader: inout Reader) throws(TLSError) -> [UInt8] {
    try decodeOffer(&reader)
  }

  /// RFC 5746 section 3.4: the answer must be empty. Without an answer the server could be one that
  /// takes this handshake for the continuation of an attacker's, so it is refused unless allowed.
  static func check(
    _ answer: [UInt8]?, to offer: [UInt8]?, _ choice: ServerChoice
  ) throws(TLSError) {
    try requireEmpty(answer, of: "server")
    let isAllowed = choice.setup.configuration.allowsServersWithoutSecureRenegotiation
    guard answer != nil || isAllowed else {
      throw TLSError(
        .handshakeFailure,
        .insecureRenegotiation("the server does not know renegotiation_info (RFC 5746)"))
    }
  }

  private static func requireEmpty(_ value: [UInt8]?, of side: String) throws(TLSError) {
    guard let value, !value.isEmpty else { return }
    throw TLSError(
      .handshakeFailure,
      .insecureRenegotiation(
        "the \(side)'s renegotiation_info speaks of another handshake (\(value.count) bytes)"))
  }
}

extension ExtensionType {
  /// renegotiation_info (RFC 5746).
  public static let renegotiationInfo = ExtensionType(rawValue: 0xff01)
}
