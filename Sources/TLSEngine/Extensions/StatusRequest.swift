import TLSCrypto

/// status_request (RFC 6066 section 8): the client would like the OCSP response of the certificate's
/// issuer along with the certificate.
enum StatusRequest: HelloExtension {
  static let type = ExtensionType.statusRequest
  static let name = "status_request"

  /// `CertificateStatusType.ocsp`.
  private static let ocsp: UInt8 = 1

  /// What kind of status is asked for. A server ignores what it does not know.
  struct Offer: Sendable {
    /// Whether it is OCSP, the only kind there is.
    let isOCSP: Bool
  }

  /// A CertificateStatus may follow.
  struct Answer: Sendable {}

  static func offer(_ draft: ClientHelloDraft) -> Offer? {
    draft.setup.configuration.requestsCertificateStatus ? Offer(isOCSP: true) : nil
  }

  /// No responder is preferred and nothing asked of it: both lists are empty.
  static func encode(offer: Offer, into writer: inout Writer) {
    writer.write(ocsp)
    writer.writeVector16 { _ in }
    writer.writeVector16 { _ in }
  }

  /// The lists of an OCSP request are read past: the server has one response or none.
  static func decodeOffer(_ reader: inout Reader) throws(TLSError) -> Offer {
    guard try reader.readUInt8("status_type") == ocsp else {
      _ = reader.readRemainder()
      return Offer(isOCSP: false)
    }
    var responders = try reader.readVector16("responder_id_list")
    while !responders.isEmpty { _ = try responders.readVector16("ResponderID", in: 1...65_535) }
    _ = try reader.readVector16("request_extensions")
    return Offer(isOCSP: true)
  }

  static func answer(_ selection: ServerSelection) throws(TLSError) -> Answer? {
    guard selection.hello.extensions.offer(of: Self.self)?.isOCSP == true,
      let response = selection.identity?.stapledStatus
    else { return nil }
    // An identity that was given as an answer comes here unseen.
    if let problem = problem(with: response) {
      throw TLSError(.internalError, .internalFailure(problem))
    }
    return Answer()
  }

  static func encode(answer: Answer, into writer: inout Writer) {}

  /// RFC 6066 section 8: empty.
  static func decodeAnswer(_ reader: inout Reader) -> Answer { Answer() }

  /// The longest response that is sent, in bytes: a message of more is read by few. A response is some
  /// hundreds of bytes, and some thousands with its responder's certificates.
  private static let maximumByteCount = 65_536

  /// Why a response cannot be sent, if it cannot (RFC 6066 section 8: it is never empty).
  static func problem(with response: [UInt8]) -> String? {
    guard !(1...maximumByteCount).contains(response.count) else { return nil }
    return "an identity has a stapled status of \(response.count) bytes, and must have 1 to "
      + "\(maximumByteCount), or none"
  }
}

extension ExtensionType {
  /// status_request (RFC 6066 section 8).
  public static let statusRequest = ExtensionType(rawValue: 5)
}
