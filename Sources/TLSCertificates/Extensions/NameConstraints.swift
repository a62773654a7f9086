import SwiftASN1

/// The names that an authority's certificates may bear (RFC 5280 section 4.2.1.10).
public struct NameConstraints: Sendable, Hashable {
  /// The bases of the subtrees (`permittedSubtrees`) that names of their form must lie in.
  public let permitted: [GeneralName]
  /// The bases of the subtrees (`excludedSubtrees`) that no name may lie in.
  public let excluded: [GeneralName]

  private static let field = "nameConstraints"

  /// How many there are, and so how many comparisons a name takes.
  var count: Int { permitted.count + excluded.count }

  init(der: ArraySlice<UInt8>) throws(CertificateError) {
    var reader = try FieldReader(der: der, Self.field)
    permitted = try Self.subtrees(reader.next(if: .field(0)), 0)
    excluded = try Self.subtrees(reader.next(if: .field(1)), 1)
    try reader.end()
    guard !permitted.isEmpty || !excluded.isEmpty else {
      throw CertificateError(Self.field, "constrain nothing")
    }
  }

  private static func subtrees(
    _ node: ASN1Node?, _ tag: UInt
  ) throws(CertificateError) -> [GeneralName] {
    guard let node else { return [] }
    var reader = try FieldReader(node, field, tag: .field(tag))
    return try reader.elements(atMost: GeneralName.maximumCount, "subtrees") {
      (subtree) throws(CertificateError) in
      var fields = try FieldReader(subtree, field)
      let name = try GeneralName(try fields.next("base"), field)
      // Minimum is 0 and maximum is absent (RFC 5280): neither is encoded.
      try fields.end()
      if case .ipAddress(let bytes) = name { try checkRange(bytes) }
      return name
    }
  }

  /// An address and its mask, as many ones as it has and then zeros (RFC 4632 section 3.1).
  private static func checkRange(_ bytes: [UInt8]) throws(CertificateError) {
    guard bytes.count == 8 || bytes.count == 32 else {
      throw CertificateError(field, "has an IP range of \(bytes.count) bytes")
    }
    var isAfterOnes = false
    for byte in bytes.suffix(bytes.count / 2) {
      let isPrefix = (~byte & (~byte &+ 1)) == 0
      guard isPrefix, !isAfterOnes || byte == 0 else {
        throw CertificateError(field, "has an IP range whose mask has a gap")
      }
      isAfterOnes = byte != 0xff
    }
  }
}
