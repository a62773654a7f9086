import TLSCrypto
import TLSEngine

/// Writes a vector as the text that `Vectors/README.md` specifies.
struct VectorWriter {
  private var lines: [String] = []

  /// The whole file.
  static func text(of vector: Vector) -> String {
    var writer = VectorWriter()
    writer.lines = vector.head.lines
    writer.write(vector)
    return writer.sealed()
  }

  private mutating func write(_ vector: Vector) {
    section("recorded")
    lines += ["with = \(vector.program)", "on = \(vector.day)"]
    for (index, connection) in vector.connections.enumerated() {
      write(connection, "connection \(index + 1)")
    }
  }

  private mutating func write(_ connection: VectorConnection, _ name: String) {
    section(name)
    let reading = connection.reading
    for (number, step) in connection.steps.enumerated() {
      switch step {
      case .sent(let bytes): write("sent", bytes, reading.flights[number])
      case .received(let bytes): write("received", bytes, reading.flights[number])
      case .action(let action): lines.append("do \(action.text)")
      case .endOfStream: lines.append("end of stream")
      }
    }
    write(connection.facts, "\(name): outcome")
    write(connection.secrets, "\(name): secrets")
  }

  private mutating func write(_ facts: [VectorFact], _ name: String) {
    guard !facts.isEmpty else { return }
    section(name)
    lines += facts.map { $0.value.isEmpty ? "\($0.name) =" : "\($0.name) = \($0.value)" }
  }

  private mutating func section(_ name: String) {
    lines += ["", "[\(name)]"]
  }

  // MARK: Flights

  private mutating func write(_ word: String, _ bytes: [UInt8], _ flight: ObservedFlight?) {
    lines.append("\(word), \(FieldText.bytes(bytes.count))")
    guard let flight else { return write(bytes[...], "", depth: 1) }
    for record in flight.records { write(record, bytes) }
    if flight.end < bytes.count { write(bytes[flight.end...], "no whole record", depth: 1) }
  }

  private mutating func write(_ record: ObservedRecord, _ flight: [UInt8]) {
    let body = record.range.lowerBound + ObservedHeader.byteCount
    let header = flight[record.range.lowerBound..<body].map { Hexadecimal.text([$0]) }
    lines.append(
      "  \(header[0]) \(header[1])\(header[2]) \(header[3])\(header[4]) | \(record.label)")
    guard record.number == nil else {
      for part in record.parts { write(flight[part.range], part.label, depth: 2) }
      guard let content = record.content else { return }
      return write(record.fields, of: content[...], mark: "= ")
    }
    write(record.fields, of: flight[body..<record.range.upperBound], mark: "")
  }

  private mutating func write(_ fields: [Field], of content: ArraySlice<UInt8>, mark: String) {
    for field in fields {
      let range =
        field.range.lowerBound + content.startIndex..<field.range.upperBound
        + content.startIndex
      write(content[range], field.label, depth: 2 + field.depth, mark)
    }
  }

  /// Bytes with what they say, on as many lines as they need.
  private mutating func write(
    _ bytes: ArraySlice<UInt8>, _ label: String, depth: Int, _ mark: String = ""
  ) {
    let indent = String(repeating: "  ", count: depth) + mark
    var rest = bytes
    repeat {
      let part = rest.prefix(VectorFormat.bytesInLine)
      rest = rest.dropFirst(part.count)
      let isFirst = part.startIndex == bytes.startIndex
      let note = isFirst && !label.isEmpty ? "| \(label)" : ""
      let hexadecimal = Hexadecimal.text(Array(part))
      let gap = hexadecimal.isEmpty || note.isEmpty ? "" : " "
      lines.append(indent + hexadecimal + gap + note)
    } while !rest.isEmpty
  }

  // MARK: The end

  /// The text with the digest of itself as its last line.
  private mutating func sealed() -> String {
    section("end")
    let text = lines.joined(separator: "\n") + "\n"
    return text + VectorFormat.digestLine(of: [UInt8](text.utf8)) + "\n"
  }
}

extension VectorFormat {
  /// The last line of a file: the digest of what stands before it.
  static func digestLine(of text: [UInt8]) -> String {
    let digest = (try? Hash.digest(of: text.rawSpan, using: .sha256).array) ?? []
    return "sha256 = " + Hexadecimal.text(digest)
  }
}

extension ObservedRecord {
  /// What its header says.
  fileprivate var label: String {
    var label =
      "record: \(header.typeName), \(header.versionName), \(FieldText.bytes(header.length))"
    if let number {
      label += ", protected, sequence number \(number)"
      if content == nil { label += ", does not open" }
    }
    return label
  }
}

extension VectorHead.Role {
  /// The side of a connection that is ours.
  var side: ConnectionSide { self == .client ? .client : .server }
}
