/// What an alert says (RFC 5246 section 7.2, RFC 6066, RFC 7301, RFC 7507).
public struct AlertDescription: RawRepresentable, Sendable, Hashable, CustomStringConvertible,
  CodePoint
{
  /// The number on the wire.
  public let rawValue: UInt8

  /// The alert that stands on the wire as `rawValue`.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The sender will send no more (0).
  public static let closeNotify = AlertDescription(rawValue: 0)
  /// A message that has no place where it came (10).
  public static let unexpectedMessage = AlertDescription(rawValue: 10)
  /// A record that did not authenticate (20).
  public static let badRecordMAC = AlertDescription(rawValue: 20)
  /// A record longer than allowed (22).
  public static let recordOverflow = AlertDescription(rawValue: 22)
  /// Nothing in common to negotiate (40).
  public static let handshakeFailure = AlertDescription(rawValue: 40)
  /// A certificate that is corrupt, wrongly signed or for another name (42).
  public static let badCertificate = AlertDescription(rawValue: 42)
  /// A certificate of a type or for a use that does not fit (43).
  public static let unsupportedCertificate = AlertDescription(rawValue: 43)
  /// A certificate that its signer revoked (44).
  public static let certificateRevoked = AlertDescription(rawValue: 44)
  /// A certificate that has expired or is not yet valid (45).
  public static let certificateExpired = AlertDescription(rawValue: 45)
  /// A certificate unacceptable for another reason (46).
  public static let certificateUnknown = AlertDescription(rawValue: 46)
  /// A field out of range or inconsistent with others (47).
  public static let illegalParameter = AlertDescription(rawValue: 47)
  /// No trusted authority signed the certificate (48).
  public static let unknownCA = AlertDescription(rawValue: 48)
  /// Valid, but the sender decided not to go on (49).
  public static let accessDenied = AlertDescription(rawValue: 49)
  /// A message that could not be decoded (50).
  public static let decodeError = AlertDescription(rawValue: 50)
  /// A signature or Finished that did not verify (51).
  public static let decryptError = AlertDescription(rawValue: 51)
  /// A version that is not supported (70).
  public static let protocolVersion = AlertDescription(rawValue: 70)
  /// The server demands more security than the client offers (71).
  public static let insufficientSecurity = AlertDescription(rawValue: 71)
  /// An error unrelated to the peer (80).
  public static let internalError = AlertDescription(rawValue: 80)
  /// The client fell back to less than both sides speak (86).
  public static let inappropriateFallback = AlertDescription(rawValue: 86)
  /// The user ended the handshake (90).
  public static let userCanceled = AlertDescription(rawValue: 90)
  /// Renegotiation was asked for and is refused (100).
  public static let noRenegotiation = AlertDescription(rawValue: 100)
  /// An extension in a ServerHello that the client did not offer (110).
  public static let unsupportedExtension = AlertDescription(rawValue: 110)
  /// The server has no identity of the name asked for (112).
  public static let unrecognizedName = AlertDescription(rawValue: 112)
  /// A stapled OCSP response that is no good (113).
  public static let badCertificateStatusResponse = AlertDescription(rawValue: 113)
  /// The server has no pre-shared key of the identity named (115).
  public static let unknownPSKIdentity = AlertDescription(rawValue: 115)
  /// No application protocol in common (120).
  public static let noApplicationProtocol = AlertDescription(rawValue: 120)

  private static let names: [UInt8: String] = [
    0: "close_notify", 10: "unexpected_message", 20: "bad_record_mac", 21: "decryption_failed",
    22: "record_overflow", 30: "decompression_failure", 40: "handshake_failure",
    41: "no_certificate", 42: "bad_certificate", 43: "unsupported_certificate",
    44: "certificate_revoked", 45: "certificate_expired", 46: "certificate_unknown",
    47: "illegal_parameter", 48: "unknown_ca", 49: "access_denied", 50: "decode_error",
    51: "decrypt_error", 60: "export_restriction", 70: "protocol_version",
    71: "insufficient_security", 80: "internal_error", 86: "inappropriate_fallback",
    90: "user_canceled", 100: "no_renegotiation", 109: "missing_extension",
    110: "unsupported_extension", 111: "certificate_unobtainable", 112: "unrecognized_name",
    113: "bad_certificate_status_response", 114: "bad_certificate_hash_value",
    115: "unknown_psk_identity", 116: "certificate_required", 120: "no_application_protocol",
  ]

  var registeredName: String? { Self.names[rawValue] }

  /// - Throws: a misuse, if the alert says that nothing is wrong (RFC 5246 sections 7.2.1 and 7.2.2).
  func checkCanBeFatal() throws(TLSError) {
    guard self != .closeNotify, self != .noRenegotiation else {
      throw .misuse("\(self) is never fatal, and ends no connection")
    }
  }

  /// The RFC's name, such as `handshake_failure`.
  public var description: String { registeredName ?? "alert \(rawValue)" }
}
