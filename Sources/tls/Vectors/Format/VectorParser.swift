/// Reads the text of a vector: what went in and out. What else is written beside it, the reader of a
/// vector makes anew.
struct VectorParser {
  private var vector: Vector

  /// The section that is read, by the name in its brackets.
  private var section = ""

  /// The number of the line that is read.
  private var number = 0

  /// The bytes of the flight that is read, and whether our side sent them.
  private var flight: (bytes: [UInt8], isSent: Bool)?

  /// How many bytes of data the actions among the flights have.
  private var sentByteCount = 0

  /// Reads a whole file. One that has nothing behind its head is not recorded yet, and has no
  /// connections.
  ///
  /// - Throws: ``VectorError`` with the line that is wrong.
  static func read(_ bytes: [UInt8]) throws(VectorError) -> Vector {
    let lines = try lines(of: bytes)
    let headCount = headCount(lines)
    let head = try head(lines[..<headCount])
    var parser = VectorParser(Vector(head: head, program: "", day: "", connections: []))
    for index in headCount..<lines.count {
      parser.number = index + 1
      try parser.read(lines[index])
    }
    parser.endFlight()
    return parser.vector
  }

  /// Reads the head alone, and whether there is more: what was recorded may be anything.
  ///
  /// - Throws: ``VectorError`` with the line that is wrong.
  static func readHead(
    _ bytes: [UInt8]
  ) throws(VectorError) -> (head: VectorHead, isRecorded: Bool) {
    let end = bytes.firstRange(of: [0x0a, 0x5b])?.lowerBound.advanced(by: 1) ?? bytes.count
    let lines = try lines(of: Array(bytes[..<end]))
    let head = try head(lines[...])
    return (head, end < bytes.count)
  }

  private static func headCount(_ lines: [String]) -> Int {
    lines.firstIndex { $0.hasPrefix("[") } ?? lines.count
  }

  private static func head(_ lines: ArraySlice<String>) throws(VectorError) -> VectorHead {
    var lines = Array(lines)
    while lines.last == "" { lines.removeLast() }
    return try VectorHead(lines)
  }

  private init(_ vector: Vector) {
    self.vector = vector
  }

  private static func lines(of bytes: [UInt8]) throws(VectorError) -> [String] {
    var lines: [String] = []
    for line in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
      guard line.allSatisfy({ (0x20..<0x7f).contains($0) }) else {
        throw VectorError(line: lines.count + 1, "a character is not printable ASCII")
      }
      lines.append(String(decoding: line, as: UTF8.self))
    }
    guard lines.popLast() == "" else {
      throw VectorError(line: lines.count + 1, "the last line does not end")
    }
    return lines
  }

  private mutating func read(_ line: String) throws(VectorError) {
    if line.hasPrefix("[") { return try begin(line) }
    if line.isEmpty || section == "end" { return }
    switch section {
    case "recorded": try readRecorded(line)
    case _ where section.hasSuffix(": secrets"): try readSecret(line)
    case _ where section.hasSuffix(": outcome"):
      let fact = try fact(line)
      vector.connections[vector.connections.count - 1].facts.append(fact)
    default: try readStep(line)
    }
  }

  private mutating func begin(_ line: String) throws(VectorError) {
    endFlight()
    section = String(line.dropFirst().dropLast())
    let next = "connection \(vector.connections.count + 1)"
    let last = "connection \(vector.connections.count)"
    switch section {
    case "recorded", "end": break
    case "\(last): outcome" where !vector.connections.isEmpty: break
    case "\(last): secrets" where !vector.connections.isEmpty: break
    case next: vector.connections.append(VectorConnection(side: vector.head.role.side))
    default: throw VectorError(line: number, "there is no section \(line) here")
    }
  }

  private mutating func readRecorded(_ line: String) throws(VectorError) {
    switch VectorFormat.field(line) {
    case ("with", let value)?: vector.program = value
    case ("on", let value)?: vector.day = value
    default: throw VectorError(line: number, "[recorded] has with and on, and not \(line)")
    }
  }

  private func fact(_ line: String) throws(VectorError) -> VectorFact {
    guard let (name, value) = VectorFormat.field(line) else {
      throw VectorError(line: number, "a line here is NAME = VALUE, not \(line)")
    }
    return VectorFact(name, value)
  }

  private mutating func readSecret(_ line: String) throws(VectorError) {
    let fact = try fact(line)
    let last = vector.connections.count - 1
    vector.connections[last].secrets.append(fact)
    guard fact.name == "master_secret" else { return }
    guard let secret = Hexadecimal.bytes(of: fact.value.utf8) else {
      throw VectorError(line: number, "the master secret is no hexadecimal")
    }
    vector.connections[last].masterSecret = secret
  }

  // MARK: Flights

  private mutating func readStep(_ line: String) throws(VectorError) {
    if line.hasPrefix(" ") { return try readBytes(line) }
    endFlight()
    if line.hasPrefix("sent, ") {
      flight = ([], isSent: true)
      return
    }
    if line.hasPrefix("received, ") {
      flight = ([], isSent: false)
      return
    }
    if line == "end of stream" { return add(.endOfStream) }
    guard line.hasPrefix("do "), let action = VectorAction(String(line.dropFirst(3))) else {
      throw VectorError(line: number, "neither bytes, nor anything that happens: \(line)")
    }
    sentByteCount += action.byteCount
    guard sentByteCount <= VectorFormat.maximumDataByteCount else {
      throw VectorError(
        line: number, "a vector sends \(VectorFormat.maximumDataByteCount) bytes of data at most")
    }
    add(.action(action))
  }

  private mutating func readBytes(_ line: String) throws(VectorError) {
    let wire = line.prefix { $0 != "|" }
    guard wire.first(where: { $0 != " " }) != "=" else { return }
    guard let bytes = Hexadecimal.bytes(of: wire.utf8.filter { $0 != 0x20 }) else {
      throw VectorError(line: number, "these are no hexadecimal digits: \(wire)")
    }
    guard flight != nil else {
      throw VectorError(line: number, "these bytes are neither sent nor received")
    }
    flight?.bytes.append(contentsOf: bytes)
  }

  /// What was read of a flight is all of it.
  private mutating func endFlight() {
    guard let (bytes, isSent) = flight else { return }
    flight = nil
    add(isSent ? .sent(bytes) : .received(bytes))
  }

  private mutating func add(_ step: VectorStep) {
    guard !vector.connections.isEmpty else { return }
    vector.connections[vector.connections.count - 1].steps.append(step)
  }
}
