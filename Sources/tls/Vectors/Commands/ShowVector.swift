import ArgumentParser
import TLSEngine

/// `tls vectors show`.
struct ShowVector: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Draw the ladder of a vector, with what is in its messages.",
    discussion: """
      What is protected is decrypted with the master secret in the file, as an observer does. Nothing \
      is replayed.
      """)

  @Argument(help: "The file of a vector.")
  var path: String

  @Flag(help: "Draw the messages only, without their fields.")
  var short = false

  func run() throws {
    try Failure.reporting {
      let vector: Vector
      do {
        vector = try VectorParser.read(try Files.read(path))
      } catch let error as VectorError {
        throw Failure(.usage, "\(path): \(error)")
      }
      for line in VectorLadder(vector, short: short).lines { Output.line(line) }
    }
  }
}

/// The ladder of a vector.
struct VectorLadder {
  private let vector: Vector
  private let isShort: Bool
  private let ladder: Ladder

  init(_ vector: Vector, short: Bool) {
    self.vector = vector
    isShort = short
    ladder = Ladder(own: vector.head.role.rawValue, peer: vector.head.peer.first ?? "peer")
  }

  var lines: [String] {
    var lines = [vector.head.shows, "recorded with \(vector.program), \(vector.day)"]
    for (index, connection) in vector.connections.enumerated() {
      lines += ["", "connection \(index + 1)", ladder.heading]
      lines += self.lines(connection)
    }
    return lines
  }

  private func lines(_ connection: VectorConnection) -> [String] {
    let (side, reading) = (connection.side, connection.reading)
    var lines: [String] = []
    for (number, step) in connection.steps.enumerated() {
      switch step {
      case .action(let action): lines.append("  do \(action.text)")
      case .endOfStream: lines.append("  the peer's stream ends")
      case .sent(let bytes):
        lines += self.lines(number, reading, side) + rest(.sent, bytes, reading.flights[number])
      case .received(let bytes):
        lines += self.lines(number, reading, side) + rest(.received, bytes, reading.flights[number])
      }
    }
    return lines
  }

  /// The messages that are complete in a step.
  private func lines(_ step: Int, _ reading: Reading, _ side: ConnectionSide) -> [String] {
    reading.messages.filter { $0.step == step }.flatMap { lines($0, side) }
  }

  /// What is no record, if there is something.
  private func rest(
    _ direction: TraceEntry.Direction, _ bytes: [UInt8], _ flight: ObservedFlight?
  ) -> [String] {
    let rest = Array(bytes.dropFirst(flight?.end ?? 0))
    return rest.isEmpty
      ? [] : [ladder.line(direction, "no whole record", rest.count, rest.vectorText)]
  }

  private func lines(_ message: ObservedMessage, _ side: ConnectionSide) -> [String] {
    let isMessage = message.fields.first?.name == message.name
    // What a handshake message says is in its fields; of the rest one line says it all.
    let detail = isMessage ? "" : message.fields.map(\.meaning).joined(separator: " ")
    let direction: TraceEntry.Direction = message.side == side ? .sent : .received
    let head = ladder.line(direction, message.name, message.byteCount, detail)
    guard !isShort, isMessage else { return [head] }
    return [head]
      + message.fields.dropFirst().map { field in
        let indent = String(repeating: "  ", count: 4 + field.depth)
        return indent
          + (field.meaning.isEmpty ? "\(field.name): \(text(field, message))" : field.label)
      }
  }

  /// The bytes of a field that says nothing else.
  private func text(_ field: Field, _ message: ObservedMessage) -> String {
    let bytes = message.bytes[field.range.clamped(to: message.bytes.indices)]
    let start = Hexadecimal.text(Array(bytes.prefix(VectorFormat.bytesInLine)))
    return bytes.count > VectorFormat.bytesInLine ? "\(start)... (\(bytes.count) bytes)" : start
  }
}
