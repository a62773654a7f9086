import TLSEngine

/// Compares what our side sent when a connection was recorded with what it sends now.
struct StepComparison {
  let connection: Int
  let file: VectorConnection
  let engine: VectorConnection
  let side: ConnectionSide

  /// The first difference, down to the field.
  var difference: VectorDifference? {
    for index in 0..<max(file.steps.count, engine.steps.count) {
      let old = file.steps.dropFirst(index).first
      let new = engine.steps.dropFirst(index).first
      guard old != new else { continue }
      let place = "connection \(connection), step \(index + 1)"
      if case .sent(let recorded)? = old, case .sent(let sent)? = new {
        return bytes(recorded, sent, index, place)
      }
      return VectorDifference([
        "\(place): not the same happens.", "  file:   \(Self.words(old))",
        "  engine: \(Self.words(new))",
      ])
    }
    return nil
  }

  private static func words(_ step: VectorStep?) -> String {
    switch step {
    case .sent(let bytes):
      "\(bytes.count) bytes are sent: \(Hexadecimal.text(Array(bytes.prefix(16))))"
    case .received(let bytes): "\(bytes.count) bytes are received"
    case .action(let action): "do \(action.text)"
    case .endOfStream: "the stream ends"
    case .none: "nothing"
    }
  }

  private func bytes(
    _ recorded: [UInt8], _ sent: [UInt8], _ step: Int, _ place: String
  ) -> VectorDifference {
    let offset = zip(recorded, sent).prefix { $0 == $1 }.count
    let old = reading(file)
    let new = reading(engine)
    var lines = ["\(place), sent: byte \(offset) of \(recorded.count) is different."]
    let spot = old.flights[step].map { WireSpot(offset, in: $0, bytes: recorded, old, step) }
    // Sealed bytes differ from the first one on; what is in them says more.
    if let spot, let inner = innerDifference(spot, step, old, new) {
      lines += inner
    } else {
      lines.append("  where:  \(spot?.text ?? "before any record")")
      lines.append("  file:   \(Self.excerpt(recorded, offset))")
      lines.append("  engine: \(Self.excerpt(sent, offset))")
    }
    return VectorDifference(lines)
  }

  private func reading(_ connection: VectorConnection) -> Reading {
    Observer.read(connection.steps, ownSide: side, masterSecret: connection.masterSecret)
  }

  /// The difference within the content of two protected records, if there is one.
  private func innerDifference(
    _ spot: WireSpot, _ step: Int, _ old: Reading, _ new: Reading
  ) -> [String]? {
    guard let number = spot.record, let a = old.flights[step]?.records.dropFirst(number).first,
      let b = new.flights[step]?.records.dropFirst(number).first, a.number != nil,
      let recorded = a.content, let sent = b.content, recorded != sent
    else { return nil }
    let offset = zip(recorded, sent).prefix { $0 == $1 }.count
    return [
      "  where:  \(spot.text), in it byte \(offset) of the plaintext: "
        + WireSpot.name(offset, in: a.pieces),
      "  file:   \(Self.excerpt(recorded, offset))", "  engine: \(Self.excerpt(sent, offset))",
    ]
  }

  private static func excerpt(_ bytes: [UInt8], _ offset: Int) -> String {
    guard offset < bytes.count else { return "nothing more" }
    let end = min(offset + 16, bytes.count)
    return Hexadecimal.text(Array(bytes[offset..<end])) + (end < bytes.count ? " ..." : "")
  }
}

/// Where a byte of a flight stands: record, message, field.
struct WireSpot {
  /// The number of the record in the flight.
  private(set) var record: Int?
  private(set) var text = "behind the last record"

  init(_ offset: Int, in flight: ObservedFlight, bytes: [UInt8], _ reading: Reading, _ step: Int) {
    for (number, record) in flight.records.enumerated() where record.range.contains(offset) {
      self.record = number
      text = "record \(number + 1) of the flight (\(record.header.typeName)), "
      let inRecord = offset - record.range.lowerBound
      guard inRecord >= ObservedHeader.byteCount else {
        text += "byte \(inRecord) of its header"
        return
      }
      let inBody = inRecord - ObservedHeader.byteCount
      text += "byte \(inBody) of its body: "
      text +=
        record.number == nil
        ? Self.name(inBody, in: record.pieces) : Self.name(offset, in: record.parts)
    }
  }

  /// The message and the field that an offset is in.
  static func name(_ offset: Int, in pieces: [Piece]) -> String {
    guard let index = pieces.firstIndex(where: { $0.range.contains(offset) }) else {
      return "nothing that has a name"
    }
    let piece = pieces[index]
    let field = "\(piece.label) (byte \(offset - piece.range.lowerBound) of it)"
    guard piece.depth > 0, let message = pieces[..<index].last(where: { $0.depth == 0 }) else {
      return field
    }
    return "\(message.label), \(field)"
  }
}
