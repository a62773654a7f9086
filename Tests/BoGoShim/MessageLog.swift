import TLSEngine

/// A trace as the runner writes it: a line a message, with numbers for handshake messages and alerts.
enum MessageLog {
  private static let numbers = [
    "HelloRequest": 0, "ClientHello": 1, "ServerHello": 2, "NewSessionTicket": 4,
    "Certificate": 11, "ServerKeyExchange": 12, "CertificateRequest": 13, "ServerHelloDone": 14,
    "CertificateVerify": 15, "ClientKeyExchange": 16, "Finished": 20, "CertificateStatus": 22,
    "NextProtocol": 67,
  ]

  static func text(of entries: [TraceEntry]) -> String {
    entries.map { line($0) + "\n" }.joined()
  }

  private static func line(_ entry: TraceEntry) -> String {
    let verb = entry.direction == .sent ? "write" : "read"
    if let number = numbers[entry.name] { return "\(verb) hs \(number)" }
    return switch entry.name {
    case "ChangeCipherSpec": "\(verb) ccs"
    case "Alert": "\(verb) alert \(alert(entry.detail))"
    default: "\(verb) \(entry.name)"
    }
  }

  /// Level and number of an alert, of which a trace has the name: close_notify is a warning, and so is
  /// no_renegotiation; all others end the connection.
  private static func alert(_ name: String) -> String {
    let number = (0...UInt8.max).first { AlertDescription(rawValue: $0).description == name } ?? 255
    return "\([0, 90, 100].contains(number) ? 1 : 2) \(number)"
  }
}
