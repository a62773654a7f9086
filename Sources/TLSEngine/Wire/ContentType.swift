/// What a record carries (RFC 5246 section 6.2.1).
@nonexhaustive public enum ContentType: UInt8, Sendable, Hashable, CustomStringConvertible {
  /// A ChangeCipherSpec (RFC 5246 section 7.1).
  case changeCipherSpec = 20
  /// An alert (RFC 5246 section 7.2).
  case alert = 21
  /// Handshake messages, or parts of them (RFC 5246 section 7.4).
  case handshake = 22
  /// What the connection is for (RFC 5246 section 10).
  case applicationData = 23

  /// The name, such as `Handshake`.
  public var description: String {
    switch self {
    case .changeCipherSpec: "ChangeCipherSpec"
    case .alert: "Alert"
    case .handshake: "Handshake"
    case .applicationData: "ApplicationData"
    }
  }
}
