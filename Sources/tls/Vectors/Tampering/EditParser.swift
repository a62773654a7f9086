/// Reads the line of an ``Edit``.
struct EditParser {
  /// How many bytes an edit makes at most of one thing that it repeats.
  private static let maximumByteCount = 1 << 20

  private let line: String
  private var words: [Substring]
  /// What stands behind the colon, if there is one.
  private let argument: Substring?

  private init(_ line: String) {
    self.line = line
    let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    words = (parts.first ?? "").split(separator: " ")
    argument = parts.count > 1 ? parts[1] : nil
  }

  /// The connection and the action that a line says.
  static func parse(_ line: String) throws(Failure) -> (connection: Int, action: Edit.Action) {
    var parser = EditParser(line)
    let connection = try parser.connection()
    return (connection, try parser.action())
  }

  private func failure(_ problem: String) -> Failure {
    Failure(.usage, "\"\(line)\" is no edit: \(problem)")
  }

  /// `connection 2, ` before everything else.
  private mutating func connection() throws(Failure) -> Int {
    guard words.first == "connection" else { return 1 }
    guard words.count > 2, words[1].hasSuffix(","), let number = Int(words[1].dropLast()),
      number > 0
    else { throw failure("it is \"connection 2, …\"") }
    words.removeFirst(2)
    return number
  }

  private mutating func action() throws(Failure) -> Edit.Action {
    guard let verb = words.first else { throw failure("nothing is said") }
    switch verb {
    case "drop", "repeat", "flip", "shorten", "split", "move", "append", "exactly", "before",
      "after":
      words.removeFirst()
    default: return try change(.replace(try bytes()))
    }
    switch verb {
    case "drop": return try drop()
    case "repeat":
      if words.first == "record" { return .record(.twice, of: try record(words)) }
      return .message(.twice, of: try message(words))
    case "flip":
      let place = try number(behind: "at") ?? -1
      return try change(.flip(at: place))
    case "shorten":
      guard let count = try number(behind: "by"), count >= 0 else {
        throw failure("it is \"shorten … by 1\"")
      }
      return try change(.shorten(count))
    case "split": return try split()
    case "move": return try move()
    case "append":
      guard words.first == "to" else { throw failure("it is \"append to …: 00\"") }
      words.removeFirst()
      return try change(.append(try bytes()))
    case "exactly": return try change(.replace(try bytes()), keepsLengths: true)
    default: return .insert(try contents(), verb == "before" ? .before : .after, try place())
    }
  }

  // MARK: What is changed

  private func change(
    _ change: Edit.ByteChange, keepsLengths: Bool = false
  ) throws(Failure) -> Edit.Action {
    if words.first == "record" { return try recordChange(change) }
    // Names of fields may have spaces in them.
    let path = words.joined(separator: " ")
    guard let dot = path.firstIndex(of: ".") else {
      return .message(.bytes(change), of: try message(words))
    }
    return .field(
      change, of: try message([path[..<dot]]), path: path, keepsLengths: keepsLengths)
  }

  private func recordChange(_ change: Edit.ByteChange) throws(Failure) -> Edit.Action {
    guard let last = words.last, let dot = last.lastIndex(of: ".") else {
      return .record(.whole(change), of: try record(words))
    }
    let place = try record(words.dropLast() + [last[..<dot]])
    switch last[dot...].dropFirst() {
    case "type": return .record(.type(change), of: place)
    case "version": return .record(.version(change), of: place)
    case "length": return .record(.length(change), of: place)
    case "body": return .record(.body(change), of: place)
    default: throw failure("a record has type, version, length and body")
    }
  }

  private func drop() throws(Failure) -> Edit.Action {
    if words.first == "record" { return .record(.drop, of: try record(words)) }
    guard words.contains(where: { $0.contains(".") }) else {
      return .message(.drop, of: try message(words))
    }
    return try change(.replace([]))
  }

  private mutating func move() throws(Failure) -> Edit.Action {
    guard words.count == 3, words[1] == "after" else { throw failure("it is \"move A after B\"") }
    return .message(
      .moveAfter(try message(words.suffix(1))), of: try message(words.prefix(1)))
  }

