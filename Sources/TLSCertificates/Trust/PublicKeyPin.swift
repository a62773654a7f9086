public import TLSCrypto

/// The SHA-256 of a `SubjectPublicKeyInfo`, by which a key is pinned (RFC 7469 section 2.4).
public struct PublicKeyPin: Sendable, Hashable, CustomStringConvertible {
  /// The 32 bytes of the hash.
  public let bytes: [UInt8]

  /// The pin of a certificate's key, as that certificate encodes it.
  ///
  /// - Throws: `CryptoError` if libgcrypt cannot be used.
  public init(of certificate: Certificate) throws(CryptoError) {
    try self.init(subjectPublicKeyInfo: certificate.subjectPublicKeyInfo)
  }

  /// The pin of a key, in the encoding that certificates have it in.
  ///
  /// - Throws: `CryptoError` if libgcrypt cannot be used.
  public init(of key: PublicKey) throws(CryptoError) {
    try self.init(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
  }

  /// The pin of a `SubjectPublicKeyInfo` in DER.
  ///
  /// - Throws: `CryptoError` if libgcrypt cannot be used.
  public init(subjectPublicKeyInfo: [UInt8]) throws(CryptoError) {
    bytes = try Hash.digest(of: subjectPublicKeyInfo.rawSpan, using: .sha256).array
  }

  /// Reads `sha256/` and base64 (or `sha256//`, as curl has it), base64 alone, `pin-sha256="…"` as RFC 7469 has it, or 64 hexadecimal
  /// digits with or without colons between pairs.
  ///
  /// - Throws: ``PublicKeyPinError`` if it is none of these.
  public init(_ text: String) throws(PublicKeyPinError) {
    guard text.utf8.count <= 128 else { throw PublicKeyPinError(text: text) }
    let bytes = Self.hexadecimal(text) ?? Self.base64(text)
    guard let bytes, bytes.count == 32 else { throw PublicKeyPinError(text: text) }
    self.bytes = bytes
  }

  private static func base64(_ text: String) -> [UInt8]? {
    if text.hasPrefix("pin-sha256=\""), text.hasSuffix("\"") {
      return decoded(text.dropFirst("pin-sha256=\"".count).dropLast())
    }
    guard text.hasPrefix("sha256/") else { return decoded(text[...]) }
    // Some write two slashes; one of them can also be the first character of the base64.
    let content = text.dropFirst("sha256/".count)
    return decoded(content) ?? (content.hasPrefix("/") ? decoded(content.dropFirst()) : nil)
  }

  private static func decoded(_ text: Substring) -> [UInt8]? {
    var decoder = Base64.Decoder()
    return decoder.append(Array(text.utf8)[...]) ? decoder.finish() : nil
  }

  private static func hexadecimal(_ text: String) -> [UInt8]? {
    var digits = Array(text.utf8)
    if digits.contains(UInt8(ascii: ":")) {
      let pairs = digits.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      guard pairs.allSatisfy({ $0.count == 2 }) else { return nil }
      digits = Array(pairs.joined())
    }
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digit(digits[start]), let low = digit(digits[start + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// `sha256/` and base64.
  public var description: String {
    "sha256/" + String(decoding: Base64.encode(bytes), as: UTF8.self)
  }
}

/// A text that is no pin.
public struct PublicKeyPinError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The text.
  public let text: String

  /// What is wrong, in a sentence without its full stop.
  public var description: String {
    "\(text.quoted) is no pin: give the SHA-256 of a SubjectPublicKeyInfo as sha256/ and 44 "
      + "characters of base64, or as 64 hexadecimal digits"
  }
}
