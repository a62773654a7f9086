import SwiftASN1
import TLSCrypto

/// What is signed: TBSCertificate (RFC 5280 section 4.1.2).
struct CertificateBody: Sendable {
  /// 1 to 3.
  let version: Int
  let serialNumber: [UInt8]
  let issuer: DistinguishedName
  let notBefore: Timestamp
  let notAfter: Timestamp
  let subject: DistinguishedName
  let publicKey: PublicKey
  /// Shared with the certificate's encoding, as the bits of the key within it are.
  let subjectPublicKeyInfo: ArraySlice<UInt8>
  let subjectPublicKey: ArraySlice<UInt8>
  let hasUniqueIdentifiers: Bool
  let extensions: CertificateExtensions

  init(_ node: ASN1Node, outerAlgorithm: ASN1Node) throws(CertificateError) {
    var reader = try FieldReader(node, "tbsCertificate")
    version = try Self.version(reader.next(if: .field(0)))
    serialNumber = try reader.next("serialNumber").serialNumber("serialNumber")
    // The algorithm stands twice, within what is signed and without (RFC 5280 section 4.1.1.2).
    guard try reader.next("signature").encodedBytes == outerAlgorithm.encodedBytes else {
      throw CertificateError("signature", "is not the same as its signatureAlgorithm")
    }
    issuer = try DistinguishedName(try reader.next("issuer"), "issuer")
    var validity = try FieldReader(try reader.next("validity"), "validity")
    notBefore = try validity.next("notBefore").time("notBefore")
    notAfter = try validity.next("notAfter").time("notAfter")
    try validity.end()
    guard notBefore <= notAfter else {
      throw CertificateError("validity", "ends before it begins")
    }
    subject = try DistinguishedName(try reader.next("subject"), "subject")
    let key = try reader.next("subjectPublicKeyInfo")
    publicKey = try PublicKeyReader.parse(key)
    subjectPublicKeyInfo = key.encodedBytes
    subjectPublicKey = try PublicKeyReader.bits(key)
    hasUniqueIdentifiers = try Self.uniqueIdentifiers(&reader, version: version)
    if let extensions = reader.next(if: .field(3)) {
      guard version == 3 else { throw Self.notInVersion(version) }
      self.extensions = try CertificateExtensions(try extensions.inner("extensions"))
    } else {
      extensions = CertificateExtensions()
    }
    try reader.end()
  }

  private static func notInVersion(_ version: Int) -> CertificateError {
    CertificateError("version", "is \(version), which has no such fields")
  }

  private static func version(_ node: ASN1Node?) throws(CertificateError) -> Int {
    guard let node else { return 1 }
    let number = try node.inner("version").smallInteger("version")
    guard number == 1 || number == 2 else {
      throw CertificateError("version", "is encoded as \(number)")
    }
    return number + 1
  }

  /// Unique identifiers are obsolete, and say nothing to anybody.
  private static func uniqueIdentifiers(
    _ reader: inout FieldReader, version: Int
  ) throws(CertificateError) -> Bool {
    var found = false
    for (tag, field) in [(1, "issuerUniqueID"), (2, "subjectUniqueID")] as [(UInt, String)] {
      guard let node = reader.next(if: .field(tag)) else { continue }
      guard version >= 2 else { throw notInVersion(version) }
      _ = try node.bitString(field, tag: .field(tag))
      found = true
    }
    return found
  }
}
