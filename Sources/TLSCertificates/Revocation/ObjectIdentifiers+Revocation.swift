import SwiftASN1

/// The object identifiers of revocation lists (RFC 5280 section 5) and of OCSP (RFC 6960).
extension ObjectIdentifiers {
  static let cRLNumber: ASN1ObjectIdentifier = [2, 5, 29, 20]
  static let reasonCode: ASN1ObjectIdentifier = [2, 5, 29, 21]
  static let invalidityDate: ASN1ObjectIdentifier = [2, 5, 29, 24]
  static let deltaCRLIndicator: ASN1ObjectIdentifier = [2, 5, 29, 27]
  static let issuingDistributionPoint: ASN1ObjectIdentifier = [2, 5, 29, 28]
  static let certificateIssuer: ASN1ObjectIdentifier = [2, 5, 29, 29]

  static let ocspBasic: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 48, 1, 1]
  static let ocspNonce: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 48, 1, 2]

  /// For the hashes of OCSP's CertID alone.
  static let sha1: ASN1ObjectIdentifier = [1, 3, 14, 3, 2, 26]
}
