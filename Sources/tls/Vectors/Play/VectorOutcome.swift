import TLSEngine

/// How a connection of a vector ended.
struct VectorOutcome {
  private let alerts: [(side: ConnectionSide, alert: AlertDescription)]
  private let endsWithoutNotice: Bool
  private let side: ConnectionSide

  init(_ connection: VectorConnection) {
    let side = connection.side
    self.side = side
    alerts = connection.reading.messages.filter { $0.name == "Alert" && $0.byteCount == 2 }.map {
      ($0.side, AlertDescription(rawValue: $0.bytes[1]))
    }
    let closed = alerts.contains { $0.side == side.other }
    endsWithoutNotice = connection.steps.contains(.endOfStream) && !closed
  }

  /// What the head expects and did not come; where it expects nothing, what is no good end.
  func difference(from expectation: VectorExpectation?) -> VectorDifference? {
    let found = alerts.map { "\($0.side == side ? "sent" : "received") \($0.alert)" }
    let happened = found.isEmpty ? "no alert" : found.joined(separator: ", ")
    switch expectation {
    case .none:
      guard let bad = alerts.first(where: { $0.alert != .closeNotify }) else { return nil }
      return VectorDifference([
        "The connection ends with \(bad.alert), and the head has no line expect = for that."
      ])
    case .sent(let alert):
      guard alerts.contains(where: { $0.side == side && $0.alert == alert }) else {
        return VectorDifference([
          "The head expects that our side sends \(alert); what happened: \(happened)."
        ])
      }
    case .received(let alert):
      guard alerts.contains(where: { $0.side == side.other && $0.alert == alert }) else {
        return VectorDifference([
          "The head expects that the peer sends \(alert); what happened: \(happened)."
        ])
      }
    case .endOfStream:
      guard endsWithoutNotice else {
        return VectorDifference([
          "The head expects that the peer's transport ends without close_notify; what happened: "
            + "\(happened)."
        ])
      }
    }
    return nil
  }
}
