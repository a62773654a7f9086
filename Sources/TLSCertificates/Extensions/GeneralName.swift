import SwiftASN1

/// One name of a certificate's alternative names or constraints (RFC 5280 section 4.2.1.6).
enum GeneralName: Sendable, Hashable {
  case dns(String)
  case ipAddress([UInt8])
  case directory(DistinguishedName)
  /// A form that is not read, by its tag.
  case other(UInt)

  /// A DNS name in a constraint that is none.
  static let unreadableDNS = GeneralName.other(2)

  /// An email address, which is not read.
  static let emailAddress = GeneralName.other(1)

  init(_ node: ASN1Node, _ field: String) throws(CertificateError) {
    guard node.identifier.tagClass == .contextSpecific, node.identifier.tagNumber <= 8 else {
      throw CertificateError(field, "has a name of no known form")
    }
    switch node.identifier.tagNumber {
    case 2:
      let bytes = try node.primitive(.field(2), field)
      guard bytes.allSatisfy({ $0 < 0x80 }) else {
        throw CertificateError(field, "has a DNS name that is not ASCII")
      }
      self = .dns(String(decoding: bytes, as: UTF8.self))
    case 4:
      self = .directory(try DistinguishedName(try node.inner(field), field))
    case 7:
      self = .ipAddress(Array(try node.primitive(.field(7), field)))
    default:
      self = .other(node.identifier.tagNumber)
    }
  }
}
