/// Where the parts of a certificate lie in its encoding (RFC 5280 section 4.1), found without
/// reading them: some hundred roots are outlined in the time that reading one takes.
struct CertificateOutline {
  /// How many bytes the certificate has; other things may follow it.
  let byteCount: Int
  /// The subject's encoding.
  let subject: Range<Int>

  /// Outlines the certificate that `bytes` begin with.
  ///
  /// - Throws: ``CertificateError`` if a field is missing, or has another tag than it must.
  init(of bytes: [UInt8]) throws(CertificateError) {
    var outer = Cursor(bytes, bytes.indices)
    let whole = try outer.field(Tag.sequence, "encoding", in: "encoding")
    byteCount = outer.position
    guard byteCount <= Certificate.maximumByteCount else {
      throw CertificateError(
        "encoding", "has \(byteCount) bytes, more than \(Certificate.maximumByteCount)")
    }
    var certificate = Cursor(bytes, whole.contents)
    let body = try certificate.field(Tag.sequence, "tbsCertificate", in: "encoding")
    _ = try certificate.field(Tag.sequence, "signatureAlgorithm", in: "encoding")
    _ = try certificate.field(Tag.bitString, "signatureValue", in: "encoding")
    guard certificate.isAtEnd else {
      throw CertificateError("encoding", "has more fields than it may")
    }
    var fields = Cursor(bytes, body.contents)
    let structure = "tbsCertificate"
    if fields.nextTag == Tag.version { _ = try fields.field(Tag.version, "version", in: structure) }
    _ = try fields.field(Tag.integer, "serialNumber", in: structure)
    _ = try fields.field(Tag.sequence, "signature", in: structure)
    _ = try fields.field(Tag.sequence, "issuer", in: structure)
    _ = try fields.field(Tag.sequence, "validity", in: structure)
    subject = try fields.field(Tag.sequence, "subject", in: structure).whole
    _ = try fields.field(Tag.sequence, "subjectPublicKeyInfo", in: structure)
  }

  private enum Tag {
    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let sequence: UInt8 = 0x30
    static let version: UInt8 = 0xa0
  }

  /// One element.
  private struct Element {
    let whole: Range<Int>
    let contents: Range<Int>
  }

  /// Goes through the elements of a range.
  private struct Cursor {
    private let bytes: [UInt8]
    private let end: Int
    private(set) var position: Int

    init(_ bytes: [UInt8], _ range: Range<Int>) {
      self.bytes = bytes
      position = range.lowerBound
      end = range.upperBound
    }

    var isAtEnd: Bool { position == end }

    var nextTag: UInt8? { position < end ? bytes[position] : nil }

    /// The next element, which must have this tag.
    mutating func field(
      _ tag: UInt8, _ name: String, in structure: String
    ) throws(CertificateError) -> Element {
      guard let found = nextTag else {
        if name == structure { throw CertificateError(structure, "is not DER") }
        throw CertificateError(structure, "has no \(name)")
      }
      guard found == tag else { throw CertificateError(name, "has another tag than it must") }
      let start = position
      position += 1
      guard let count = length(), count <= end - position else {
        throw CertificateError(name, "is not DER")
      }
      let contents = position..<position + count
      position = contents.upperBound
      return Element(whole: start..<position, contents: contents)
    }

    /// A definite length in as few bytes as can be (X.690 section 10.1), of three bytes at most.
    private mutating func length() -> Int? {
      guard let first = nextByte() else { return nil }
      if first < 0x80 { return Int(first) }
      let count = Int(first & 0x7f)
      guard (1...3).contains(count) else { return nil }
      var value = 0
      for _ in 0..<count {
        guard let byte = nextByte() else { return nil }
        value = value << 8 | Int(byte)
      }
      return value >= 0x80 && value >> (8 * (count - 1)) > 0 ? value : nil
    }

    private mutating func nextByte() -> UInt8? {
      guard position < end else { return nil }
      defer { position += 1 }
      return bytes[position]
    }
  }
}
