import SwiftASN1

/// The extensions of a certificate (RFC 5280 section 4.2): those that are read, and the critical
/// ones that are not.
struct CertificateExtensions: Sendable, Hashable {
  private(set) var subjectAlternativeNames: SubjectAlternativeNames?
  private(set) var basicConstraints: BasicConstraints?
  private(set) var keyUsage: KeyUsage?
  private(set) var extendedKeyUsage: ExtendedKeyUsage?
  private(set) var subjectKeyIdentifier: [UInt8]?
  private(set) var authorityKeyIdentifier: [UInt8]?
  private(set) var nameConstraints: NameConstraints?
  private(set) var unknownCritical: [String] = []

  init() {}

  init(_ node: ASN1Node) throws(CertificateError) {
    var reader = try FieldReader(node, "extensions")
    var seen: Set<ASN1ObjectIdentifier> = []
    while let node = reader.next() {
      var fields = try FieldReader(node, "extension")
      let identifier = try fields.next("extnID").objectIdentifier("extnID")
      let isCritical = try fields.next(if: .boolean)?.boolean("critical") ?? false
      let value = try fields.next("extnValue").primitive(.octetString, "extnValue")
      try fields.end()
      guard seen.insert(identifier).inserted else {
        throw CertificateError("extensions", "have \(identifier.text) twice")
      }
      try take(identifier, value, isCritical: isCritical)
    }
    guard !seen.isEmpty else { throw CertificateError("extensions", "are empty") }
  }

  private mutating func take(
    _ identifier: ASN1ObjectIdentifier, _ value: ArraySlice<UInt8>, isCritical: Bool
  ) throws(CertificateError) {
    switch identifier {
    case ObjectIdentifiers.subjectAlternativeName:
      subjectAlternativeNames = try SubjectAlternativeNames(der: value)
    case ObjectIdentifiers.basicConstraints: basicConstraints = try BasicConstraints(der: value)
    case ObjectIdentifiers.keyUsage: keyUsage = try KeyUsage(der: value)
    case ObjectIdentifiers.extendedKeyUsage: extendedKeyUsage = try ExtendedKeyUsage(der: value)
    case ObjectIdentifiers.nameConstraints: nameConstraints = try NameConstraints(der: value)
    case ObjectIdentifiers.subjectKeyIdentifier:
      let field = "subjectKeyIdentifier"
      let node = try FieldReader.parse(value, field)
      subjectKeyIdentifier = Array(try node.primitive(.octetString, field))
    case ObjectIdentifiers.authorityKeyIdentifier:
      let field = "authorityKeyIdentifier"
      var reader = try FieldReader(der: value, field)
      authorityKeyIdentifier = try reader.next(if: .field(0)).map {
        (node) throws(CertificateError) in
        Array(try node.primitive(.field(0), field))
      }
    case ObjectIdentifiers.certificatePolicies:
      // No policy is asked for, so that every policy is as good as another (RFC 5280 section 6.1.1).
      break
    default:
      if isCritical { unknownCritical.append(identifier.text) }
    }
  }
}
