extension TrustRoots {
  /// What a root is trusted for.
  public struct Purposes: OptionSet, Sendable, Hashable, CustomStringConvertible {
    /// A number with one bit for each purpose.
    public let rawValue: UInt8

    /// The purposes of these bits.
    public init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// It vouches for TLS servers.
    public static let serverAuthentication = Purposes(rawValue: 1)
    /// It vouches for TLS clients.
    public static let clientAuthentication = Purposes(rawValue: 2)
    /// It vouches for both.
    public static let all: Purposes = [.serverAuthentication, .clientAuthentication]

    /// Such as `servers and clients`.
    public var description: String {
      switch (contains(.serverAuthentication), contains(.clientAuthentication)) {
      case (true, true): "servers and clients"
      case (true, false): "servers"
      case (false, true): "clients"
      case (false, false): "nothing"
      }
    }
  }
}

extension ChainVerifier.Usage {
  /// What a root must be trusted for that vouches for such a peer.
  var purpose: TrustRoots.Purposes {
    switch self {
    case .server: .serverAuthentication
    case .client: .clientAuthentication
    }
  }
}
