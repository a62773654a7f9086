import TLSCrypto
import TLSEngine

/// A second reading of a connection: what an observer makes of its bytes with the key log's line has to
/// be what our side says it sent and received.
enum PassiveCheck {
  static func difference(_ vector: Vector) -> VectorDifference? {
    for (index, connection) in vector.connections.enumerated() {
      guard let problem = problem(connection) else { continue }
      return VectorDifference([
        "connection \(index + 1), read from outside with the key log alone: \(problem)"
      ])
    }
    return nil
  }

  private static func problem(_ connection: VectorConnection) -> String? {
    let (side, reading) = (connection.side, connection.reading)
    let sent = connection.steps.flatMap { step -> [UInt8] in
      if case .action(.send(let text)) = step { text.bytes } else { [] }
    }
    if reading.applicationData[side, default: []] != sent {
      return "what our side sent is not what can be read in its records"
    }
    guard reading.applicationData[side.other, default: []].starts(with: connection.received) else {
      return "what our side received is not what can be read in the peer's records"
    }
    return finishedProblem(reading, connection) ?? unopened(reading, connection)
      ?? exporterProblem(reading, connection)
  }

  /// Both Finished are there once the handshake is complete, and fit. What our side refuses may be just
  /// that the peer's does not.
  private static func finishedProblem(
    _ reading: Reading, _ connection: VectorConnection
  ) -> String? {
    for side in ConnectionSide.allCases {
      guard let finished = reading.finished[side] else {
        if connection.isComplete { return "there is no Finished of the \(side)'s" }
        continue
      }
      let isExcused = side != connection.side && connection.isRefused && !connection.isComplete
      guard finished.expected == finished.found || isExcused else {
        return "the \(side)'s Finished does not fit what both sides said"
      }
    }
    return nil
  }

  /// Everything opens, but for what our side refuses too: the last that came.
  private static func unopened(_ reading: Reading, _ connection: VectorConnection) -> String? {
    let last = connection.steps.lastIndex { step in
      if case .received = step { true } else { false }
    }
    for (step, flight) in reading.flights where !(connection.isRefused && step == last) {
      for record in flight.records where record.content == nil {
        return "record \(record.number ?? 0) of \(record.header.length) bytes does not open"
      }
    }
    return nil
  }

  /// What our side exports is what follows from the master secret.
  private static func exporterProblem(
    _ reading: Reading, _ connection: VectorConnection
  ) -> String? {
    guard let fact = connection.secrets.first(where: { $0.name == "exporter" }) else { return nil }
    guard let schedule = KeySchedule(reading.hellos, masterSecret: connection.masterSecret),
      let material = try? schedule.exportKeyingMaterial(
        label: VectorFormat.exporterLabel, byteCount: 32),
      Hexadecimal.text([UInt8](material.bytes)) == fact.value
    else { return "other keying material follows from the master secret than our side exports" }
    return nil
  }
}

extension VectorConnection {
  /// Whether our side refused something of it.
  fileprivate var isRefused: Bool { facts.contains { $0.name == "error" } }

  /// Whether the handshake came to its end.
  fileprivate var isComplete: Bool { facts.first == VectorFact("handshake", "complete") }
}
