import TLSCrypto

@testable import TLSCertificates

/// A revocation list field by field, each of which a test may spoil. Its signature is no signature.
struct RawRevocationList {
  static let number = TLV.certificateExtension("2.5.29.20", TLV.integer(1))

  var version = TLV.integer(1)
  var innerAlgorithm = RawCertificate.ecdsaWithSHA256
  var outerAlgorithm = RawCertificate.ecdsaWithSHA256
  var issuer = TLV.commonName("Issuer")
  var thisUpdate = TLV.utcTime("261231000000Z")
  var nextUpdate = TLV.utcTime("270107000000Z")
  /// Each a revoked certificate; no field at all if it is `nil`.
  var entries: [[UInt8]]?
  /// Each an `Extension`; no field at all if it is `nil`.
  var extensions: [[UInt8]]? = [number]
  var moreBodyFields: [UInt8] = []
  var signature = TLV.bits([1, 2, 3])
  var moreFields: [UInt8] = []
  var trailer: [UInt8] = []

  var der: [UInt8] {
    let list = extensions.map { TLV.tagged(0, TLV.sequence($0.flatMap(\.self))) } ?? []
    let revoked = entries.map { TLV.sequence($0.flatMap(\.self)) } ?? []
    let body = TLV.sequence(
      version, innerAlgorithm, issuer, thisUpdate, nextUpdate, revoked, list, moreBodyFields)
    return TLV.sequence(body, outerAlgorithm, signature, moreFields) + trailer
  }

  /// Reads the list after a change to it.
  static func parse(
    _ change: (inout RawRevocationList) -> Void = { _ in }
  ) throws(RevocationListError) -> CertificateRevocationList {
    var list = RawRevocationList()
    change(&list)
    return try CertificateRevocationList(der: list.der)
  }

  /// A revoked certificate with these extensions; no field of them at all if it is `nil`.
  static func entry(
    _ serial: [UInt8] = [0x02, 0x01, 0x05], date: [UInt8] = TLV.utcTime("261230000000Z"),
    extensions: [[UInt8]]? = nil, more: [UInt8] = []
  ) -> [UInt8] {
    TLV.sequence(
      serial, date, extensions.map { TLV.sequence($0.flatMap(\.self)) } ?? [], more)
  }
}
