import TLSEngine

/// What has come of a connection.
struct Record {
  private(set) var isComplete = false
  private(set) var isClosed = false
  private(set) var hasClientSession = false
  private(set) var hasServerSession = false
  var messages: [TraceEntry] = []

  mutating func note(_ event: Event) {
    switch event {
    case .handshakeCompleted: isComplete = true
    case .newClientSession: hasClientSession = true
    case .newServerSession: hasServerSession = true
    case .closed: isClosed = true
    default: break
    }
  }
}
