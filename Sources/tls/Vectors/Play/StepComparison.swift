/// Compares what our side sent when a connection was recorded with what it sends now.
struct StepComparison {
  let connection: Int
  let file: VectorConnection
  let engine: VectorConnection

  /// The first difference, down to the field.
  var difference: VectorDifference? {
    for index in 0..<max(file.steps.count, engine.steps.count) {
      let old = file.steps.dropFirst(index).first
      let new = engine.steps.dropFirst(index).first
      guard old != new else { continue }
      let place = "connection \(connection), step \(index + 1)"
      if case .sent(let recorded)? = old, case .sent(let sent)? = new {
        return VectorDifference(lines(recorded, sent, index, place))
      }
      return VectorDifference([
        "\(place): not the same happens.", "  file:   \(words(old, index, file.reading))",
        "  engine: \(words(new, index, engine.reading))",
      ])
    }
    return nil
  }

  /// What happens in a step, with the messages that are complete in it.
  private func words(_ step: VectorStep?, _ number: Int, _ reading: Reading) -> String {
    switch step {
    case .sent(let bytes): "\(bytes.count) bytes are sent: \(messages(number, reading))"
    case .received(let bytes): "\(bytes.count) bytes are received: \(messages(number, reading))"
    case .action(let action): "do \(action.text)"
    case .endOfStream: "the stream ends"
    case .none: "nothing"
    }
  }

  private func messages(_ step: Int, _ reading: Reading) -> String {
    let messages = reading.messages.filter { $0.step == step }.map { message in
      guard message.name == "Alert" else { return message.name }
      return "Alert (\(message.fields.map(\.meaning).joined(separator: " ")))"
    }
    return messages.isEmpty ? "no whole message" : messages.joined(separator: ", ")
  }

  // MARK: Bytes

  private func lines(
    _ recorded: [UInt8], _ sent: [UInt8], _ step: Int, _ place: String
  ) -> [String] {
    let offset = zip(recorded, sent).prefix { $0 == $1 }.count
    let head = "\(place), sent: byte \(offset) of \(recorded.count) is different."
    guard let old = file.reading.flights[step], let new = engine.reading.flights[step] else {
      return [head]
    }
    let entries = WireEntry.entries(old, recorded)
    let others = WireEntry.entries(new, sent)
    if let index = WireEntry.firstDifference(entries, others) {
      let (a, b) = (entries.dropFirst(index).first, others.dropFirst(index).first)
      let inner = zip(a?.bytes ?? [], b?.bytes ?? []).prefix { $0 == $1 }.count
      return [
        head, "  where:  \((a ?? b)?.place ?? "nowhere"), byte \(inner) of it",
        "  file:   \(a?.text ?? "nothing more")", "  engine: \(b?.text ?? "nothing more")",
      ]
    }
    // What is in the records is the same: it is their headers, or how they are sealed.
    return [
      head, "  where:  \(WireEntry.place(of: offset, in: old))",
      "  file:   \(WireEntry.excerpt(recorded.dropFirst(offset)))",
      "  engine: \(WireEntry.excerpt(sent.dropFirst(offset)))",
    ]
  }
}
