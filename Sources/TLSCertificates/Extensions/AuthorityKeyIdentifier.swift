import SwiftASN1

/// Which key signed a certificate (RFC 5280 section 4.2.1.1). Nothing of it need be there.
public struct AuthorityKeyIdentifier: Sendable, Hashable {
  /// What the issuer's certificate has as its ``Certificate/subjectKeyIdentifier``.
  public let keyIdentifier: [UInt8]?
  /// Who issued the issuer's certificate; empty if that is not said.
  public let authorityCertIssuer: [GeneralName]
  /// The serial number of the issuer's certificate, big-endian; `nil` if that is not said.
  public let authorityCertSerialNumber: [UInt8]?

  init(der: ArraySlice<UInt8>) throws(CertificateError) {
    let field = "authorityKeyIdentifier"
    var reader = try FieldReader(der: der, field)
    let key = reader.next(if: .field(0))
    let issuer = reader.next(if: .field(1))
    let serialNumber = reader.next(if: .field(2))
    try reader.end()
    guard (issuer == nil) == (serialNumber == nil) else {
      throw CertificateError(
        field, "has one of authorityCertIssuer and authorityCertSerialNumber alone")
    }
    keyIdentifier = try key.map { (node) throws(CertificateError) in
      try KeyIdentifierReader.read(node, field, tag: .field(0))
    }
    authorityCertIssuer =
      try issuer.map { (node) throws(CertificateError) in
        try GeneralName.list(node, field, tag: .field(1))
      } ?? []
    authorityCertSerialNumber = try serialNumber.map { (node) throws(CertificateError) in
      try node.serialNumber(field, tag: .field(2))
    }
  }
}

/// Reads what keys are called by.
enum KeyIdentifierReader {
  /// A subjectKeyIdentifier (RFC 5280 section 4.2.1.2).
  static func subject(der: ArraySlice<UInt8>) throws(CertificateError) -> [UInt8] {
    let field = "subjectKeyIdentifier"
    return try read(try FieldReader.parse(der, field), field, tag: .octetString)
  }

  /// An empty one would be the same for all keys.
  static func read(
    _ node: ASN1Node, _ field: String, tag: ASN1Identifier
  ) throws(CertificateError) -> [UInt8] {
    let bytes = try node.primitive(tag, field)
    guard !bytes.isEmpty else { throw CertificateError(field, "is empty") }
    return Array(bytes)
  }
}
