/// A vector as JSON: the same as its text, for programs that would rather not read that.
struct VectorJSON {
  private let vector: Vector
  private let path: String

  init(_ vector: Vector, path: String) {
    self.vector = vector
    self.path = path
  }

  var json: JSON {
    let head = vector.head
    return .object([
      ("format", .string(VectorFormat.version)),
      ("path", .string(path)),
      ("shows", .string(head.shows)),
      ("role", .string(head.role.rawValue)),
      ("name", .optional(head.name)),
      ("options", .array(head.options.map { .string($0) })),
      ("clock", .string("\(head.clock)")),
      ("seed", .string(head.seed)),
      ("peer", .array(head.peer.map { .string($0) })),
      ("edits", .array(head.edits.map { .string($0.line) })),
      ("actions", .array(head.actions.map { .string($0.text) })),
      ("expect", .optional(head.expectation?.description)),
      ("recordedWith", .string(vector.program)),
      ("recordedOn", .string(vector.day)),
      ("connections", .array(vector.connections.map(json))),
    ])
  }

  private func json(_ connection: VectorConnection) -> JSON {
    let reading = connection.reading
    return .object([
      (
        "steps",
        .array(connection.steps.indices.map { json(connection.steps[$0], reading.flights[$0]) })
      ),
      ("outcome", Self.json(connection.facts)),
      ("secrets", Self.json(connection.secrets)),
    ])
  }

  /// What there may be several of: an array, however many there are.
  private static let several: Set = [
    "randomness", "alert_sent", "alert_received", "peer_certificate",
  ]

  /// Facts by name.
  private static func json(_ facts: [VectorFact]) -> JSON {
    var names: [String] = []
    for fact in facts where !names.contains(fact.name) { names.append(fact.name) }
    return .object(
      names.map { name in
        let values = facts.filter { $0.name == name }.map { JSON.string($0.value) }
        return (name, several.contains(name) ? .array(values) : values.first ?? .null)
      })
  }

  private func json(_ step: VectorStep, _ flight: ObservedFlight?) -> JSON {
    switch step {
    case .sent(let bytes): json("sent", bytes, flight)
    case .received(let bytes): json("received", bytes, flight)
    case .action(let action): .object([("do", .string(action.text))])
    case .endOfStream: .object([("do", .string("end of stream"))])
    }
  }

  private func json(_ word: String, _ bytes: [UInt8], _ flight: ObservedFlight?) -> JSON {
    .object([
      (word, .string(Hexadecimal.text(bytes))),
      ("records", .array((flight?.records ?? []).map { json($0, bytes) })),
      ("rest", .string(Hexadecimal.text(Array(bytes.dropFirst(flight?.end ?? 0))))),
    ])
  }

  private func json(_ record: ObservedRecord, _ flight: [UInt8]) -> JSON {
    let content = record.content.map { JSON.string(Hexadecimal.text($0)) } ?? .null
    return .object([
      ("type", .string(record.header.typeName)),
      ("byteCount", .number(record.range.count)),
      ("sequenceNumber", record.number.map { .number(Int(clamping: $0)) } ?? .null),
      ("parts", .array(record.parts.map { Self.json($0, flight) })),
      ("content", content),
      ("fields", .array(record.fields.map { Self.json($0, record.content ?? []) })),
    ])
  }

  private static func json(_ field: Field, _ bytes: [UInt8]) -> JSON {
    .object([
      ("name", .string(field.name)),
      ("meaning", .string(field.meaning)),
      ("depth", .number(field.depth)),
      ("bytes", .string(Hexadecimal.text(Array(bytes[field.range.clamped(to: bytes.indices)])))),
    ])
  }
}
