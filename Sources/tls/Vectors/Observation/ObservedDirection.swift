import TLSEngine

/// What an observer keeps of one direction.
struct ObservedDirection: ~Copyable {
  var stream = HandshakeStream()
  private var isProtected = false
  private var protector: RecordProtector?
  private var count: UInt64 = 0

  init() {}

  /// From now on records are protected.
  ///
  /// - Parameter protector: what opens them; `nil` if the keys are not known.
  mutating func protect(_ protector: consuming RecordProtector?) {
    isProtected = true
    count = 0
    self.protector = protector
  }

  /// What is in a record, and its number if it is protected.
  mutating func open(_ record: [UInt8]) -> (content: [UInt8]?, number: UInt64?) {
    guard isProtected else { return (Array(record.dropFirst(ObservedHeader.byteCount)), nil) }
    let number = count
    count += 1
    let content = try? protector?.open(record)
    return (content, number)
  }

  /// Says of what is no whole message that it is none.
  mutating func end() {
    let count = stream.rest.count
    guard count > 0 else { return }
    stream.cut([Field(name: "part of a message", range: 0..<count)], count)
  }

  /// Puts what the messages say beside the records that they stand in.
  func annotate(_ reading: inout Reading) {
    for (place, fields) in stream.fieldsOfRecords() {
      reading.flights[place.step]?.records[place.record].fields = fields
    }
  }
}

/// Where a record stands.
struct ObservedPlace: Sendable {
  let step: Int
  let record: Int
}

/// The handshake messages of one direction, joined from records.
struct HandshakeStream: Sendable {
  /// Which part of the stream a record holds.
  private var records: [(place: ObservedPlace, range: Range<Int>)] = []
  private var fields: [Field] = []

  /// What has not been cut off yet, and where it begins.
  private(set) var rest: [UInt8] = []
  private var start = 0

  mutating func append(_ content: [UInt8], at place: ObservedPlace) {
    let end = start + rest.count
    records.append((place, end..<end + content.count))
    rest += content
  }

  /// The next message, if it is whole.
  var nextMessage: [UInt8]? { rest[...].firstMessage }

  /// Says what the next bytes are.
  mutating func cut(_ fields: [Field], _ count: Int) {
    for var field in fields {
      field.range = field.range.lowerBound + start..<field.range.upperBound + start
      self.fields.append(field)
    }
    rest.removeFirst(min(count, rest.count))
    start += count
  }

  /// For each record what it says; a field may go on in the next.
  func fieldsOfRecords() -> [(place: ObservedPlace, fields: [Field])] {
    var next = 0
    return records.map { place, range in
      while next < fields.count, fields[next].range.upperBound <= range.lowerBound { next += 1 }
      var parts: [Field] = []
      for field in fields[next...] {
        guard field.range.lowerBound < range.upperBound else { break }
        let part = field.range.clamped(to: range)
        let isFirst = part.lowerBound == field.range.lowerBound
        parts.append(
          Field(
            name: isFirst ? field.name : "\(field.name), continued",
            range: part.lowerBound - range.lowerBound..<part.upperBound - range.lowerBound,
            meaning: isFirst ? field.meaning : "",
            depth: field.depth))
      }
      return (place, parts)
    }
  }
}

extension ArraySlice<UInt8> {
  /// The handshake message that they begin with, once all of it is there (RFC 5246 section 7.4).
  var firstMessage: [UInt8]? {
    let header = prefix(4)
    guard header.count == 4 else { return nil }
    let length = 4 + header.dropFirst().reduce(0) { $0 << 8 | Int($1) }
    return count < length ? nil : Array(prefix(length))
  }
}
