import TLSEngine

/// A second reading of a connection: what an observer makes of its bytes with the key log's line has to
/// be what our side says it sent and received.
enum PassiveCheck {
  static func difference(_ vector: Vector) -> VectorDifference? {
    for (index, connection) in vector.connections.enumerated() {
      let reading = Observer.read(
        connection.steps, ownSide: vector.head.role.side, masterSecret: connection.masterSecret)
      guard let problem = problem(reading, connection, vector.head.role.side) else { continue }
      return VectorDifference([
        "connection \(index + 1), read from outside with the key log alone: \(problem)"
      ])
    }
    return nil
  }

  private static func problem(
    _ reading: Reading, _ connection: VectorConnection, _ side: ConnectionSide
  ) -> String? {
    let sent = connection.steps.flatMap { step -> [UInt8] in
      if case .action(.send(let text)) = step { text.bytes } else { [] }
    }
    if reading.applicationData[side, default: []] != sent {
      return "what our side sent is not what can be read in its records"
    }
    guard reading.applicationData[side.other, default: []].starts(with: connection.received) else {
      return "what our side received is not what can be read in the peer's records"
    }
    for (side, finished) in reading.finished where finished.expected != finished.found {
      // A refusal may be just that.
      guard !connection.isRefused else { continue }
      return "the \(side)'s Finished does not fit what both sides said"
    }
    return unopened(reading, connection)
  }

  /// Everything opens, but for what our side refuses too.
  private static func unopened(_ reading: Reading, _ connection: VectorConnection) -> String? {
    guard !connection.isRefused else { return nil }
    for flight in reading.flights.values {
      for record in flight.records where record.content == nil {
        return "record \(record.number ?? 0) of \(record.header.length) bytes does not open"
      }
    }
    return nil
  }
}

extension VectorConnection {
  /// Whether our side refused something of it.
  fileprivate var isRefused: Bool { facts.contains { $0.name == "error" } }
}
