import TLSCrypto

/// The five bytes before every record (RFC 5246 section 6.2.1).
struct RecordHeader: Sendable, Equatable {
  static let byteCount = 5

  /// The largest plaintext of a record, in bytes (RFC 5246 section 6.2.1).
  static let maximumPlaintextByteCount = 16_384

  /// The largest body of a record on the wire, in bytes (RFC 5246 section 6.2.3).
  static let maximumBodyByteCount = maximumPlaintextByteCount + 2_048

  let type: ContentType

  /// The length of what follows.
  let length: Int

  /// Reads and judges a header before anything of it is trusted.
  ///
  /// - Parameters:
  ///   - negotiated: the version agreed on, or `nil` before there is one: a first record may say TLS
  ///     1.0 or less for old servers' sake (RFC 5246 appendix E.1).
  ///   - isProtected: whether records are. Before, an alert may say another version still: it may come
  ///     from a client that has not read the ServerHello.
  ///   - limit: the largest body that is taken, in bytes.
  init(
    _ bytes: RawSpan, negotiated: ProtocolVersion?, isProtected: Bool,
    limit: Int = maximumBodyByteCount
  ) throws(TLSError) {
    // Read by hand: it stands before every record, and every byte of it is there at once.
    var reader = Reader(bytes)
    let header = try reader.readBytes(Self.byteCount, "record header")
    guard let type = ContentType(rawValue: header[byte: 0]) else {
      throw TLSError(
        .unexpectedMessage,
        .unexpectedMessage(received: Self.guess(bytes), expected: "a TLS record"))
    }
    let version = ProtocolVersion(
      rawValue: UInt16(header[byte: 1]) << 8 | UInt16(header[byte: 2]))
    let mustMatch = isProtected || type != .alert
    let expected = mustMatch ? negotiated : nil
    guard expected.map({ version == $0 }) ?? (version.rawValue >> 8 == 3) else {
      throw TLSError(.protocolVersion, .recordVersion(version, expected: expected))
    }
    let length = Int(header[byte: 3]) << 8 | Int(header[byte: 4])
    guard length <= limit else {
      throw TLSError(.recordOverflow, .recordOverflow(length: length, limit: limit))
    }
    self.type = type
    self.length = length
  }

  /// The length of the body of a record of application data that is whole, of this version and no
  /// longer than `limit`; `nil` for anything else, which is to be judged in full.
  ///
  /// Nearly all records are such, and need no more than this look.
  @inline(__always)
  static func bodyByteCount(
    ofData bytes: RawSpan, _ version: ProtocolVersion?, limit: Int
  ) -> Int? {
    guard bytes.byteCount >= byteCount,
      bytes[byte: 0] == ContentType.applicationData.rawValue,
      bytes.uint16(at: 1) == version?.rawValue
    else { return nil }
    let length = Int(bytes.uint16(at: 3))
    return length <= limit && length <= bytes.byteCount - byteCount ? length : nil
  }

  /// Writes the header of a record with a body of `length` bytes to the start of `record`.
  @inline(__always)
  static func write(
    _ type: ContentType, _ version: ProtocolVersion, length: Int, to record: inout MutableRawSpan
  ) {
    record.storeBytes(of: type.rawValue, toByteOffset: 0, as: UInt8.self)
    record.storeBytes(of: version.rawValue.bigEndian, toByteOffset: 1, as: UInt16.self)
    record.storeBytes(
      of: UInt16(truncatingIfNeeded: length).bigEndian, toByteOffset: 3, as: UInt16.self)
  }

  /// What is authenticated with a record's content: the sequence number, and the header as it would
  /// be for `length` bytes (RFC 5246 sections 6.2.3.1 and 6.2.3.3).
  @inline(__always)
  static func authenticated(
    _ sequenceNumber: UInt64, _ type: ContentType, length: Int
  ) -> InlineArray<13, UInt8> {
    var data: InlineArray<13, UInt8> = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    var bytes = data.mutableRawSpan
    bytes.storeBytes(of: sequenceNumber.bigEndian, toByteOffset: 0, as: UInt64.self)
    bytes.storeBytes(of: type.rawValue, toByteOffset: 8, as: UInt8.self)
    bytes.storeBytes(
      of: ProtocolVersion.tls12.rawValue.bigEndian, toByteOffset: 9, as: UInt16.self)
    bytes.storeBytes(
      of: UInt16(truncatingIfNeeded: length).bigEndian, toByteOffset: 11, as: UInt16.self)
    return data
  }

  /// What bytes that are no record probably are: a wrong port is the commonest mistake of all.
  private static func guess(_ bytes: RawSpan) -> String {
    let start = [UInt8](bytes.extracting(first: min(bytes.byteCount, byteCount)))
    let known = [
      "HTTP/": "plain HTTP", "GET /": "plain HTTP", "POST ": "plain HTTP",
      "HEAD ": "plain HTTP", "SSH-2": "SSH", "220 ": "a greeting in plain text",
    ]
    for (prefix, name) in known where start.starts(with: prefix.utf8) { return name }
    // An SSL 2.0 ClientHello: two bytes of length with the high bit set, then its type, 1.
    if start.count >= 3, start[0] & 0x80 != 0, start[2] == 1 { return "an SSL 2.0 hello" }
    return start.first.map { "a record of the unknown type \($0)" } ?? "nothing"
  }
}
