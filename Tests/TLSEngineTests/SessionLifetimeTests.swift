import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("Lifetimes of sessions")
struct SessionLifetimeTests {
  private let now = TestSessions.now

  @Test(
    "A session of a server lives from its handshake to its lifetime's end, and no second longer")
  func server() throws {
    let session = try TestSessions.serverSession(1, lifetime: 100)
    #expect(session.expiresAt == now.adding(seconds: 100))
    #expect(session.isUsable(at: now))
    #expect(session.isUsable(at: now.adding(seconds: 99)))
    #expect(!session.isUsable(at: now.adding(seconds: 100)))
    // Clocks differ by some minutes; more of the future than that was never.
    #expect(session.isUsable(at: now.adding(seconds: -300)))
    #expect(!session.isUsable(at: now.adding(seconds: -301)))
  }

  @Test("A session lives for 24 hours unless told otherwise")
  func standard() throws {
    let session = ClientSession(id: [1], state: try TestSessions.state())
    #expect(session.expiresAt == now.adding(seconds: 86_400))
    #expect(
      ServerSession(id: TestSessions.id(1), state: try TestSessions.state()).expiresAt
        == now.adding(seconds: 86_400))
    #expect(SessionCache().lifetime == 86_400)
    #expect(TicketKeys().lifetime == 86_400)
    #expect(session.isUsable(at: now))
    #expect(!session.isUsable(at: now.adding(seconds: -301)))
    #expect(!session.isUsable(at: now.adding(seconds: 86_400)))
  }

  @Test(
    "A ticket is good for as long as the server says, and never longer than its session lives",
    arguments: [(0, 86_400), (10, 3_610), (82_800, 86_400), (.max, 86_400)] as [(UInt32, Int64)])
  func hints(hint: UInt32, seconds: Int64) throws {
    // A ticket that was renewed an hour after the full handshake.
    let session = ClientSession(
      ticket: [1], lifetimeHint: hint, receivedAt: now.adding(seconds: 3_600),
      state: try TestSessions.state())
    #expect(session.expiresAt == now.adding(seconds: seconds))
    #expect(session.isUsable(at: now.adding(seconds: seconds - 1)))
    #expect(!session.isUsable(at: now.adding(seconds: seconds)))
  }

  @Test("A stored session that says it lives for longer than seven days does not")
  func storedForEver() throws {
    let session = try TestSessions.serverSession(1, lifetime: .max)
    #expect(session.isUsable(at: now.adding(seconds: 604_799)))
    #expect(!session.isUsable(at: now.adding(seconds: 604_800)))
  }

  @Test("The ends of time are no trap", arguments: [Int64.min, -1, 0, Int64.max])
  func ends(seconds: Int64) throws {
    let end = Timestamp(secondsSince1970: seconds)
    let old = try TestSessions.state()
    let odd = try TestSessions.state(createdAt: end)
    var random = SystemRandomSource()
    let keys = TicketKeys()
    #expect(!old.isAlive(at: end, lifetime: 86_400))
    #expect(!odd.isAlive(at: now, lifetime: 86_400))
    #expect(try keys.seal(old, at: end, using: &random) == nil)
    #expect(try keys.seal(odd, at: now, using: &random) == nil)
    #expect(keys.lifetimeHint(for: old, at: end) >= 1)
    #expect(keys.lifetimeHint(for: odd, at: end) >= 1)
    let ticket = try keys.seal(odd, at: end, using: &random) ?? [0]
    _ = keys.open(ticket, at: end)
    #expect(keys.open(ticket, at: now) == nil)
  }

  @Test("Numbers that make no sense are refused where they are given")
  func configuration() throws {
    let secret = [UInt8](repeating: 1, count: 32)
    for lifetime in [.min, -1, 0, 604_801, .max] {
      #expect(throws: TLSError.self) { _ = try SessionCache(capacity: 1, lifetime: lifetime) }
      #expect(throws: TLSError.self) {
        _ = try TicketKeys(rotatingEvery: 60, lifetime: lifetime)
      }
      #expect(throws: TLSError.self) {
        _ = try TicketKeys(sharedSecret: secret.rawSpan, lifetime: lifetime)
      }
    }
    for period in [.min, 0, 59, 604_801, .max] {
      #expect(throws: TLSError.self) { _ = try TicketKeys(rotatingEvery: period) }
      #expect(throws: TLSError.self) {
        _ = try TicketKeys(sharedSecret: secret.rawSpan, rotatingEvery: period)
      }
    }
    let short = [UInt8](repeating: 1, count: 31)
    let error = #expect(throws: TLSError.self) { _ = try TicketKeys(sharedSecret: short.rawSpan) }
    #expect(
      error?.description
        == "the shared secret of ticket keys needs at least 32 bytes, not 31")
    #expect(error?.isMisuse == true)
    for capacity in [.min, -1, 0] {
      #expect(throws: TLSError.self) { _ = try SessionCache(capacity: capacity) }
    }
    #expect(try SessionCache(capacity: 1, lifetime: 604_800).lifetime == 604_800)
    #expect(try TicketKeys(rotatingEvery: 604_800, lifetime: 1).lifetime == 1)
  }
}
