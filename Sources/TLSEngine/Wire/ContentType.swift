/// What a record carries (RFC 5246 section 6.2.1).
enum ContentType: UInt8, Sendable, Hashable, CustomStringConvertible {
  case changeCipherSpec = 20
  case alert = 21
  case handshake = 22
  case applicationData = 23

  var description: String {
    switch self {
    case .changeCipherSpec: "ChangeCipherSpec"
    case .alert: "Alert"
    case .handshake: "Handshake"
    case .applicationData: "ApplicationData"
    }
  }
}
