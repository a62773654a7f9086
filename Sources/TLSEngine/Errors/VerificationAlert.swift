import TLSCertificates

extension VerificationError {
  /// The alert that says what is wrong with a chain (RFC 5246 section 7.2.2).
  var alert: AlertDescription {
    switch rule {
    case .expired, .notYetValid: .certificateExpired
    case .untrustedRoot, .selfSigned, .rootPurpose, .unreadableRoot: .unknownCA
    case .keyUsage, .extendedKeyUsage: .unsupportedCertificate
    case .revoked: .certificateRevoked
    case .revocationUnknown: .certificateUnknown
    // RFC 6066 section 8. A server that staples nothing where its certificate says that it must is
    // told the same.
    case .badStapledStatus, .missingStapledStatus: .badCertificateStatusResponse
    default: .badCertificate
    }
  }
}
