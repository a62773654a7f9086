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
    guard node.identifier == tag else {
      throw CertificateError(structure, "is \(node.identifier.name), not \(tag.name)")
    }
    guard case .constructed(let nodes) = node.content else {
      throw CertificateError(structure, "is \(tag.name) in primitive form")
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

extension FieldReader {
  /// The SEQUENCE OF that is left, or an error if it is empty or longer than `limit`: a peer chooses
  /// how long it is.
  mutating func elements<Element>(
    atMost limit: Int, _ what: String,
    _ read: (ASN1Node) throws(CertificateError) -> Element
  ) throws(CertificateError) -> [Element] {
    var elements: [Element] = []
    while let node = next() {
      guard elements.count < limit else {
        throw CertificateError(structure, "has more than \(limit) \(what)")
      }
      elements.append(try read(node))
    }
    guard !elements.isEmpty else { throw CertificateError(structure, "is empty") }
    return elements
  }
}
