import SwiftASN1
import TLSCrypto

/// What is signed of a list: TBSCertList (RFC 5280 section 5.1.2).
struct RevocationListBody: Sendable {
  /// 1 or 2.
  let version: Int
  let issuer: DistinguishedName
  let thisUpdate: Timestamp
  let nextUpdate: Timestamp
  let entries: CertificateRevocationList.Entries
  let extensions: RevocationListExtensions

  init(
    _ fields: consuming DERCursor, outerAlgorithm: ArraySlice<UInt8>
  ) throws(CertificateError) {
    var fields = fields
    version = try Self.version(&fields)
    // The algorithm stands twice, within what is signed and without (RFC 5280 section 5.1.1.2).
    let algorithm = try fields.next(DERCursor.Tag.sequence, "signature")
    guard fields.slice(algorithm.all) == outerAlgorithm else {
      throw CertificateError("signature", "is not the same as its signatureAlgorithm")
    }
    let name = try fields.next(DERCursor.Tag.sequence, "issuer")
    issuer = try DistinguishedName(try fields.tree(name.all, "issuer"), "issuer")
    // A MUST of RFC 5280 section 5.1.2.3.
    guard !issuer.isEmpty else { throw CertificateError("issuer", "is empty") }
    thisUpdate = try fields.time("thisUpdate")
    nextUpdate = try Self.nextUpdate(&fields)
    guard thisUpdate <= nextUpdate else {
      throw CertificateError("nextUpdate", "is \(nextUpdate), before thisUpdate, \(thisUpdate)")
    }
    let revoked = try fields.next(if: DERCursor.Tag.sequence)
    extensions = try Self.extensions(&fields, version)
    try fields.end()
    var reader = RevocationListEntryReader(
      issuer: issuer, version: version,
      isIndirect: extensions.issuingDistributionPoint?.isIndirect ?? false)
    entries = try reader.read(revoked.map { fields.inside($0, "revokedCertificates") })
  }

  private static func version(_ fields: inout DERCursor) throws(CertificateError) -> Int {
    guard let element = try fields.next(if: DERCursor.Tag.integer) else { return 1 }
    guard fields.slice(element.contents).elementsEqual([1]) else {
      throw CertificateError("version", "is not 2, encoded as 1, the only one that is written out")
    }
    return 2
  }

  /// Every list has one here, as RFC 5280 section 5.1.2.5 wants.
  private static func nextUpdate(_ fields: inout DERCursor) throws(CertificateError) -> Timestamp {
    switch fields.nextTag {
    case DERCursor.Tag.utcTime, DERCursor.Tag.generalizedTime:
      return try fields.time("nextUpdate")
    default:
      throw CertificateError("nextUpdate", "is missing, so that nobody can say when it ends")
    }
  }

  private static func extensions(
    _ fields: inout DERCursor, _ version: Int
  ) throws(CertificateError) -> RevocationListExtensions {
    guard let element = try fields.next(if: DERCursor.Tag.field0) else {
      guard version == 1 else { return try RevocationListExtensions(nil) }
      return RevocationListExtensions()
    }
    guard version == 2 else {
      throw CertificateError("version", "is 1, which has no extensions")
    }
    return try RevocationListExtensions(try fields.tree(element.contents, "crlExtensions"))
  }
}
