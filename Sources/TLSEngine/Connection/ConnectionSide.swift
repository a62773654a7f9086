/// One of the two sides of a connection.
public enum ConnectionSide: String, Sendable, Hashable, CaseIterable {
  /// The one that connects.
  case client

  /// The one that is connected to.
  case server

  /// The one at the other end.
  public var other: ConnectionSide { self == .client ? .server : .client }

  /// The label of its Finished (RFC 5246 section 7.4.9).
  var finishedLabel: String {
    switch self {
    case .client: "client finished"
    case .server: "server finished"
    }
  }
}
