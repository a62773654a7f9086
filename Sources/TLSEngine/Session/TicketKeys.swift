import Synchronization
import TLSCrypto

/// The keys that a server seals session tickets under (RFC 5077), so that clients keep its sessions
/// for it.
///
/// Time is cut into periods, and each has a key of its own. Tickets are sealed under the key of the
/// present period and open under that and the one before; a ticket under the one before is renewed.
/// So a ticket opens for one period at least and for two at most. With a period as long as sessions
/// live (the default for both is 24 hours), tickets are valid for half as long as their keys, as
/// RFC 9325 section 3.4 wants it.
///
/// One value may serve any number of connections, from any thread. Its keys are in no description.
public final class TicketKeys: Sendable {
  /// The usual length of a period, in seconds: 24 hours.
  public static let standardPeriod = 86_400

  /// Whoever has more to remember gets no ticket: it has to fit into a ClientHello, beside the other
  /// extensions, and to be worth sending.
  static let maximumTicketByteCount = 16_384

  /// Where a period's key comes from.
  private enum Source: ~Copyable, Sendable {
    /// From chance.
    case drawn
    /// From a secret that the machines of a fleet share.
    case derived(SecretBytes)
  }

  private let source: Source
  private let period: Int64

  /// For how many seconds after its full handshake a session can be resumed.
  public let lifetime: Int

  /// The keys of the present period and of its neighbours, as far as they were needed.
  private let keys = Mutex<[TicketKey]>([])

  private init(_ source: consuming Source, period: Int, lifetime: Int) {
    self.source = source
    self.period = Int64(period)
    self.lifetime = lifetime
  }

  /// Keys of this process alone, with a period of 24 hours, for sessions that live as long.
  public convenience init() {
    self.init(.drawn, period: Self.standardPeriod, lifetime: SessionLifetime.standard)
  }

  /// Keys of this process alone, drawn anew for each period.
  ///
  /// The keys of a period are wiped at the first use after the period that follows it, and with them
  /// goes all that could open its tickets: this is the forward secrecy that tickets can have.
  ///
  /// - Parameters:
  ///   - seconds: the length of a period, from a minute to seven days.
  ///   - lifetime: for how many seconds after its full handshake a session can be resumed, at most
  ///     seven days.
  /// - Throws: ``TLSError/Reason/misuse(_:)`` for other numbers.
  public convenience init(
    rotatingEvery seconds: Int, lifetime: Int = 86_400
  ) throws(TLSError) {
    try Self.check(period: seconds, lifetime: lifetime)
    self.init(.drawn, period: seconds, lifetime: lifetime)
  }

  /// Keys that all machines with the same secret have, without talking to each other.
  ///
  /// The key of a period is HKDF-SHA-256 of the secret and the number of the period since 1970, so
  /// the machines' clocks have to agree to five minutes, and all of them need the same numbers here.
  /// In the last five minutes of a period (of a short one, in its last quarter) tickets of the next
  /// open too: a machine whose clock is ahead may have sealed them.
  ///
  /// > Important: whoever learns the secret can open every ticket there ever was. Draw it from strong
  /// > randomness, and exchange it from time to time: tickets under the old one do not open then, and
  /// > cost a full handshake each.
  ///
  /// - Parameters:
  ///   - sharedSecret: at least 32 bytes.
  ///   - seconds: the length of a period, from a minute to seven days.
  ///   - lifetime: for how many seconds after its full handshake a session can be resumed, at most
  ///     seven days.
  /// - Throws: ``TLSError/Reason/misuse(_:)`` for a shorter secret or other numbers.
  public convenience init(
    sharedSecret: RawSpan, rotatingEvery seconds: Int = TicketKeys.standardPeriod,
    lifetime: Int = 86_400
  ) throws(TLSError) {
    guard sharedSecret.byteCount >= 32 else {
      throw .misuse(
        "the shared secret of ticket keys needs at least 32 bytes, not \(sharedSecret.byteCount)")
    }
    try Self.check(period: seconds, lifetime: lifetime)
    self.init(
      .derived(SecretBytes(copying: sharedSecret)), period: seconds, lifetime: lifetime)
  }

  private static func check(period: Int, lifetime: Int) throws(TLSError) {
    guard (60...SessionLifetime.maximum).contains(period) else {
      throw .misuse("ticket keys rotate every 60 to 604800 seconds (7 days), and not \(period)")
    }
    try SessionLifetime.check(lifetime)
  }

  // MARK: Tickets

  /// A ticket for a session, new or renewed; `nil` if the session is too old or too long for one.
  func seal(
    _ state: SessionState, at now: Timestamp, using random: inout some RandomSource
  ) throws(TLSError) -> [UInt8]? {
    guard state.isAlive(at: now, lifetime: lifetime), state.isShortEnoughToKeep else { return nil }
    let encoded = try state.encode()
    guard encoded.count + TicketKey.overhead <= Self.maximumTicketByteCount else { return nil }
    let key = try sealingKey(epoch(at: now), using: &random)
    return try key.seal(encoded.bytes, using: &random)
  }

