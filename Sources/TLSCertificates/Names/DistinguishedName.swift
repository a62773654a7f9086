import SwiftASN1

/// The name of a subject or an issuer (RFC 5280 section 4.1.2.4).
public struct DistinguishedName: Sendable, CustomStringConvertible {
  /// One attribute, such as a common name.
  struct Attribute: Sendable, Hashable {
    let type: ASN1ObjectIdentifier
    let text: String
    /// What is compared: without regard to case and to spaces (RFC 5280 section 7.1).
    let normalized: [UInt8]

    static func == (a: Attribute, b: Attribute) -> Bool {
      a.type == b.type && a.normalized == b.normalized
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(normalized)
    }
  }

  /// The encoding.
  public let der: [UInt8]

  /// The relative names, outermost first; most have one attribute.
  let relativeNames: [[Attribute]]

  /// Reads a name from its encoding.
  ///
  /// - Throws: ``CertificateError`` if it is none.
  public init(der: [UInt8]) throws(CertificateError) {
    let node = try FieldReader.parse(der[...], "distinguished name")
    try self.init(node, "distinguished name")
  }

  init(_ node: ASN1Node, _ field: String) throws(CertificateError) {
    der = Array(node.encodedBytes)
    var reader = try FieldReader(node, field)
    var names: [[Attribute]] = []
    while let set = reader.next() {
      var attributes = try FieldReader(set, field, tag: .set)
      var name: [Attribute] = []
      while let attribute = attributes.next() { name.append(try Attribute(attribute, field)) }
      guard !name.isEmpty else { throw CertificateError(field, "has an empty relative name") }
      names.append(name)
    }
    relativeNames = names
  }

  /// Whether an email address is part of it.
  var hasEmailAddress: Bool {
    relativeNames.joined().contains { $0.type == ObjectIdentifiers.emailAddress }
  }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { relativeNames.isEmpty }

  /// The last common name, which nothing but a display may use.
  public var commonName: String? {
    relativeNames.joined().last { $0.type == ObjectIdentifiers.commonName }?.text
  }

  /// Such as `CN=example.com, O=Example`: the most particular first (RFC 4514), with what could
  /// disturb a terminal written out.
  public var description: String {
    guard !isEmpty else { return "(empty name)" }
    let shown = relativeNames.reversed().prefix(Self.shownCount).map { name in
      name.prefix(Self.shownCount).map { attribute in
        let type = ObjectIdentifiers.attributeNames[attribute.type] ?? attribute.type.text
        return "\(type)=\(attribute.text.printable)"
      }.joined(separator: "+")
    }
    return shown.joined(separator: ", ") + (relativeNames.count > shown.count ? ", …" : "")
  }

  /// How many of the relative names are shown, at most: a peer chooses how many there are.
  private static let shownCount = 16

  /// Whether this name is the other or lies below it.
  func isWithin(_ ancestor: DistinguishedName) -> Bool {
    relativeNames.starts(with: ancestor.relativeNames)
  }
}

extension DistinguishedName: Hashable {
  /// Whether both name the same (RFC 5280 section 7.1).
  public static func == (a: DistinguishedName, b: DistinguishedName) -> Bool {
    a.der == b.der || a.relativeNames == b.relativeNames
  }

  /// Hashes what is compared.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(relativeNames)
  }
}

extension DistinguishedName.Attribute {
  fileprivate init(_ node: ASN1Node, _ field: String) throws(CertificateError) {
    var reader = try FieldReader(node, field)
    type = try reader.next("attribute type").objectIdentifier(field)
    let value = try reader.next("attribute value")
    try reader.end()
    guard case .primitive(let bytes) = value.content else {
      throw CertificateError(field, "has an attribute that is no string")
    }
    switch value.identifier {
    case .utf8String, .printableString, .ia5String, .numericString:
      text = String(decoding: bytes, as: UTF8.self)
      normalized = Self.normalize(bytes)
    case .teletexString:
      text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
      normalized = Self.normalize(Array(text.utf8)[...])
    case .bmpString:
      let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map {
        UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
      }
      text = String(decoding: units, as: UTF16.self)
      normalized = Self.normalize(Array(text.utf8)[...])
    default:
      text = bytes.map { String($0, radix: 16) }.joined(separator: " ")
      normalized = Array(value.encodedBytes)
    }
  }

  /// Lower case, without spaces at the ends, and one where there are several.
  private static func normalize(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var normalized: [UInt8] = []
    for byte in bytes {
      if byte == 0x20 {
        if let last = normalized.last, last != 0x20 { normalized.append(byte) }
      } else {
        normalized.append((0x41...0x5a).contains(byte) ? byte + 0x20 : byte)
      }
    }
    if normalized.last == 0x20 { normalized.removeLast() }
    return normalized
  }
}
