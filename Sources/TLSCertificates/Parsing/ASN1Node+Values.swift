import SwiftASN1

extension ASN1Identifier {
  /// What to call the tag.
  var name: String {
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
    guard identifier == tag else {
      throw CertificateError(field, "is \(identifier.name), not \(tag.name)")
    }
    guard case .primitive(let bytes) = content else {
      throw CertificateError(field, "is \(tag.name) in constructed form")
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

  /// An OBJECT IDENTIFIER, or a field of this tag that is one.
  func objectIdentifier(
    _ field: String, tag: ASN1Identifier = .objectIdentifier
  ) throws(CertificateError) -> ASN1ObjectIdentifier {
    if case .primitive(let bytes) = content, bytes.count > OID.maximumByteCount {
      throw CertificateError(
        field,
        "is an OBJECT IDENTIFIER of \(bytes.count) bytes, more than "
          + "\(OID.maximumByteCount)")
    }
    do {
      return try ASN1ObjectIdentifier(derEncoded: self, withIdentifier: tag)
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

  /// A BIT STRING, or a field of this tag that is one. Its unused bits are zero.
  func bitString(
    _ field: String, tag: ASN1Identifier = .bitString
  ) throws(CertificateError) -> ASN1BitString {
    do {
      return try ASN1BitString(derEncoded: self, withIdentifier: tag)
    } catch {
      throw CertificateError(field, "is not a BIT STRING")
    }
  }

  /// Bits that have names, and so no zeros at their end (X.690 section 11.2.2).
  ///
  /// - Parameters:
  ///   - tag: a BIT STRING's, or that of a field which is one.
  ///   - allowsTrailingZeros: whether zeros at the end are read over.
  /// - Returns: the first bit as the lowest, and so on.
  func namedBits(
    _ field: String, tag: ASN1Identifier = .bitString, allowsTrailingZeros: Bool = false
  ) throws(CertificateError) -> UInt16 {
    let string = try bitString(field, tag: tag)
    guard string.bytes.count <= 2 else {
      throw CertificateError(field, "has more bits than there are names for")
    }
    var bits: UInt16 = 0
    for (index, byte) in string.bytes.enumerated() {
      for bit in 0..<8 where byte & (0x80 >> UInt8(bit)) != 0 {
        bits |= 1 << UInt16(8 * index + bit)
      }
    }
    if !allowsTrailingZeros, let last = string.bytes.last,
      last & (1 << UInt8(string.paddingBits)) == 0
    {
      throw CertificateError(field, "has zero bits at its end")
    }
    return bits
  }

  /// A BOOLEAN, or a field of this tag that is one.
  func boolean(
    _ field: String, tag: ASN1Identifier = .boolean
  ) throws(CertificateError) -> Bool {
    let bytes = try primitive(tag, field)
    guard bytes.count == 1, let byte = bytes.first, byte == 0 || byte == 0xff else {
      throw CertificateError(field, "is a BOOLEAN that is neither 0 nor 255")
    }
    return byte == 0xff
  }

  /// A BOOLEAN that is FALSE where it is absent, and so is TRUE where it is not
  /// (X.690 section 11.5).
  func booleanDefaultFalse(
    _ field: String, tag: ASN1Identifier = .boolean
  ) throws(CertificateError) -> Bool {
    guard try boolean(field, tag: tag) else {
      throw CertificateError(field, "writes out the FALSE that it has without")
    }
    return true
  }

  /// The text of an IA5String, or of a field of this tag that is one.
  ///
  /// - Parameter what: what to call it if it is none.
  func ia5String(
    _ field: String, tag: ASN1Identifier = .ia5String, what: String
  ) throws(CertificateError) -> String {
    let bytes = try primitive(tag, field)
    guard bytes.allSatisfy({ $0 < 0x80 }) else {
      throw CertificateError(field, "has \(what) that is not ASCII")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The big-endian bytes of an INTEGER that is not negative, without a needless zero, or of a field
  /// of this tag that is one.
  func unsignedInteger(
    _ field: String, tag: ASN1Identifier = .integer
  ) throws(CertificateError) -> ArraySlice<UInt8> {
    let bytes = try primitive(tag, field)
    guard let first = bytes.first else { throw CertificateError(field, "is an empty INTEGER") }
    guard first < 0x80 else { throw CertificateError(field, "is negative") }
    guard bytes.count > 1, first == 0 else { return bytes }
    let rest = bytes.dropFirst()
    guard let second = rest.first, second >= 0x80 else {
      throw CertificateError(field, "is an INTEGER with needless zeros")
    }
    return rest
  }

  /// A certificate's number: not negative, of at most 20 bytes (RFC 5280 section 4.1.2.2). Zero is
  /// there in old roots.
  func serialNumber(
    _ field: String, tag: ASN1Identifier = .integer
  ) throws(CertificateError) -> [UInt8] {
    let bytes = try unsignedInteger(field, tag: tag)
    guard bytes.count <= 20 else {
      throw CertificateError(field, "has \(bytes.count) bytes, more than 20")
    }
    return Array(bytes)
  }

  /// An INTEGER from 0 to 2^31 - 1, or a field of this tag that is one.
  func smallInteger(
    _ field: String, tag: ASN1Identifier = .integer
  ) throws(CertificateError) -> Int {
    let bytes = try unsignedInteger(field, tag: tag)
    guard bytes.count <= 4 else { throw CertificateError(field, "is too large") }
    let value = bytes.reduce(0) { $0 << 8 | Int($1) }
    guard value <= Int(Int32.max) else { throw CertificateError(field, "is too large") }
    return value
  }
}
