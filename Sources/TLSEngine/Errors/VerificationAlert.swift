import TLSCertificates

extension VerificationError {
  /// The alert that says what is wrong with a chain (RFC 5246 section 7.2.2).
  var alert: AlertDescription {
    switch rule {
    case .expired, .notYetValid: .certificateExpired
    case .untrustedRoot, .selfSigned: .unknownCA
    case .keyUsage, .extendedKeyUsage: .unsupportedCertificate
    default: .badCertificate
    }
  }
}
