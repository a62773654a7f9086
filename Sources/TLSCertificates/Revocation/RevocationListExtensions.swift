import SwiftASN1

/// The extensions of a list (RFC 5280 section 5.2).
struct RevocationListExtensions: Sendable {
  private(set) var number: [UInt8]?
  private(set) var authorityKeyIdentifier: AuthorityKeyIdentifier?
  private(set) var issuingDistributionPoint: IssuingDistributionPoint?

  /// Those of a list of version 1, which has none.
  init() {}

  /// Those of a list of version 2.
  init(_ node: ASN1Node?) throws(CertificateError) {
    let structure = "crlExtensions"
    if let node {
      var reader = try FieldReader(node, structure)
      var seen: Set<ASN1ObjectIdentifier> = []
      while let node = reader.next() {
        let one = try ExtensionFields(node, structure)
        guard seen.insert(one.identifier).inserted else {
          throw CertificateError(structure, "have \(one.identifier.text) twice")
        }
        try take(one)
      }
      guard !seen.isEmpty else { throw CertificateError(structure, "are empty") }
    }
    // A MUST of RFC 5280 section 5.2.3.
    guard number != nil else {
      throw CertificateError("cRLNumber", "is missing, and a list of version 2 must have one")
    }
  }

  private mutating func take(_ one: ExtensionFields) throws(CertificateError) {
    switch one.identifier {
    case ObjectIdentifiers.authorityKeyIdentifier:
      authorityKeyIdentifier = try AuthorityKeyIdentifier(der: one.value)
    case ObjectIdentifiers.cRLNumber:
      let field = "cRLNumber"
      guard !one.isCritical else { throw CertificateError(field, "is critical, and must not be") }
      let bytes = try FieldReader.parse(one.value, field).unsignedInteger(field)
      guard bytes.count <= 20 else {
        throw CertificateError(field, "has \(bytes.count) bytes, more than 20")
      }
      number = Array(bytes)
    case ObjectIdentifiers.issuingDistributionPoint:
      issuingDistributionPoint = try IssuingDistributionPoint(der: one.value)
    case ObjectIdentifiers.deltaCRLIndicator:
      throw CertificateError(
        "deltaCRLIndicator",
        "says that this is a delta list, which tells changes alone; a complete list is needed")
    default:
      // Where deltas are (freshestCRL) matters to nobody who uses none. A list with a critical
      // extension that is not understood must not be used (RFC 5280 section 5.2).
      if one.isCritical {
        throw CertificateError(
          "crlExtensions", "have the critical \(one.identifier.text), which is not understood")
      }
    }
  }
}

/// One extension: of a list, or of an OCSP response.
struct ExtensionFields {
  let identifier: ASN1ObjectIdentifier
  let isCritical: Bool
  let value: ArraySlice<UInt8>

  init(_ node: ASN1Node, _ structure: String) throws(CertificateError) {
    var fields = try FieldReader(node, structure)
    identifier = try fields.next("extnID").objectIdentifier("extnID")
    isCritical = try fields.next(if: .boolean)?.booleanDefaultFalse("critical") ?? false
    value = try fields.next("extnValue").primitive(.octetString, "extnValue")
    try fields.end()
  }
}
