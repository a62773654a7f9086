import TLSEngine

/// Plays a vector again, and says what is different from its file.
struct VectorReplay {
  let vector: Vector

  /// What our side makes of the same inputs now.
  let played: Vector

  /// Plays what a file says.
  ///
  /// - Throws: ``VectorError`` if the file is none, ``Failure`` if its options are none.
  init(_ bytes: [UInt8], _ places: VectorPlaces) throws {
    let vector = try VectorParser.read(bytes)
    guard !vector.connections.isEmpty else {
      throw VectorError(line: 1, "the vector is not recorded yet")
    }
    try self.init(vector, places)
  }

  /// Plays a vector.
  init(_ vector: Vector, _ places: VectorPlaces) throws {
    try Self.check(vector)
    self.vector = vector
    var played = vector
    switch vector.head.role {
    case .client:
      var setting = try VectorSetting(client: vector.head, places)
      played.connections = try Self.play(vector.connections, &setting)
    case .server:
      var setting = try VectorSetting(server: vector.head, places)
      played.connections = try Self.play(vector.connections, &setting)
    }
    self.played = played
  }

  /// What was done is what the head says was to be done: all of it, or what came before the connection
  /// failed.
  private static func check(_ vector: Vector) throws(VectorError) {
    let planned = vector.head.actionsByConnection
    guard planned.count == vector.connections.count else {
      throw VectorError(
        line: 1,
        "the head has \(planned.count) connections, and \(vector.connections.count) are recorded")
    }
    for (actions, connection) in zip(planned, vector.connections) {
      let done = connection.steps.compactMap { step in
        if case .action(let action) = step { action } else { nil }
      }
      guard actions.filter(\.isOfEngine).starts(with: done) else {
        throw VectorError(
          line: 1,
          "the head does not say what was done: \(done.map(\.text).joined(separator: ", "))")
      }
    }
  }

  private static func play<Role>(
    _ connections: [VectorConnection], _ setting: inout VectorSetting<Role>
  ) throws -> [VectorConnection] {
    var results: [VectorConnection] = []
    for connection in connections {
      var stage = try setting.next()
      for step in connection.steps where step.isInput { try stage.take(step) }
      setting.keep(stage.session)
      results.append(stage.result())
    }
    return results
  }

  /// What is different from the file, in words; `nil` if nothing is.
  ///
  /// - Parameter bytes: the file.
  func difference(from bytes: [UInt8]) -> VectorDifference? {
    differenceOnWire ?? textDifference(from: bytes)
  }

  /// What is different of what went over the wire, or of what an observer reads in it.
  var differenceOnWire: VectorDifference? {
    for (index, pair) in zip(vector.connections, played.connections).enumerated() {
      let comparison = StepComparison(connection: index + 1, file: pair.0, engine: pair.1)
      if let difference = comparison.difference { return difference }
    }
    return PassiveCheck.difference(played) ?? expectationDifference
  }

  /// Whether the last connection ends as the head says, and those before it well.
  private var expectationDifference: VectorDifference? {
    let outcomes = played.connections.map { VectorOutcome($0) }
    for outcome in outcomes.dropLast() {
      if let difference = outcome.difference(from: nil) { return difference }
    }
    return outcomes.last?.difference(from: vector.head.expectation)
  }

  /// What the text says besides the bytes has to be what follows from them.
  private func textDifference(from bytes: [UInt8]) -> VectorDifference? {
    let file = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let new = VectorWriter.text(of: played).split(
      separator: "\n", omittingEmptySubsequences: false)
    for index in 0..<max(file.count, new.count) {
      let (old, right) = (file.dropFirst(index).first, new.dropFirst(index).first)
      guard old != right else { continue }
      if let right, right.hasPrefix("sha256 = ") {
        return VectorDifference([
          "line \(index + 1): the digest of the file is not the one in its last line.",
          "The bytes on the wire are all as recorded: something was changed that nothing follows",
          "from, in the head or in [recorded].",
          "  file:   \(old ?? "nothing")", "  digest: \(right)",
        ])
      }
      return VectorDifference([
        "line \(index + 1) does not say what follows from the bytes on the wire.",
        "  file:   \(old ?? "nothing")", "  replay: \(right ?? "nothing")",
      ])
    }
    return nil
  }
}

/// What is different between a vector's file and its replay, in words.
struct VectorDifference: Error, Equatable, Sendable, CustomStringConvertible {
  let lines: [String]

  init(_ lines: [String]) {
    self.lines = lines.map(\.printable)
  }

  var description: String { lines.joined(separator: "\n") }
}
