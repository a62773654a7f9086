import TLSCrypto
import TestSupport
import Testing

@testable import TLSEngine

@Suite("Session tickets")
struct SessionTicketTests {
  private let now = TestSessions.now
  private let day: Int64 = 86_400

  /// Midnight after ``now``, where one period ends and the next begins.
  private var midnight: Timestamp { now.adding(seconds: day / 2) }

  private static let secret = (0..<32).map { UInt8($0) }

  private static func fleet(
    _ secret: [UInt8] = secret, period: Int = 86_400, lifetime: Int = 604_800
  ) throws -> TicketKeys {
    try TicketKeys(sharedSecret: secret.rawSpan, rotatingEvery: period, lifetime: lifetime)
  }

  private static func process() throws -> TicketKeys {
    try TicketKeys(rotatingEvery: 86_400, lifetime: 604_800)
  }

  private func ticket(
    _ keys: TicketKeys, at time: Timestamp, _ state: SessionState? = nil
  ) throws -> [UInt8] {
    var random = SystemRandomSource()
    return try #require(
      try keys.seal(try state ?? TestSessions.state(), at: time, using: &random))
  }

  // MARK: What is inside

  @Test("A ticket opens under the keys that sealed it, and holds the whole session")
  func roundTrip() throws {
    let state = try TestSessions.state(
      certificates: try TestIdentities.material(.rsa).certificates)
    for keys in [try Self.process(), try Self.fleet(), TicketKeys()] {
      let ticket = try ticket(keys, at: now, state)
      let opened = try #require(keys.open(ticket, at: now))
      #expect(try opened.state.encodedBytes() == state.encodedBytes())
      #expect(!opened.needsRenewal)
      // Name, salt and tag.
      #expect(try ticket.count == state.encodedBytes().count + 16 + 32 + 16)
    }
  }

  // Made with Python's cryptography package (HKDF, AESGCM) from the descriptions in TicketKey.swift
  // and SessionState+Encoding.swift, for the secret 00…1f, the period 20619 of 86400 seconds and the
  // salt 20…3f: machines of a fleet with other versions of the engine must agree.
  private static let knownTicket =
    "c40efcf0bf32db0b989a78bcb8b8665d"
    + "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
    + "1f0464faa70363a2eedbf05f103f888d7e96e514867d59b53d862cb2142ddd5cfe2db8af1539faeea3a191dd23da1a"
    + "b03a0cb53b400e2252dd20eb1b7f30b7a0ff5e6a51bf76900886d0c1c78911d2368808c2b7446de619eed0440b4417"
    + "26b93f7ed4f25d61d5e7f5b09483d6e669ce568aac266c44d5ec5ce922b4731658d5291f91ab"

  /// Randomness that counts up from 0x20.
  private struct CountingSource: RandomSource {
    private var next: UInt8 = 0x20

    mutating func fill(_ bytes: inout MutableRawSpan) {
      for offset in bytes.byteOffsets {
        bytes.storeBytes(of: next, toByteOffset: offset, as: UInt8.self)
        next &+= 1
      }
    }
  }

  @Test("A fleet's ticket is the known one")
  func knownAnswer() throws {
    let keys = try Self.fleet()
    var random = CountingSource()
    let ticket = try keys.seal(try TestSessions.state(), at: now, using: &random)
    #expect(try ticket == hex(Self.knownTicket))
    let known = try hex(Self.knownTicket)
    let opened = try #require(keys.open(known, at: now))
    #expect(try opened.state.encodedBytes() == TestSessions.state().encodedBytes())
  }

  @Test("No two tickets have a salt in common, nor what follows it")
  func uniqueness() throws {
    let keys = try Self.fleet()
    let state = try TestSessions.state()
    let tickets = try (0..<1_000).map { _ in try ticket(keys, at: now, state) }
    #expect(Set(tickets.map { Array($0[0..<16]) }).count == 1)
    #expect(Set(tickets.map { Array($0[16..<48]) }).count == 1_000)
    #expect(Set(tickets.map { Array($0[48..<64]) }).count == 1_000)
    // Where the salt is the same, the period's key is another.
    var (one, other) = (CountingSource(), CountingSource())
    let today = try #require(try keys.seal(state, at: now, using: &one))
    let tomorrow = try #require(
      try keys.seal(state, at: now.adding(seconds: day), using: &other))
    #expect(today[16..<48] == tomorrow[16..<48])
    #expect(today[0..<16] != tomorrow[0..<16])
    #expect(today[48..<64] != tomorrow[48..<64])
  }

  @Test("A ticket that is cut, longer or has any bit flipped does not open")
  func damage() throws {
    for keys in [try Self.process(), try Self.fleet()] {
      let ticket = try ticket(keys, at: now)
      #expect(keys.open(ticket, at: now) != nil)
      for count in ticket.indices {
        let cut = Array(ticket.prefix(count))
        #expect(keys.open(cut, at: now) == nil, "\(count)")
      }
      let longer = ticket + [0]
      #expect(keys.open(longer, at: now) == nil)
      for index in ticket.indices {
        for bit in 0..<8 {
          var changed = ticket
          changed[index] ^= 1 << bit
          #expect(keys.open(changed, at: now) == nil, "bit \(bit) of byte \(index)")
        }
      }
    }
  }

  @Test("A ticket that is sealed well around something else does not open")
  func otherContents() throws {
    let key = try TicketKey.derive(
      from: SecretBytes(copying: Self.secret.rawSpan), epoch: 20_619, period: 86_400)
    var random = SystemRandomSource()
    var newer = try TestSessions.state().encodedBytes()
    newer[0] = 2
    for contents in [[], [1], newer, try TestSessions.state().encodedBytes() + [0]] {
      let ticket = try key.seal(contents.rawSpan, using: &random)
      #expect(try Self.fleet().open(ticket, at: now) == nil)
    }
    let contents = try TestSessions.state().encodedBytes()
    let ticket = try key.seal(contents.rawSpan, using: &random)
    #expect(try Self.fleet().open(ticket, at: now) != nil)
  }

  // MARK: Whose they are

  @Test("The machines of a fleet open each other's tickets, and nobody else does")
  func fleets() throws {
    let ticket = try ticket(try Self.fleet(), at: now)
    #expect(try Self.fleet().open(ticket, at: now) != nil)
    var other = Self.secret
    other[31] ^= 1
    #expect(try Self.fleet(other).open(ticket, at: now) == nil)
    #expect(try Self.fleet(Self.secret + [0]).open(ticket, at: now) == nil)
    #expect(try Self.fleet(period: 43_200).open(ticket, at: now) == nil)
    #expect(try Self.process().open(ticket, at: now) == nil)
  }

  @Test("The keys of a process are its own")
  func processes() throws {
    let (one, other) = (try Self.process(), try Self.process())
    let ticket = try ticket(one, at: now)
    #expect(one.open(ticket, at: now) != nil)
    _ = try self.ticket(other, at: now)
    #expect(other.open(ticket, at: now) == nil)
  }

  // MARK: Periods

  @Test(
    "A ticket opens in its period and the next, where it is to be renewed, and then never again")
  func periods() throws {
    for keys in [try Self.process(), try Self.fleet()] {
      let ticket = try ticket(keys, at: midnight.adding(seconds: -1))
      func opened(_ seconds: Int64) -> Bool? {
        keys.open(ticket, at: midnight.adding(seconds: seconds))?.needsRenewal
      }
      #expect(opened(-1) == false)
      #expect(opened(0) == true)
      #expect(opened(day - 1) == true)
      #expect(opened(day) == nil)
      #expect(opened(2 * day) == nil)
    }
  }

  @Test("A renewed ticket is under the new key, and its session is as old as before")
  func renewal() throws {
    for keys in [
      try TicketKeys(rotatingEvery: 86_400),
      try TicketKeys(sharedSecret: Self.secret.rawSpan),
    ] {
      let first = try ticket(keys, at: now)
      let tomorrow = midnight.adding(seconds: 60)
      let opened = try #require(keys.open(first, at: tomorrow))
      #expect(opened.needsRenewal)
      let renewed = try ticket(keys, at: tomorrow, opened.state)
      let again = try #require(keys.open(renewed, at: tomorrow))
      #expect(!again.needsRenewal)
      #expect(again.state.createdAt == now)
      // 24 hours after the full handshake it is over, for both tickets, and there are no more.
      let (last, end) = (now.adding(seconds: day - 1), now.adding(seconds: day))
      for ticket in [first, renewed] {
        #expect(keys.open(ticket, at: last) != nil)
        #expect(keys.open(ticket, at: end) == nil)
      }
      var random = SystemRandomSource()
      #expect(try keys.seal(again.state, at: last, using: &random) != nil)
      #expect(try keys.seal(again.state, at: end, using: &random) == nil)
    }
  }

  @Test("A session from the future is dead, beyond what clocks may differ by")
  func future() throws {
    let keys = try Self.fleet()
    let ticket = try ticket(keys, at: now)
    #expect(keys.open(ticket, at: now.adding(seconds: -300)) != nil)
    #expect(keys.open(ticket, at: now.adding(seconds: -301)) == nil)
    var random = SystemRandomSource()
    let early = try TestSessions.state(createdAt: now.adding(seconds: 301))
    #expect(try keys.seal(early, at: now, using: &random) == nil)
  }

  @Test("Just before a period ends, a machine takes the tickets of one whose clock is ahead")
  func clockAhead() throws {
    let ticket = try ticket(try Self.fleet(), at: midnight)
    let behind = try Self.fleet()
    let opened = try #require(behind.open(ticket, at: midnight.adding(seconds: -300)))
    #expect(!opened.needsRenewal)
    #expect(behind.open(ticket, at: midnight.adding(seconds: -301)) == nil)
    // A short period is near its end only in its last quarter.
    let state = try TestSessions.state(createdAt: midnight.adding(seconds: -1_000))
    let short = try self.ticket(try Self.fleet(period: 60), at: midnight, state)
    let other = try Self.fleet(period: 60)
    #expect(other.open(short, at: midnight.adding(seconds: -15)) != nil)
    #expect(other.open(short, at: midnight.adding(seconds: -16)) == nil)
  }

  @Test("A machine whose clock is behind seals what the others take")
  func clockBehind() throws {
    let ticket = try ticket(try Self.fleet(), at: midnight.adding(seconds: -200))
    let opened = try #require(try Self.fleet().open(ticket, at: midnight))
    #expect(opened.needsRenewal)
  }

  @Test("What a process sealed two periods ago is lost for good, even if the clock goes back")
  func forwardSecrecy() throws {
    let keys = try Self.process()
    let ticket = try ticket(keys, at: now)
    #expect(keys.open(ticket, at: now) != nil)
    let later = now.adding(seconds: 2 * day)
    // Any use does it: here, a ticket that is none.
    #expect(keys.open(ticket, at: later) == nil)
    #expect(keys.keyCount == 0)
    #expect(keys.open(ticket, at: now) == nil)
    _ = try self.ticket(keys, at: now)
    #expect(keys.open(ticket, at: now) == nil)
  }

  @Test("A clock that is set back or forward by years costs tickets and nothing else")
  func jumps() throws {
    for keys in [try Self.process(), try Self.fleet()] {
      for seconds in [0, 400 * day, -400 * day, day, -day, 0] {
        let time = now.adding(seconds: seconds)
        let ticket = try ticket(keys, at: time, try TestSessions.state(createdAt: time))
        #expect(keys.open(ticket, at: time)?.needsRenewal == false)
        #expect(keys.keyCount <= 3)
      }
    }
  }

  @Test("There are never more than three keys, however long it runs")
  func growth() throws {
    for keys in [try Self.process(), try Self.fleet()] {
      for step in 0..<500 as Range<Int64> {
        let time = now.adding(seconds: step * 10_000)
        let ticket = try ticket(keys, at: time, try TestSessions.state(createdAt: time))
        #expect(keys.open(ticket, at: time) != nil)
        #expect(keys.keyCount <= 3)
      }
    }
  }

  @Test("A ticket opens for exactly as long as its hint says")
  func hints() throws {
    for lifetime in [3_600, 86_400, 604_800] {
      let keys = try Self.fleet(lifetime: lifetime)
      for offset in [0, 1, 3_000, 43_199, 43_200, 50_000] as [Int64] {
        let time = now.adding(seconds: offset)
        let state = try TestSessions.state(createdAt: time.adding(seconds: -500))
        let ticket = try ticket(keys, at: time, state)
        let hint = Int64(keys.lifetimeHint(for: state, at: time))
        #expect(keys.open(ticket, at: time.adding(seconds: hint - 1)) != nil)
        #expect(keys.open(ticket, at: time.adding(seconds: hint)) == nil)
      }
    }
    #expect(TicketKeys().lifetimeHint(for: try TestSessions.state(), at: now) == 86_400)
    #expect(try Self.fleet().lifetimeHint(for: try TestSessions.state(), at: now) == 129_600)
  }

  // MARK: Bounds

  @Test("A session with too many certificates gets no ticket")
  func tooLong() throws {
    var random = SystemRandomSource()
    let keys = try Self.process()
    for byteCount in [16_000, 16_384, 70_000, 140_000] {
      let state = try TestSessions.state(
        certificates: try TestSessions.certificates(ofAtLeast: byteCount))
      #expect(try keys.seal(state, at: now, using: &random) == nil, "\(byteCount)")
    }
    let state = try TestSessions.state(
      certificates: try TestSessions.certificates(ofAtLeast: 14_000))
    let ticket = try ticket(keys, at: now, state)
    #expect(ticket.count <= 16_384)
    #expect(keys.open(ticket, at: now)?.state.peerCertificates == state.peerCertificates)
  }

  @Test("A ticket longer than any is not looked at")
  func overlong() throws {
    let keys = try Self.fleet()
    let key = try TicketKey.derive(
      from: SecretBytes(copying: Self.secret.rawSpan), epoch: 20_619, period: 86_400)
    var random = SystemRandomSource()
    let state = try TestSessions.state(
      certificates: try TestSessions.certificates(ofAtLeast: 17_000)
    ).encodedBytes()
    let ticket = try key.seal(state.rawSpan, using: &random)
    #expect(keys.open(ticket, at: now) == nil)
  }

  // MARK: Threads

  @Test("Threads that begin at once, on both sides of midnight, open each other's tickets")
  func threads() async throws {
    for keys in [try Self.process(), try Self.fleet()] {
      let (before, after) = (midnight.adding(seconds: -1), midnight)
      let tickets = try await withThrowingTaskGroup(of: [[UInt8]].self) { group in
        for worker in 0..<8 {
          group.addTask {
            var random = SystemRandomSource()
            let state = try TestSessions.state()
            let time = worker.isMultiple(of: 2) ? before : after
            return try (0..<100).map { _ in
              let ticket = try #require(try keys.seal(state, at: time, using: &random))
              #expect(keys.open(ticket, at: time)?.needsRenewal == false)
              return ticket
            }
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(tickets.count == 800)
      #expect(Set(tickets.map { Array($0.prefix(16)) }).count == 2)
      #expect(tickets.allSatisfy { keys.open($0.rawSpan, at: after) != nil })
      #expect(keys.keyCount <= 3)
    }
  }

  // MARK: What is printed

  @Test("No description holds a key")
  func descriptions() throws {
    let keys = try Self.fleet()
    _ = try ticket(keys, at: now)
    expectNoSecret(Self.secret, in: keys)
    // The key of the known ticket's period, made as that was.
    let key = try TicketKey.derive(
      from: SecretBytes(copying: Self.secret.rawSpan), epoch: 20_619, period: 86_400)
    expectNoSecret(
      try hex("4982be5e7f528360d85755c6398215de64aa5c0149287f0c34c803c8875ca8e7"), in: keys)
    expectNoSecret(
      try hex("4982be5e7f528360d85755c6398215de64aa5c0149287f0c34c803c8875ca8e7"), in: key)
    #expect("\(keys)" == "ticket keys of a fleet, changing every 86400 s")
    #expect(try "\(Self.process())" == "ticket keys of this process, changing every 86400 s")
  }
}
