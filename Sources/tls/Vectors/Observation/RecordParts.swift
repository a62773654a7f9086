import TLSEngine

/// What the body of a protected record is made of (RFC 5246 section 6.2.3).
enum RecordParts {
  /// The parts of a body of so many bytes, which begins at `start`.
  static func parts(ofBody count: Int, _ hellos: Dissector, from start: Int) -> [Field] {
    guard let suite = hellos.cipherSuite?.parameters else {
      return [Field(name: "ciphertext", range: start..<start + count)]
    }
    let (head, tail) = ends(suite, encryptThenMAC: hellos.usesEncryptThenMAC)
    var rest = start..<start + count
    var parts: [Field] = []
    if let head, head.count <= rest.count {
      let end = rest.lowerBound + head.count
      parts.append(Field(name: head.name, range: rest.lowerBound..<end))
      rest = end..<rest.upperBound
    }
    let tailCount = min(tail?.count ?? 0, rest.count)
    let middle = rest.lowerBound..<rest.upperBound - tailCount
    if !middle.isEmpty {
      parts.append(
        Field(name: "ciphertext", range: middle, meaning: FieldText.bytes(middle.count)))
    }
    if let tail, tailCount > 0 {
      parts.append(Field(name: tail.name, range: middle.upperBound..<rest.upperBound))
    }
    return parts
  }

  private typealias Part = (name: String, count: Int)

  /// What stands before and behind the ciphertext.
  private static func ends(
    _ suite: CipherSuiteParameters, encryptThenMAC: Bool
  ) -> (head: Part?, tail: Part?) {
    guard suite.macName == "AEAD" else {
      let mac = encryptThenMAC ? (name: "MAC", count: macByteCount(suite.macName)) : nil
      return (("IV", 16), mac)
    }
    let tag = (name: "tag", count: suite.cipherName.hasSuffix("CCM-8") ? 8 : 16)
    return suite.cipherName.hasPrefix("ChaCha20") ? (nil, tag) : (("explicit nonce", 8), tag)
  }

  private static func macByteCount(_ name: String) -> Int {
    switch name {
    case "HMAC-SHA-384": 48
    case "HMAC-SHA-256": 32
    default: 20
    }
  }
}

extension [UInt8] {
  /// The bytes as text that fits on a line, with what is no letter written out; long ones are cut.
  var vectorText: String {
    var text = ""
    for byte in prefix(48) {
      switch byte {
      case 0x0a: text += "\\n"
      case 0x0d: text += "\\r"
      case 0x09: text += "\\t"
      case 0x5c: text += "\\\\"
      case 0x20..<0x7f: text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "\\x" + Hexadecimal.text([byte])
      }
    }
    return count > 48 ? text + "... (\(count) bytes)" : text
  }
}
