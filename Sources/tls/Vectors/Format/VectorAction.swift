import TLSEngine

/// Something done in a vector besides passing bytes on.
enum VectorAction: Equatable, Sendable {
  /// Our side sends application data.
  case send(VectorText)
  /// Until the data from the peer ends with this.
  case awaitText(VectorText)
  /// Until so many bytes of data have come.
  case awaitBytes(Int)
  /// Until the peer has said that it is done, or its transport ends.
  case awaitClose
  /// The peer's program is typed to.
  case type(VectorText)
  /// Our side says that it is done.
  case close
  /// Our side ends the transport without a word.
  case cut
  /// Our side ends the connection with a fatal alert.
  case abort(AlertDescription)
  /// The next connection begins.
  case connect
  /// The clock of the next connection is so many seconds ahead.
  case clock(Int)

  /// Reads what stands behind `do`.
  init?(_ text: String) {
    let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    let verb = parts[0]
    let rest = parts.count > 1 ? String(parts[1]) : nil
    guard let action = rest.map({ Self.read(String(verb), $0) }) ?? Self.read(String(verb)) else {
      return nil
    }
    self = action
  }

  private static func read(_ verb: String) -> VectorAction? {
    switch verb {
    case "close": .close
    case "cut": .cut
    case "connect": .connect
    default: nil
    }
  }

  private static func read(_ verb: String, _ rest: String) -> VectorAction? {
    switch verb {
    case "send": return VectorText(rest).map { .send($0) }
    case "type": return VectorText(rest).map { .type($0) }
    case "await": return awaiting(rest)
    case "abort": return AlertDescription(vectorName: rest).map { .abort($0) }
    case "clock":
      guard rest.hasPrefix("+"), let seconds = Int(rest.dropFirst()) else { return nil }
      return (0...1_000_000_000).contains(seconds) ? .clock(seconds) : nil
    default: return nil
    }
  }

  private static func awaiting(_ rest: String) -> VectorAction? {
    if rest == "close" { return .awaitClose }
    let words = VectorFormat.words(rest)
    if words.count == 2, words[1] == "bytes", let count = Int(words[0]) {
      return (1...1 << 24).contains(count) ? .awaitBytes(count) : nil
    }
    return VectorText(rest).map { .awaitText($0) }
  }

  /// Whether the engine has a part in it, so that it has its place among the flights.
  var isOfEngine: Bool {
    switch self {
    case .send, .close, .cut, .abort: true
    default: false
    }
  }

  /// How many bytes of text it has.
  var byteCount: Int {
    switch self {
    case .send(let text), .awaitText(let text), .type(let text): text.bytes.count
    default: 0
    }
  }

  /// As it stands behind `do`.
  var text: String {
    switch self {
    case .send(let text): "send \(text.source)"
    case .awaitText(let text): "await \(text.source)"
    case .awaitBytes(let count): "await \(count) bytes"
    case .awaitClose: "await close"
    case .type(let text): "type \(text.source)"
    case .close: "close"
    case .cut: "cut"
    case .abort(let alert): "abort \(alert)"
    case .connect: "connect"
    case .clock(let seconds): "clock +\(seconds)"
    }
  }
}

/// Bytes as a line says them: text with `\n`, `\r`, `\t`, `\\` and `\xHH`, or `N of TEXT`, which is so
/// many bytes of a text repeated.
struct VectorText: Equatable, Sendable {
  /// As the line has it.
  let source: String

  let bytes: [UInt8]

  init?(_ source: String) {
    self.source = source
    let parts = source.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    if parts.count == 3, parts[1] == "of", let count = Int(parts[0]) {
      guard (1...1 << 20).contains(count), let text = Self.bytes(parts[2]), !text.isEmpty else {
        return nil
      }
      bytes = (0..<count).map { text[$0 % text.count] }
    } else {
      guard let text = Self.bytes(source[...]) else { return nil }
      bytes = text
    }
  }

  private static func bytes(_ source: Substring) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = source.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "n"): bytes.append(0x0a)
      case UInt8(ascii: "r"): bytes.append(0x0d)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "\\"): bytes.append(0x5c)
      case UInt8(ascii: "x"):
        guard let byte = Hexadecimal.bytes(of: rest.prefix(2)), byte.count == 1 else { return nil }
        bytes += byte
        rest = rest.dropFirst(2)
      default: return nil
      }
    }
    return bytes
  }
}

/// How a refusal ends.
enum VectorExpectation: Equatable, Sendable, CustomStringConvertible {
  /// Our side sends this alert.
  case sent(AlertDescription)
  /// The peer sends this alert.
  case received(AlertDescription)
  /// The transport ends where it must not.
  case endOfStream

  init?(_ text: String) {
    let words = VectorFormat.words(text)
    switch words.first {
    case "sent" where words.count == 2:
      guard let alert = AlertDescription(vectorName: words[1]) else { return nil }
      self = .sent(alert)
    case "received" where words.count == 2:
      guard let alert = AlertDescription(vectorName: words[1]) else { return nil }
      self = .received(alert)
    case "end" where text == "end of stream": self = .endOfStream
    default: return nil
    }
  }

  var description: String {
    switch self {
    case .sent(let alert): "sent \(alert)"
    case .received(let alert): "received \(alert)"
    case .endOfStream: "end of stream"
    }
  }
}

extension AlertDescription {
  /// The alert of this name in the RFCs.
  init?(vectorName name: String) {
    let all = (UInt8.min...UInt8.max).map { AlertDescription(rawValue: $0) }
    guard let alert = all.first(where: { $0.description == name }) else { return nil }
    self = alert
  }
}
