import TLSEngine

/// What has come of a connection.
struct Record {
  private(set) var handshakeCount = 0
  private(set) var isClosed = false
  private(set) var hasClientSession = false
  private(set) var hasServerSession = false
  var messages: [TraceEntry] = []

  var isComplete: Bool { handshakeCount > 0 }

  mutating func note(_ event: Event) {
    switch event {
    case .handshakeCompleted: handshakeCount += 1
    case .newClientSession: hasClientSession = true
    case .newServerSession: hasServerSession = true
    case .closed: isClosed = true
    default: break
    }
  }
}
