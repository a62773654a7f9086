/// A record as it stands on the wire (RFC 5246 section 6.2.1), right or wrong.
struct WireRecord: Sendable, Equatable {
  static let headerByteCount = 5
  static let changeCipherSpec: UInt8 = 20
  static let alert: UInt8 = 21
  static let handshake: UInt8 = 22

  /// All of its bytes, at least the header's.
  private(set) var bytes: [UInt8]

  /// The record at the beginning of `bytes`, once all of it is there.
  init?(atStartOf bytes: ArraySlice<UInt8>) {
    let header = Array(bytes.prefix(Self.headerByteCount))
    guard header.count == Self.headerByteCount else { return nil }
    let end = Self.headerByteCount + (Int(header[3]) << 8 | Int(header[4]))
    guard bytes.count >= end else { return nil }
    self.bytes = Array(bytes.prefix(end))
  }

  init(type: UInt8, version: [UInt8] = [3, 3], body: [UInt8]) {
    let length = UInt16(truncatingIfNeeded: body.count)
    bytes = [type] + version + [UInt8(length >> 8), UInt8(length & 255)] + body
  }

  var type: UInt8 { bytes.first ?? 0 }
  var version: [UInt8] { Array(bytes.dropFirst().prefix(2)) }
  var body: [UInt8] { Array(bytes.dropFirst(Self.headerByteCount)) }
  private var length: [UInt8] { Array(bytes.dropFirst(3).prefix(2)) }

  /// The bytes after an edit; `nil` if it does not fit.
  func applying(_ change: Edit.RecordChange) -> [UInt8]? {
    switch change {
    case .whole(let change): return change.applied(to: bytes)
    case .drop: return []
    case .twice: return bytes + bytes
    case .type(let change):
      return change.applied(to: [type]).map { $0 + bytes.dropFirst(1) }
    case .version(let change):
      return change.applied(to: version).map { [type] + $0 + bytes.dropFirst(3) }
    case .length(let change):
      return change.applied(to: length).map { [type] + version + $0 + body }
    case .body(let change):
      return change.applied(to: body).map {
        WireRecord(type: type, version: version, body: $0).bytes
      }
    }
  }
}
