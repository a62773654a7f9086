public import TLSCrypto

/// Why a certificate could not be made.
public enum CertificateBuilderError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A common name or an organization's name is empty or longer than 64 characters.
  case invalidSubject(String)
  /// A subject alternative name is neither a DNS name nor an IP address.
  case invalidName(String, reason: String)
  /// A name constraint is neither a DNS name nor a range of IP addresses.
  case invalidNameConstraint(String, reason: String)
  /// There is neither a common name nor another one.
  case nothingToName
  /// The certificate would end before it begins.
  case endsBeforeItBegins(notBefore: Timestamp, notAfter: Timestamp)
  /// A date lies outside of the years 0 to 9999, which is all that a certificate can say.
  case invalidDate(Timestamp)
  /// A serial number is zero, or has more than 20 bytes.
  case invalidSerialNumber([UInt8])
  /// A path length is negative, or given to a certificate that is no authority's.
  case invalidPathLength(Int, isCertificateAuthority: Bool)
  /// A text is no object identifier.
  case invalidObjectIdentifier(String)
  /// Two extra extensions have the same object identifier.
  case repeatedExtension(String)
  /// The issuer's certificate holds another key than the one to sign with.
  case keyOfAnotherCertificate(certificate: PublicKey, key: PublicKey)
  /// A key could not be made, or could not sign.
  case crypto(CryptoError)
  /// What was made does not parse, because of what an extra extension holds.
  case malformed(CertificateError)
  /// The list that was made does not parse.
  case malformedList(RevocationListError)
  /// The OCSP response that was made does not parse.
  case malformedResponse(OCSPError)

  /// What went wrong, in a sentence without its full stop.
  public var description: String {
    switch self {
    case .invalidSubject(let name):
      "a subject's name has 1 to 64 characters, and \(name.quoted) has "
        + "\(name.unicodeScalars.count)"
    case .invalidName(let name, let reason):
      "\(name.quoted) is no name for a certificate: \(reason)"
    case .invalidNameConstraint(let text, let reason):
      "\(text.quoted) is no name constraint: \(reason)"
    case .nothingToName:
      "a certificate needs a common name or at least one subject alternative name"
    case .endsBeforeItBegins(let notBefore, let notAfter):
      "a certificate cannot be valid from \(notBefore) until \(notAfter): that ends before it begins"
    case .invalidDate(let date):
      "a certificate cannot hold the date \(date): years are 0 to 9999"
    case .invalidSerialNumber(let bytes):
      "a serial number is positive and has at most 20 bytes; \(bytes.count) were given"
        + (bytes.allSatisfy { $0 == 0 } ? ", all zero" : "")
    case .invalidPathLength(let length, let isCertificateAuthority):
      isCertificateAuthority
        ? "a path length is not negative, as \(length) is"
        : "only an authority's certificate has a path length, and \(length) was given"
    case .invalidObjectIdentifier(let text):
      "\(text.quoted) is no object identifier, such as 2.5.29.19"
    case .repeatedExtension(let identifier):
      "the extension \(identifier.quoted) is given twice"
    case .keyOfAnotherCertificate(let certificate, let key):
      "the issuer's certificate holds another key (\(certificate)) than the one given (\(key))"
    case .crypto(let error): error.description
    case .malformed(let error): "the extra extensions make no certificate: \(error)"
    case .malformedList(let error): "what the builder holds makes no list: \(error)"
    case .malformedResponse(let error): "what the builder holds makes no response: \(error)"
    }
  }
}
