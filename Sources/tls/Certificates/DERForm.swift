import TLSCertificates

/// What bytes are by their outermost tags. DER says nowhere what it is, but what is shown here has
/// different first fields.
enum DERForm {
  case certificate
  case revocationList
  case ocspResponse
  case privateKey

  /// The tags that are looked at.
  private enum Tag {
    static let integer: UInt8 = 0x02
    static let enumerated: UInt8 = 0x0a
    static let utcTime: UInt8 = 0x17
    static let generalizedTime: UInt8 = 0x18
    static let sequence: UInt8 = 0x30
  }

  /// Whether it begins as a SEQUENCE does, and not as a text, in which that tag is the digit 0: a
  /// length of more than 127 bytes begins with no character, and a shorter one says where all ends.
  /// What else is in it does not matter: a certificate can hold a text with another in PEM.
  static func isDER(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 2, bytes[0] == Tag.sequence else { return false }
    return (0x81...0x88).contains(bytes[1])
      || (bytes[1] < 0x80 && Int(bytes[1]) + 2 == bytes.count)
  }

  /// What it seems to be, be it malformed further on; `nil` if it is none of these.
  init?(_ bytes: [UInt8]) {
    var outer = Elements(bytes[...])
    guard let whole = outer.next(), whole.tag == Tag.sequence else { return nil }
    var fields = Elements(whole.contents)
    guard let first = fields.next() else { return nil }
    switch first.tag {
    case Tag.enumerated: self = .ocspResponse
    // A key's version; the numbers of a public key are longer.
    case Tag.integer where first.contents.count == 1: self = .privateKey
    case Tag.sequence: self = Self.isRevocationList(first.contents) ? .revocationList : .certificate
    default: return nil
    }
  }

  /// Whether a time stands where a certificate has two, in a sequence: behind the issuer
  /// (RFC 5280 sections 4.1 and 5.1).
  private static func isRevocationList(_ contents: ArraySlice<UInt8>) -> Bool {
    var fields = Elements(contents)
    var tags: [UInt8] = []
    while tags.count < 4, let field = fields.next() { tags.append(field.tag) }
    if tags.first == Tag.integer { tags.removeFirst() }
    guard tags.count >= 3, tags[0] == Tag.sequence, tags[1] == Tag.sequence else { return false }
    return tags[2] == Tag.utcTime || tags[2] == Tag.generalizedTime
  }

  /// Elements one after the other, as far as they can be told apart.
  private struct Elements {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
      rest = bytes
    }

    /// The next one; of what is cut off, what there is.
    mutating func next() -> (tag: UInt8, contents: ArraySlice<UInt8>)? {
      guard let tag = rest.popFirst(), let first = rest.popFirst() else { return nil }
      var count = Int(first)
      if first >= 0x80 {
        let digits = rest.prefix(Int(first & 0x7f))
        guard (1...7).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        count = digits.reduce(0) { $0 << 8 | Int($1) }
      }
      let contents = rest.prefix(count)
      rest = rest.dropFirst(count)
      return (tag, contents)
    }
  }
}