  private mutating func split() throws(Failure) -> Edit.Action {
    guard let place = try number(behind: "at"), place >= 0 else {
      throw failure("it is \"split … at 4\"")
    }
    return .message(
      .split(at: place, argument == nil ? [] : try contents()), of: try message(words))
  }

  private func place() throws(Failure) -> Edit.Place {
    words.first == "record" ? .record(try record(words)) : .message(try message(words))
  }

  private func message(_ words: some Collection<Substring>) throws(Failure) -> String {
    guard words.count == 1, let word = words.first else { throw failure("one name is missing") }
    guard MessageName.all.contains(String(word)) else {
      throw failure("there is no message \(String(word).printable)")
    }
    return String(word)
  }

  /// `record 3` or `record of Finished`.
  private func record(_ words: some Collection<Substring>) throws(Failure) -> Edit.RecordPlace {
    let words = Array(words)
    if words.count == 2, let number = Int(words[1]), number >= 0 { return .number(number) }
    guard words.count == 3, words[1] == "of" else {
      throw failure("it is \"record 3\" or \"record of Finished\"")
    }
    return .of(try message(words.suffix(1)))
  }

  /// A number at the end behind this word, which both are taken off.
  private mutating func number(behind word: String) throws(Failure) -> Int? {
    guard words.count > 1, words[words.count - 2] == word else { return nil }
    guard let number = Int(words[words.count - 1]),
      (-Self.maximumByteCount...Self.maximumByteCount).contains(number)
    else {
      throw failure("behind \"\(word)\" stands a number")
    }
    words.removeLast(2)
    return number
  }

  // MARK: Bytes

  private func bytes() throws(Failure) -> [UInt8] {
    guard let argument else { throw failure("a colon and bytes are missing") }
    return try bytes(argument.split(separator: " "))
  }

  /// Hexadecimal, `empty`, or `16385 of 61`.
  private func bytes(_ words: [Substring]) throws(Failure) -> [UInt8] {
    if words == ["empty"] { return [] }
    if words.count == 3, words[1] == "of", let count = Int(words[0]) {
      let pattern = try bytes([words[2]])
      guard (0...Self.maximumByteCount / max(1, pattern.count)).contains(count) else {
        throw failure("\(count) of \(pattern.count) bytes are too many")
      }
      return Array([[UInt8]](repeating: pattern, count: count).joined())
    }
    let digits = words.joined()
    guard !digits.isEmpty, let bytes = Hexadecimal.bytes(of: digits.utf8) else {
      throw failure("\(digits.printable) are no bytes in hexadecimal")
    }
    return bytes
  }

  private func contents() throws(Failure) -> [Edit.Content] {
    guard let argument else { throw failure("a colon and what is to come there are missing") }
    var all: [Edit.Content] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      all += try content(part.split(separator: " "))
    }
    return all
  }

  private func content(_ given: [Substring]) throws(Failure) -> [Edit.Content] {
    var (words, count, isPlain) = (given, 1, false)
    if words.count > 2, words[1] == "times", let times = Int(words[0]), (1...65_536).contains(times)
    {
      words.removeFirst(2)
      count = times
    }
    if words.first == "plain" {
      words.removeFirst()
      isPlain = true
    }
    let kind = try kind(&words)
    let content = Edit.Content(kind: kind, bytes: try bytes(words), isPlain: isPlain)
    guard count <= Self.maximumByteCount / max(1, content.bytes.count) else {
      throw failure("\(count) times \(content.bytes.count) bytes are too many")
    }
    return Array(repeating: content, count: count)
  }

  private func kind(_ words: inout [Substring]) throws(Failure) -> Edit.Content.Kind {
    let kinds: [Substring: Edit.Content.Kind] = [
      "change_cipher_spec": .record(type: 20), "alert": .record(type: 21),
      "handshake": .record(type: 22), "application_data": .record(type: 23), "record": .raw,
    ]
    guard let first = words.first else { throw failure("nothing is said to come there") }
    guard let kind = kinds[first] else { return .message }
    words.removeFirst()
    return kind
  }
}

extension Edit {
  /// - Parameter line: what stands behind `edit = `.
  /// - Throws: what is wrong with it, if it is no edit.
  init(_ line: String) throws(Failure) {
    (connection, action) = try EditParser.parse(line)
    self.line = line
  }
}
