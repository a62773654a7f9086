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
      hasher.combine(type)
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
    var count = 0
    while let set = reader.next() {
      let name = try Self.relativeName(set, field, tag: .set)
      count += name.count
      guard count <= Self.maximumAttributeCount else {
        throw CertificateError(field, "has more than \(Self.maximumAttributeCount) attributes")
      }
      names.append(name)
    }
    relativeNames = names
  }

  /// How many attributes a name has at most. Real ones have a dozen.
  static let maximumAttributeCount = 128

  /// Reads a RelativeDistinguishedName: attributes in the order that DER has (X.690 section 11.6).
  private static func relativeName(
    _ node: ASN1Node, _ field: String, tag: ASN1Identifier
  ) throws(CertificateError) -> [Attribute] {
    var reader = try FieldReader(node, field, tag: tag)
    var last: ArraySlice<UInt8> = []
    var attributes: [Attribute] = []
    while let node = reader.next() {
      guard !node.encodedBytes.lexicographicallyPrecedes(last) else {
        throw CertificateError(field, "has attributes in another order than DER's")
      }
      last = node.encodedBytes
      guard attributes.count < maximumAttributeCount else {
        throw CertificateError(field, "has more than \(maximumAttributeCount) attributes")
      }
      attributes.append(try Attribute(node, field))
    }
    guard !attributes.isEmpty else { throw CertificateError(field, "has an empty relative name") }
    return attributes.count == 1 ? attributes : sorted(attributes)
  }

  /// A relative name is a set, and its order in DER is that of what is not compared: of kinds of
  /// strings, and of case. Attributes that are equal come in one order here (RFC 5280 section 7.1).
  private static func sorted(_ attributes: [Attribute]) -> [Attribute] {
    attributes.map { (type: $0.type.text, attribute: $0) }
      .sorted { a, b in
        a.type == b.type
          ? a.attribute.normalized.lexicographicallyPrecedes(b.attribute.normalized)
          : a.type < b.type
      }
      .map(\.attribute)
  }

  /// Reads a RelativeDistinguishedName under another tag.
  ///
  /// - Returns: it in DER, under its own.
  static func checkedRelativeName(
    _ node: ASN1Node, _ field: String
  ) throws(CertificateError) -> [UInt8] {
    _ = try relativeName(node, field, tag: node.identifier)
    return [0x31] + node.encodedBytes.dropFirst()
  }

  /// The email addresses that are part of it.
  var emailAddresses: [String] {
    relativeNames.joined().filter { $0.type == ObjectIdentifiers.emailAddress }.map(\.text)
  }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { relativeNames.isEmpty }

  /// The last common name, which nothing but a display may use.
  public var commonName: String? {
    relativeNames.joined().last { $0.type == ObjectIdentifiers.commonName }?.text
  }

  /// Such as `CN=example.com, O=Example`: the most particular first, with a backslash before what
  /// would be taken for the end of a value (RFC 4514 sections 2.1 to 2.4), and with what could disturb
  /// a terminal written out.
  public var description: String {
    guard !isEmpty else { return "(empty name)" }
    var shown = ""
    for (count, name) in relativeNames.reversed().enumerated() {
      guard count < Self.shownCount, shown.utf8.count < Self.shownByteCount else {
        return shown + ", …"
      }
      if count > 0 { shown += ", " }
      for (count, attribute) in name.enumerated() {
        guard count < Self.shownCount, shown.utf8.count < Self.shownByteCount else {
          shown += "+…"
          break
        }
        if count > 0 { shown += "+" }
        let type = ObjectIdentifiers.attributeNames[attribute.type] ?? attribute.type.text
        shown += "\(type)=\(attribute.text.escaped)"
      }
    }
    return shown
  }

  /// How many of the relative names are shown, at most: a peer chooses how many there are.
  private static let shownCount = 16

  /// After so many bytes nothing more is begun.
  private static let shownByteCount = 1_024

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
    if let text = try value.text(field) {
      self.text = text
      normalized = Self.normalize(text)
    } else {
      let bytes = try value.primitive(value.identifier, field)
      text = bytes.map { String($0, radix: 16) }.joined(separator: " ")
      // No text has this byte: what is no text equals none.
      normalized = [0xff] + value.encodedBytes
    }
  }

  /// What is left of a text once it is prepared for being compared (RFC 5280 section 7.1): lower case,
  /// without what is not seen, without spaces at the ends, and with one where there are several.
  private static func normalize(_ text: String) -> [UInt8] {
    var normalized: [UInt8] = []
    normalized.reserveCapacity(text.utf8.count)
    func append(_ byte: UInt8) {
      if byte != 0x20 {
        normalized.append((0x41...0x5a).contains(byte) ? byte + 0x20 : byte)
      } else if let last = normalized.last, last != 0x20 {
        normalized.append(byte)
      }
    }
    if text.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) {
      for byte in text.utf8 { append(byte) }
    } else {
      for scalar in text.unicodeScalars {
        for byte in PreparedScalar.text(of: scalar).utf8 { append(byte) }
      }
    }
    if normalized.last == 0x20 { normalized.removeLast() }
    return normalized
  }
}

/// The mapping of RFC 4518 section 2.2, with case folded.
///
/// The standard library has no NFKC, which would come next: a letter and the same letter made of two
/// characters are different here, so that a name can be written in a way which no constraint meets.
/// Constraints on names outside of ASCII are for authorities that are trusted to write them one way.
private enum PreparedScalar {
  static func text(of scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x09...0x0d, 0x85: return " "
    // Variation selectors and the like are marks, and U+FFFC a symbol.
    case 0x034f, 0x180b...0x180d, 0x1806, 0xfe00...0xfe0f, 0xfffc: return ""
    default: break
    }
    return switch scalar.properties.generalCategory {
    case .control, .format: ""
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: " "
    default: scalar.properties.lowercaseMapping
    }
  }
}
