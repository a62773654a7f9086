import TLSCrypto

/// How long a session may be resumed.
///
/// The age of a session is that of its full handshake: a ticket that is renewed does not make its
/// session younger, or a stolen master secret would be good for ever.
enum SessionLifetime {
  /// The upper limit that RFC 5246 section F.1.4 suggests: 24 hours, in seconds.
  static let standard = 86_400

  /// The longest that can be configured: seven days, in seconds, which is the limit that RFC 8446
  /// section 4.6.1 has set since.
  static let maximum = 604_800

  /// How far the clocks of two machines may differ, in seconds. A session from further in the future
  /// than this was made by a clock that is wrong, and its age cannot be known.
  static let clockSkew: Int64 = 300

  /// Whether a session that was made at one time may still be resumed at another.
  static func isAlive(createdAt: Timestamp, at now: Timestamp, lifetime: Int) -> Bool {
    createdAt <= now.adding(seconds: clockSkew)
      && now < createdAt.adding(seconds: Int64(lifetime))
  }

  /// Refuses a lifetime that no session may have.
  static func check(_ lifetime: Int) throws(TLSError) {
    guard (1...maximum).contains(lifetime) else {
      throw .misuse(
        "a session lives from 1 second to \(maximum) seconds (7 days), and not \(lifetime)")
    }
  }
}
