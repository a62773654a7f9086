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
  let extensions: CertificateExtensions

  init(_ node: ASN1Node, outerAlgorithm: ASN1Node) throws(CertificateError) {
    var reader = try FieldReader(node, "tbsCertificate")
    version = try Self.version(reader.next(if: .field(0)))
    serialNumber = try Self.serialNumber(try reader.next("serialNumber"))
    // The algorithm stands twice, within what is signed and without (RFC 5280 section 4.1.1.2).
    guard try reader.next("signature").encodedBytes == outerAlgorithm.encodedBytes else {
      throw CertificateError("signature", "is not the same as its signatureAlgorithm")
    }
    issuer = try DistinguishedName(try reader.next("issuer"), "issuer")
    var validity = try FieldReader(try reader.next("validity"), "validity")
    notBefore = try Self.time(try validity.next("notBefore"), "notBefore")
    notAfter = try Self.time(try validity.next("notAfter"), "notAfter")
    try validity.end()
    subject = try DistinguishedName(try reader.next("subject"), "subject")
    publicKey = try PublicKeyReader.parse(try reader.next("subjectPublicKeyInfo"))
    // Unique identifiers are obsolete, and say nothing to anybody.
    if reader.next(if: .field(1)) != nil, version < 2 { throw Self.notInVersion(version) }
    if reader.next(if: .field(2)) != nil, version < 2 { throw Self.notInVersion(version) }
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

  /// Positive and of at most 20 bytes (RFC 5280 section 4.1.2.2); zero is there in old roots.
  private static func serialNumber(_ node: ASN1Node) throws(CertificateError) -> [UInt8] {
    let bytes = try node.unsignedInteger("serialNumber")
    guard bytes.count <= 20 else {
      throw CertificateError("serialNumber", "has \(bytes.count) bytes, more than 20")
    }
    return Array(bytes)
  }

  /// UTCTime until 2049, GeneralizedTime after, both in UTC with seconds (RFC 5280 section 4.1.2.5).
  private static func time(_ node: ASN1Node, _ field: String) throws(CertificateError) -> Timestamp
  {
    do {
      if node.identifier == .utcTime {
        let time = try UTCTime(derEncoded: node)
        return try timestamp(
          field, time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
      }
      let time = try GeneralizedTime(derEncoded: node)
      guard time.rawFractionalSeconds.isEmpty else {
        throw CertificateError(field, "has a fraction of a second")
      }
      return try timestamp(
        field, time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
    } catch let error as CertificateError {
      throw error
    } catch {
      throw CertificateError(field, "is not a time")
    }
  }

  private static func timestamp(
    _ field: String, _ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int,
    _ second: Int
  ) throws(CertificateError) -> Timestamp {
    guard
      let time = Timestamp(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    else { throw CertificateError(field, "is a date that there is not") }
    return time
  }
}
