import SwiftASN1

extension ASN1Node {
  /// The text of a character string, strictly by its type, or `nil` if it is something else.
  ///
  /// - Throws: ``CertificateError`` where a character is there that the type has not.
  func text(_ field: String) throws(CertificateError) -> String? {
    guard case .primitive(let bytes) = content else {
      throw CertificateError(field, "has an attribute that is no string")
    }
    let type: String
    let text: String?
    switch identifier {
    case .utf8String:
      (type, text) = ("a UTF8String", String(validating: bytes, as: UTF8.self))
    case .printableString:
      (type, text) = ("a PrintableString", Self.ascii(bytes, where: Self.isPrintable))
    case .ia5String: (type, text) = ("an IA5String", Self.ascii(bytes) { $0 < 0x80 })
    case .visibleString:
      (type, text) = ("a VisibleString", Self.ascii(bytes) { (0x20...0x7e).contains($0) })
    case .numericString:
      (type, text) = ("a NumericString", Self.ascii(bytes) { $0 == 0x20 || Self.isDigit($0) })
    case .teletexString:
      // Read as Latin-1, as nearly everybody writes it.
      return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    case .bmpString: (type, text) = ("a BMPString", Self.bmp(bytes))
    case .universalString: (type, text) = ("a UniversalString", Self.universal(bytes))
    default: return nil
    }
    guard let text else { throw CertificateError(field, "has \(type) that is none") }
    return text
  }

  private static func ascii(
    _ bytes: ArraySlice<UInt8>, where isAllowed: (UInt8) -> Bool
  ) -> String? {
    bytes.allSatisfy(isAllowed) ? String(decoding: bytes, as: UTF8.self) : nil
  }

  /// The alphabet of PrintableString (X.680 section 41.4), and two more characters: the asterisk of
  /// wildcard names and the ampersand of companies' are in too many certificates in use.
  private static func isPrintable(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    case UInt8(ascii: " "), UInt8(ascii: "'")...UInt8(ascii: "/"), UInt8(ascii: "&"): true
    case UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "?"): true
    default: isDigit(byte)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Two bytes a character, none of them half of a pair.
  private static func bmp(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.count.isMultiple(of: 2) else { return nil }
    return scalars(bytes, width: 2)
  }

  /// Four bytes a character.
  private static func universal(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.count.isMultiple(of: 4) else { return nil }
    return scalars(bytes, width: 4)
  }

  private static func scalars(_ bytes: ArraySlice<UInt8>, width: Int) -> String? {
    var text = String.UnicodeScalarView()
    var value: UInt32 = 0
    for (count, byte) in bytes.enumerated() {
      value = value << 8 | UInt32(byte)
      guard (count + 1).isMultiple(of: width) else { continue }
      guard let scalar = Unicode.Scalar(value) else { return nil }
      text.append(scalar)
      value = 0
    }
    return String(text)
  }
}
