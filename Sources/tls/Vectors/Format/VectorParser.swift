import TLSCrypto

/// Reads the text of a vector: what went in and out. What else is written beside it, the reader of a
/// vector makes anew.
struct VectorParser {
  private var vector: Vector

  /// The section that is read, by the name in its brackets.
  private var section = ""

  /// The number of the line that is read.
  private var number = 0

  /// Reads a whole file. One that has nothing behind its head is not recorded yet, and has no
  /// connections.
  ///
  /// - Throws: ``VectorError`` with the line that is wrong.
  static func read(_ bytes: [UInt8]) throws(VectorError) -> Vector {
    let lines = try lines(of: bytes)
    let headCount = lines.firstIndex { $0.hasPrefix("[") } ?? lines.count
    var headLines = Array(lines[..<headCount])
    while headLines.last == "" { headLines.removeLast() }
    let head = try VectorHead(headLines)
    var parser = VectorParser(Vector(head: head, program: "", day: "", connections: []))
    for index in headCount..<lines.count {
      parser.number = index + 1
      try parser.read(lines[index])
    }
    return parser.vector
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
    case _ where section.hasSuffix(": secrets"): readSecret(line)
    case _ where section.hasSuffix(": outcome"): break
    default: try readStep(line)
    }
  }

  private mutating func begin(_ line: String) throws(VectorError) {
    section = String(line.dropFirst().dropLast())
    let next = "connection \(vector.connections.count + 1)"
    let last = "connection \(vector.connections.count)"
    switch section {
    case "recorded", "end", "\(last): outcome", "\(last): secrets": break
    case next: vector.connections.append(VectorConnection(steps: []))
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

  private mutating func readSecret(_ line: String) {
    guard case ("master_secret", let value)? = VectorFormat.field(line) else { return }
    let digits = [UInt8](value.utf8)
    guard let secret = Hexadecimal.bytes(digits.span), !vector.connections.isEmpty else { return }
    vector.connections[vector.connections.count - 1].masterSecret = [UInt8](secret.bytes)
  }

  // MARK: Flights

  private mutating func readStep(_ line: String) throws(VectorError) {
    if line.hasPrefix(" ") { return try readBytes(line) }
    if line.hasPrefix("sent, ") { return add(.sent([])) }
    if line.hasPrefix("received, ") { return add(.received([])) }
    if line == "end of stream" { return add(.endOfStream) }
    guard line.hasPrefix("do "), let action = VectorAction(String(line.dropFirst(3))) else {
      throw VectorError(line: number, "neither bytes, nor anything that happens: \(line)")
    }
    add(.action(action))
  }

  private mutating func add(_ step: VectorStep) {
    guard !vector.connections.isEmpty else { return }
    vector.connections[vector.connections.count - 1].steps.append(step)
  }

  private mutating func readBytes(_ line: String) throws(VectorError) {
    let wire = line.prefix { $0 != "|" }
    guard wire.first(where: { $0 != " " }) != "=" else { return }
    let digits = wire.utf8.filter { $0 != 0x20 }
    guard let secret = Hexadecimal.bytes(digits.span) else {
      throw VectorError(line: number, "these are no hexadecimal digits: \(wire)")
    }
    guard !vector.connections.isEmpty else { return }
    let bytes = [UInt8](secret.bytes)
    let last = vector.connections.count - 1
    switch vector.connections[last].steps.popLast() {
    case .sent(let before): add(.sent(before + bytes))
    case .received(let before): add(.received(before + bytes))
    default: throw VectorError(line: number, "these bytes are neither sent nor received")
    }
  }
}
