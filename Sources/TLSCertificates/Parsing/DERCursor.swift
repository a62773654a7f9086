import SwiftASN1
import TLSCrypto

/// Goes through DER (X.690) one element after the other, without making a tree of it: a list of
/// revoked certificates has millions of elements, and is gone through once.
struct DERCursor {
  /// One element, by where it stands.
  struct Element {
    /// The tag, of one byte.
    let tag: UInt8
    /// All of it.
    let all: Range<Int>
    /// What follows the tag and the length.
    let contents: Range<Int>
  }

  private let bytes: [UInt8]
  private let structure: String
  private let limit: Int
  private var position: Int

  /// All of `bytes`.
  init(_ bytes: [UInt8], _ structure: String) {
    self.init(bytes, bytes.indices, structure)
  }

  private init(_ bytes: [UInt8], _ range: Range<Int>, _ structure: String) {
    self.bytes = bytes
    self.structure = structure
    position = range.lowerBound
    limit = range.upperBound
  }

  /// What stands inside of an element of this cursor.
  func inside(_ element: Element, _ structure: String) -> DERCursor {
    DERCursor(bytes, element.contents, structure)
  }

  /// The bytes of a range that an element of this cursor gave.
  func slice(_ range: Range<Int>) -> ArraySlice<UInt8> { bytes[range] }

  /// The most bytes that are made a tree of, unless said otherwise: a tree takes some fifty times as
  /// much memory as the smallest elements do, and a list may be long.
  static let longestTree = 65_536

  /// A range that an element of this cursor gave, as a tree, unless that would be a large one.
  func tree(
    _ range: Range<Int>, _ field: String, atMost limit: Int = longestTree
  ) throws(CertificateError) -> ASN1Node {
    guard range.count <= limit else {
      throw CertificateError(field, "has \(range.count) bytes, more than \(limit)")
    }
    return try FieldReader.parse(bytes[range], field)
  }

  /// The tag of the next element; `nil` at the end.
  var nextTag: UInt8? { position < limit ? bytes[position] : nil }

  /// The next element, or `nil` at the end.
  mutating func next() throws(CertificateError) -> Element? {
    guard position < limit else { return nil }
    let start = position
    let tag = bytes[start]
    // Tags above 30 take more bytes (X.690 section 8.1.2.4); there are none in lists.
    guard tag & 0x1f != 0x1f else { throw CertificateError(structure, "is not DER") }
    position += 1
    let count = try length()
    guard count <= limit - position else { throw CertificateError(structure, "is not DER") }
    let contents = position..<(position + count)
    position += count
    return Element(tag: tag, all: start..<position, contents: contents)
  }

  /// The next element, which must be there and have this tag.
  mutating func next(_ tag: UInt8, _ field: String) throws(CertificateError) -> Element {
    guard let element = try next() else {
      throw CertificateError(structure, "has no \(field)")
    }
    guard element.tag == tag else {
      throw CertificateError(field, "has the tag \(element.tag), not \(tag)")
    }
    return element
  }

  /// The next element if it has this tag.
  mutating func next(if tag: UInt8) throws(CertificateError) -> Element? {
    nextTag == tag ? try next() : nil
  }

  /// Checks that nothing is left.
  func end() throws(CertificateError) {
    if position < limit { throw CertificateError(structure, "has more fields than it may") }
  }

  /// A length, in the one form that DER has for it (X.690 section 10.1), of at most four bytes.
  private mutating func length() throws(CertificateError) -> Int {
    guard position < limit else { throw CertificateError(structure, "is not DER") }
    let first = bytes[position]
    position += 1
    if first < 0x80 { return Int(first) }
    let count = Int(first & 0x7f)
    guard (1...4).contains(count), count <= limit - position else {
      throw CertificateError(structure, "is not DER")
    }
    var length = 0
    for _ in 0..<count {
      length = length << 8 | Int(bytes[position])
      position += 1
    }
    guard length >= 0x80, length >= 1 << (8 * (count - 1)) else {
      throw CertificateError(structure, "is not DER")
    }
    return length
  }
}

extension DERCursor {
  /// The tags of what is gone through.
  enum Tag {
    static let boolean: UInt8 = 0x01
    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let objectIdentifier: UInt8 = 0x06
    static let enumerated: UInt8 = 0x0a
    static let utcTime: UInt8 = 0x17
    static let generalizedTime: UInt8 = 0x18
    static let sequence: UInt8 = 0x30
    static let field0: UInt8 = 0xa0
  }

  /// The next element as a time: a UTCTime or a GeneralizedTime, in UTC with seconds and nothing else
  /// (RFC 5280 sections 5.1.2.4 to 5.1.2.6). Either is taken for any date, as it is in certificates,
  /// although a list should have the first until 2049 and the second after.
  mutating func time(_ field: String) throws(CertificateError) -> Timestamp {
    guard let element = try next() else { throw CertificateError(structure, "has no \(field)") }
    guard let time = time(element) else { throw CertificateError(field, "is not a time") }
    return time
  }

  /// An element as a time, or `nil` if it is none.
  func time(_ element: Element) -> Timestamp? {
    let yearDigitCount: Int
    switch element.tag {
    case Tag.utcTime: yearDigitCount = 2
    case Tag.generalizedTime: yearDigitCount = 4
    default: return nil
    }
    let range = element.contents
    guard range.count == yearDigitCount + 11, bytes[range.upperBound - 1] == UInt8(ascii: "Z")
    else { return nil }
    var position = range.lowerBound
    func number(_ count: Int) -> Int? {
      var number = 0
      for _ in 0..<count {
        let digit = bytes[position]
        guard (0x30...0x39).contains(digit) else { return nil }
        number = number * 10 + Int(digit - 0x30)
        position += 1
      }
      return number
    }
    guard var year = number(yearDigitCount), let month = number(2), let day = number(2),
      let hour = number(2), let minute = number(2), let second = number(2)
    else { return nil }
    if yearDigitCount == 2 { year += year < 50 ? 2000 : 1900 }
    return Timestamp(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second)
  }

  /// The bytes of an INTEGER that is not negative, big-endian, without a needless zero.
  func unsignedInteger(
    _ element: Element, _ field: String
  ) throws(CertificateError) -> Range<Int> {
    let range = element.contents
    guard !range.isEmpty else { throw CertificateError(field, "is an empty INTEGER") }
    let first = bytes[range.lowerBound]
    guard first < 0x80 else { throw CertificateError(field, "is negative") }
    guard range.count > 1, first == 0 else { return range }
    let rest = range.dropFirst()
    guard bytes[rest.lowerBound] >= 0x80 else {
      throw CertificateError(field, "is an INTEGER with needless zeros")
    }
    return rest
  }
}
