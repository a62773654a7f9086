internal import SwiftASN1

/// The few forms that certificates are written in, by their ASN.1 names (X.690).
extension DER.Serializer {
  /// SEQUENCE.
  mutating func sequence(_ content: (inout DER.Serializer) -> Void) {
    appendConstructedNode(identifier: .sequence, content)
  }

  /// SET, of one member.
  mutating func setOfOne(_ content: (inout DER.Serializer) -> Void) {
    appendConstructedNode(identifier: .set, content)
  }

  /// An explicit tag.
  mutating func explicit(_ number: UInt, _ content: (inout DER.Serializer) -> Void) {
    appendConstructedNode(
      identifier: ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific), content)
  }

  /// An implicit tag on something that has no parts.
  mutating func implicit(_ number: UInt, _ content: [UInt8]) {
    primitive(ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific), content)
  }

  /// OBJECT IDENTIFIER.
  mutating func objectIdentifier(_ identifier: ASN1ObjectIdentifier) {
    primitive(.objectIdentifier, identifier.content)
  }

  /// INTEGER that is not negative, from its big-endian bytes.
  mutating func unsignedInteger(_ bytes: [UInt8]) {
    var digits = Array(bytes.drop { $0 == 0 })
    // The first bit is the sign.
    if (digits.first ?? 0x80) >= 0x80 { digits.insert(0, at: 0) }
    primitive(.integer, digits)
  }

  /// BOOLEAN TRUE; FALSE is nowhere but a default, which DER leaves out.
  mutating func booleanTrue() {
    primitive(.boolean, [0xff])
  }

  /// NULL.
  mutating func null() {
    primitive(.null, [])
  }

  /// BIT STRING of whole bytes.
  mutating func bitString(_ bytes: [UInt8]) {
    primitive(.bitString, [0] + bytes)
  }

  /// OCTET STRING.
  mutating func octetString(_ bytes: [UInt8]) {
    primitive(.octetString, bytes)
  }

  /// Any form without parts.
  mutating func primitive(_ identifier: ASN1Identifier, _ content: [UInt8]) {
    appendPrimitiveNode(identifier: identifier) { $0.append(contentsOf: content) }
  }

  /// What `content` writes.
  static func bytes(_ content: (inout DER.Serializer) -> Void) -> [UInt8] {
    var serializer = DER.Serializer()
    content(&serializer)
    return serializer.serializedBytes
  }
}
