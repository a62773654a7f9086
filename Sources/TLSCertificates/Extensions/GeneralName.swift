internal import SwiftASN1
internal import TLSCrypto

/// One name of a subject, an issuer, a constraint or a place (RFC 5280 section 4.2.1.6).
public enum GeneralName: Sendable, Hashable {
  /// A name of a form that somebody else defines, with its value in DER.
  case otherName(type: OID, der: [UInt8])
  /// An email address; in a constraint also a host or a domain.
  case rfc822Name(String)
  /// A DNS name as it stands there, which need not be one: a zero within it is kept, too.
  case dnsName(String)
  /// An X.400 address, which is not read: all of it in DER.
  case x400Address(der: [UInt8])
  /// The name of an entry of a directory.
  case directoryName(DistinguishedName)
  /// A name of electronic data interchange, which is not read: all of it in DER.
  case ediPartyName(der: [UInt8])
  /// A URI as it stands there; in a constraint a host or a domain.
  case uniformResourceIdentifier(String)
  /// An address of 4 or 16 bytes; in a constraint that and its mask.
  case ipAddress([UInt8])
  /// An OBJECT IDENTIFIER.
  case registeredID(OID)

  /// How many names an extension has at most.
  static let maximumCount = 2_048

  init(_ node: ASN1Node, _ field: String) throws(CertificateError) {
    guard node.identifier.tagClass == .contextSpecific else {
      throw CertificateError(field, "has a name of no known form")
    }
    let tag = node.identifier
    switch tag.tagNumber {
    case 0: self = try Self.otherName(node, field)
    case 1: self = .rfc822Name(try node.ia5String(field, tag: tag, what: "an email address"))
    case 2: self = .dnsName(try node.ia5String(field, tag: tag, what: "a DNS name"))
    case 3: self = .x400Address(der: try Self.unread(node, field))
    case 4: self = .directoryName(try DistinguishedName(try node.inner(field), field))
    case 5: self = .ediPartyName(der: try Self.unread(node, field))
    case 6: self = .uniformResourceIdentifier(try node.ia5String(field, tag: tag, what: "a URI"))
    case 7: self = .ipAddress(Array(try node.primitive(tag, field)))
    case 8: self = .registeredID(OID(try node.objectIdentifier(field, tag: tag)))
    default: throw CertificateError(field, "has a name of no known form")
    }
  }

  private static func otherName(
    _ node: ASN1Node, _ field: String
  ) throws(CertificateError) -> GeneralName {
    var reader = try FieldReader(node, field, tag: .field(0))
    let type = try reader.next("type-id").objectIdentifier(field)
    let value = try reader.next("value")
    guard value.identifier == .field(0) else {
      throw CertificateError(field, "has an otherName without a value")
    }
    try reader.end()
    return .otherName(
      type: OID(type), der: Array(try value.inner(field).encodedBytes))
  }

  /// A SEQUENCE that nothing here looks into.
  private static func unread(
    _ node: ASN1Node, _ field: String
  ) throws(CertificateError) -> [UInt8] {
    _ = try FieldReader(node, field, tag: node.identifier)
    return Array(node.encodedBytes)
  }

  /// Reads GeneralNames, of which there is at least one.
  static func list(
    _ node: ASN1Node, _ field: String, tag: ASN1Identifier = .sequence
  ) throws(CertificateError) -> [GeneralName] {
    var reader = try FieldReader(node, field, tag: tag)
    return try reader.elements(atMost: maximumCount, "names") {
      (node) throws(CertificateError) in
      let name = try GeneralName(node, field)
      if case .ipAddress(let bytes) = name, bytes.count != 4, bytes.count != 16 {
        throw CertificateError(field, "has an IP address of \(bytes.count) bytes")
      }
      return name
    }
  }
}

extension GeneralName: CustomStringConvertible {
  /// The form and the name, such as `DNS:example.com`, with what could disturb a terminal written
  /// out.
  public var description: String {
    switch self {
    case .otherName(let type, _): "otherName:\(type)"
    case .rfc822Name(let text): "email:" + text.printable
    case .dnsName(let text): "DNS:" + text.printable
    case .x400Address: "x400Address"
    case .directoryName(let name): "DirName:\(name)"
    case .ediPartyName: "ediPartyName"
    case .uniformResourceIdentifier(let text): "URI:" + text.printable
    case .ipAddress(let bytes): "IP:" + Self.text(ofAddress: bytes)
    case .registeredID(let identifier): "RID:\(identifier)"
    }
  }

  /// An address, or one with its mask, as text.
  private static func text(ofAddress bytes: [UInt8]) -> String {
    switch bytes.count {
    case 4, 16: ServerName(ip: bytes).description
    case 8, 32:
      "\(ServerName(ip: Array(bytes.prefix(bytes.count / 2))))/"
        + "\(ServerName(ip: Array(bytes.suffix(bytes.count / 2))))"
    default: "(\(bytes.count) bytes)"
    }
  }
}