  /// The session in a ticket, and whether the client should get a new ticket for it.
  ///
  /// Anything that is no ticket of ours is `nil`, and never an error: the handshake goes on as if
  /// there had been none (RFC 5077 section 3.2).
  func open(
    _ ticket: RawSpan, at now: Timestamp
  ) -> (state: SessionState, needsRenewal: Bool)? {
    guard ticket.byteCount <= Self.maximumTicketByteCount else { return nil }
    let epoch = epoch(at: now)
    guard let key = openingKey(of: ticket, epoch, isNextNear: isNextPeriodNear(at: now)),
      let encoded = key.open(ticket),
      let state = try? SessionState(decoding: encoded.bytes),
      state.isAlive(at: now, lifetime: lifetime)
    else { return nil }
    return (state, needsRenewal: key.epoch < epoch)
  }

  /// For how many seconds a ticket that is sealed now will open: what NewSessionTicket tells the
  /// client. Never 0, which would mean that there is no telling (RFC 5077 section 3.3).
  func lifetimeHint(for state: SessionState, at now: Timestamp) -> UInt32 {
    let key = 2 * period - secondsIntoPeriod(at: now)
    let end = state.createdAt.adding(seconds: Int64(lifetime)).secondsSince1970
    let (session, overflow) = end.subtractingReportingOverflow(now.secondsSince1970)
    return UInt32(clamping: max(1, overflow ? 1 : min(key, session)))
  }

  // MARK: Time

  private func epoch(at now: Timestamp) -> Int64 {
    let quotient = now.secondsSince1970 / period
    return now.secondsSince1970 % period < 0 ? quotient - 1 : quotient
  }

  private func secondsIntoPeriod(at now: Timestamp) -> Int64 {
    let rest = now.secondsSince1970 % period
    return rest < 0 ? rest + period : rest
  }

  /// Whether a machine of the fleet whose clock is ahead of ours, by no more than clocks may differ,
  /// may already be in the next period.
  private func isNextPeriodNear(at now: Timestamp) -> Bool {
    period - secondsIntoPeriod(at: now) <= min(SessionLifetime.clockSkew, period / 4)
  }

  // MARK: Keys

  /// How many keys there are.
  var keyCount: Int { keys.withLock { $0.count } }

  private func sealingKey(
    _ epoch: Int64, using random: inout some RandomSource
  ) throws(TLSError) -> TicketKey {
    if let key = knownKey(epoch, at: epoch) { return key }
    switch source {
    case .drawn: return keep(TicketKey.draw(epoch: epoch, using: &random))
    case .derived(let secret):
      return keep(try .derive(from: secret, epoch: epoch, period: period))
    }
  }

  private func openingKey(
    of ticket: RawSpan, _ epoch: Int64, isNextNear: Bool
  ) -> TicketKey? {
    if let key = openingKey(epoch, at: epoch), key.isNamed(by: ticket) { return key }
    if let key = openingKey(epoch - 1, at: epoch), key.isNamed(by: ticket) { return key }
    guard isNextNear, let key = openingKey(epoch + 1, at: epoch), key.isNamed(by: ticket) else {
      return nil
    }
    return key
  }

  private func openingKey(_ accepted: Int64, at epoch: Int64) -> TicketKey? {
    if let key = knownKey(accepted, at: epoch) { return key }
    switch source {
    case .drawn: return nil
    case .derived(let secret):
      guard let key = try? TicketKey.derive(from: secret, epoch: accepted, period: period)
      else { return nil }
      return keep(key)
    }
  }

  /// The key of a period, if it is here. Keys of long ago go, whatever comes of it; so do those of
  /// days to come, if the clock was set back.
  private func knownKey(_ wanted: Int64, at epoch: Int64) -> TicketKey? {
    keys.withLock { keys in
      keys.removeAll { !((epoch - 1)...(epoch + 1)).contains($0.epoch) }
      return keys.first { $0.epoch == wanted }
    }
  }

  /// Keeps a key, and returns the one to be used: where two threads made one for the same period, the
  /// first is the one.
  private func keep(_ key: TicketKey) -> TicketKey {
    keys.withLock { keys in
      if let first = keys.first(where: { $0.epoch == key.epoch }) { return first }
      keys.append(key)
      return key
    }
  }
}

extension TicketKeys: CustomStringConvertible {
  /// What kind of keys they are and how often they change.
  public var description: String {
    let kind =
      switch source {
      case .drawn: "of this process"
      case .derived: "of a fleet"
      }
    return "ticket keys \(kind), changing every \(period) s"
  }
}
