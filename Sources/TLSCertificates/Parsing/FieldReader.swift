import SwiftASN1

/// Reads the fields of an ASN.1 structure in turn, and says which one is wrong.
struct FieldReader {
  private var iterator: ASN1NodeCollection.Iterator
  private var waiting: ASN1Node?
  private let structure: String

  private init(_ nodes: ASN1NodeCollection, _ structure: String) {
    iterator = nodes.makeIterator()
    self.structure = structure
  }

  /// The fields of a SEQUENCE, or of something tagged like one.
  init(
    _ node: ASN1Node, _ structure: String, tag: ASN1Identifier = .sequence
  ) throws(CertificateError) {
    guard node.identifier == tag, case .constructed(let nodes) = node.content else {
      throw CertificateError(structure, "is \(node.identifier.name), not \(tag.name)")
    }
    self.init(nodes, structure)
  }

  /// The fields of the SEQUENCE that is all of `bytes`.
  init(der bytes: ArraySlice<UInt8>, _ structure: String) throws(CertificateError) {
    try self.init(Self.parse(bytes, structure), structure)
  }

  /// The element that is all of `bytes`.
  static func parse(
    _ bytes: ArraySlice<UInt8>, _ structure: String
  ) throws(CertificateError) -> ASN1Node {
    do {
      return try DER.parse(bytes)
    } catch {
      throw CertificateError(structure, "is not DER")
    }
  }

  /// The next field, if there is one.
  mutating func next() -> ASN1Node? {
    if let node = waiting {
      waiting = nil
      return node
    }
    return iterator.next()
  }

  /// The next field, which must be there.
  mutating func next(_ field: String) throws(CertificateError) -> ASN1Node {
    guard let node = next() else { throw CertificateError(structure, "has no \(field)") }
    return node
  }

  /// The next field if it has this tag.
  mutating func next(if tag: ASN1Identifier) -> ASN1Node? {
    guard let node = next() else { return nil }
    if node.identifier == tag { return node }
    waiting = node
    return nil
  }

  /// Checks that nothing is left.
  mutating func end() throws(CertificateError) {
    if next() != nil { throw CertificateError(structure, "has more fields than it may") }
  }
}

extension ASN1Identifier {
  /// What to call the tag.
  fileprivate var name: String {
    switch (self, tagClass) {
    case (.sequence, _): "a SEQUENCE"
    case (.set, _): "a SET"
    case (.integer, _): "an INTEGER"
    case (.boolean, _): "a BOOLEAN"
    case (.octetString, _): "an OCTET STRING"
    case (_, .contextSpecific): "the field [\(tagNumber)]"
    default: "an element of tag \(tagNumber)"
    }
  }

  /// A tag that a structure gives to a field.
  static func field(_ number: UInt) -> ASN1Identifier {
    ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
  }
}

extension ASN1Node {
  /// The bytes of a primitive element with this tag.
  func primitive(
    _ tag: ASN1Identifier, _ field: String
  ) throws(CertificateError) -> ArraySlice<UInt8> {
    guard identifier == tag, case .primitive(let bytes) = content else {
      throw CertificateError(field, "is \(identifier.name), not \(tag.name)")
    }
    return bytes
  }

  /// The one element inside of an explicit tag.
  func inner(_ field: String) throws(CertificateError) -> ASN1Node {
    guard case .constructed(let nodes) = content else {
      throw CertificateError(field, "has an empty tag")
    }
    var iterator = nodes.makeIterator()
    guard let node = iterator.next(), iterator.next() == nil else {
      throw CertificateError(field, "has a tag around other than one element")
    }
    return node
  }

  /// An OBJECT IDENTIFIER.
  func objectIdentifier(_ field: String) throws(CertificateError) -> ASN1ObjectIdentifier {
    do {
      return try ASN1ObjectIdentifier(derEncoded: self)
    } catch {
      throw CertificateError(field, "is not an OBJECT IDENTIFIER")
    }
  }

  /// A BIT STRING of whole bytes.
  func octets(_ field: String) throws(CertificateError) -> ArraySlice<UInt8> {
    let string = try bitString(field)
    guard string.paddingBits == 0 else {
      throw CertificateError(field, "is not a BIT STRING of whole bytes")
    }
    return string.bytes
  }

  /// A BIT STRING.
  func bitString(_ field: String) throws(CertificateError) -> ASN1BitString {
    do {
      return try ASN1BitString(derEncoded: self)
    } catch {
      throw CertificateError(field, "is not a BIT STRING")
    }
  }

  /// A BOOLEAN.
  func boolean(_ field: String) throws(CertificateError) -> Bool {
    switch Array(try primitive(.boolean, field)) {
    case [0]: return false
    case [0xff]: return true
    default: throw CertificateError(field, "is a BOOLEAN that is neither 0 nor 255")
    }
  }

  /// The big-endian bytes of an INTEGER that is not negative, without a needless zero.
  func unsignedInteger(_ field: String) throws(CertificateError) -> ArraySlice<UInt8> {
    let bytes = try primitive(.integer, field)
    guard let first = bytes.first else { throw CertificateError(field, "is an empty INTEGER") }
    guard first < 0x80 else { throw CertificateError(field, "is negative") }
    guard bytes.count > 1, first == 0 else { return bytes }
    let rest = bytes.dropFirst()
    guard let second = rest.first, second >= 0x80 else {
      throw CertificateError(field, "is an INTEGER with needless zeros")
    }
    return rest
  }

  /// An INTEGER from 0 to 2^31 - 1.
  func smallInteger(_ field: String) throws(CertificateError) -> Int {
    let bytes = try unsignedInteger(field)
    guard bytes.count <= 4 else { throw CertificateError(field, "is too large") }
    let value = bytes.reduce(0) { $0 << 8 | Int($1) }
    guard value <= Int(Int32.max) else { throw CertificateError(field, "is too large") }
    return value
  }
}
