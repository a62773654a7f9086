import AllocationCounter
import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("Session cache")
struct SessionCacheTests {
  private let now = TestSessions.now

  private func cache(_ capacity: Int, holding numbers: Range<Int>) throws -> SessionCache {
    let cache = try SessionCache(capacity: capacity)
    for number in numbers { cache.insert(try TestSessions.serverSession(number), at: now) }
    return cache
  }

  private func isThere(_ number: Int, _ cache: SessionCache) -> Bool {
    cache.find(TestSessions.id(number), at: now)?.id == TestSessions.id(number)
  }

  @Test("What was kept is found, and nothing else is")
  func finding() throws {
    let cache = try cache(10, holding: 0..<3)
    #expect(cache.count == 3)
    #expect((0..<3).allSatisfy { isThere($0, cache) })
    #expect(!isThere(3, cache))
    #expect(cache.find([], at: now) == nil)
    #expect(cache.find([1], at: now) == nil)
    cache.remove(TestSessions.id(1))
    cache.remove(TestSessions.id(1))
    #expect(!isThere(1, cache) && isThere(0, cache) && isThere(2, cache))
    #expect(cache.count == 2)
    cache.removeAll()
    #expect(cache.count == 0 && !isThere(0, cache))
    cache.insert(try TestSessions.serverSession(7), at: now)
    #expect(isThere(7, cache))
  }

  @Test("The one that was not used for the longest time goes first")
  func eviction() throws {
    let cache = try cache(3, holding: 0..<3)
    // Being found is being used, and so is being kept again.
    #expect(isThere(0, cache))
    cache.insert(try TestSessions.serverSession(1), at: now)
    #expect(cache.count == 3)
    cache.insert(try TestSessions.serverSession(3), at: now)
    #expect(cache.count == 3)
    #expect(!isThere(2, cache))
    #expect(isThere(0, cache) && isThere(1, cache) && isThere(3, cache))
    cache.insert(try TestSessions.serverSession(4), at: now)
    #expect(!isThere(0, cache))
  }

  @Test("A cache with room for one holds the newest")
  func roomForOne() throws {
    let cache = try cache(1, holding: 0..<5)
    #expect(cache.count == 1)
    #expect(isThere(4, cache) && !isThere(3, cache))
  }

  @Test("It does not grow, whatever comes and goes")
  func bound() throws {
    let cache = try cache(100, holding: 0..<5_000)
    #expect(cache.count == 100)
    #expect((4_900..<5_000).allSatisfy { isThere($0, cache) })
    for number in 5_000..<10_000 {
      cache.insert(try TestSessions.serverSession(number), at: now)
      if number.isMultiple(of: 3) { cache.remove(TestSessions.id(number)) }
    }
    #expect(cache.count <= 100)
    #expect(cache.slotCount <= 101)
  }

  @Test("A session dies with the cache's lifetime or its own, whichever is shorter")
  func lifetime() throws {
    let cache = try SessionCache(capacity: 10, lifetime: 100)
    cache.insert(try TestSessions.serverSession(1, lifetime: 1_000), at: now)
    cache.insert(try TestSessions.serverSession(2, lifetime: 50), at: now)
    #expect(cache.find(TestSessions.id(2), at: now.adding(seconds: 49)) != nil)
    #expect(cache.find(TestSessions.id(2), at: now.adding(seconds: 50)) == nil)
    // What was found dead is gone, even if the clock goes back.
    #expect(cache.find(TestSessions.id(2), at: now) == nil)
    #expect(cache.count == 1)
    #expect(cache.find(TestSessions.id(1), at: now.adding(seconds: 99)) != nil)
    #expect(cache.find(TestSessions.id(1), at: now.adding(seconds: 100)) == nil)
    #expect(cache.count == 0)
  }

  @Test("The dead, those of the future and those that are too long are not kept at all")
  func refused() throws {
    let cache = try SessionCache(capacity: 10, lifetime: 100)
    cache.insert(
      try TestSessions.serverSession(1, createdAt: now.adding(seconds: -100)), at: now)
    cache.insert(
      try TestSessions.serverSession(2, createdAt: now.adding(seconds: 301)), at: now)
    cache.insert(
      try TestSessions.serverSession(
        3, certificates: try TestSessions.certificates(ofAtLeast: 16_385)), at: now)
    #expect(cache.count == 0)
    cache.insert(
      try TestSessions.serverSession(
        4, certificates: try TestSessions.certificates(ofAtLeast: 15_000)), at: now)
    #expect(cache.count == 1)
  }

  @Test("New sessions push the dead out before there is need")
  func sweeping() throws {
    let cache = try cache(1_000, holding: 0..<100)
    let later = now.adding(seconds: 86_400)
    for number in 100..<150 {
      cache.insert(try TestSessions.serverSession(number, createdAt: later), at: later)
    }
    #expect(cache.count == 50)
  }

  @Test("A session that is pushed out leaves no secret behind")
  func secretsGo() throws {
    weak var secret: SessionSecret?
    let cache = try SessionCache(capacity: 1)
    do {
      let session = try TestSessions.serverSession(1)
      secret = session.state.master
      cache.insert(session, at: now)
    }
    #expect(secret != nil)
    cache.insert(try TestSessions.serverSession(2), at: now)
    #expect(secret == nil)
  }

  @Test("A session takes some 0.4 KB of memory, and at most twice its slot")
  func memory() throws {
    let count = 10_000
    let cache = try SessionCache(capacity: count)
    let before = allocated_bytes_of_this_thread()
    for number in 0..<count { cache.insert(try TestSessions.serverSession(number), at: now) }
    let (kept, keptByteCount) = (cache.count, allocated_bytes_of_this_thread() - before)
    cache.removeAll()
    let leftByteCount = allocated_bytes_of_this_thread() - before
    #expect(kept == count)
    #expect((200...480).contains(Int(keptByteCount) / count), "\(keptByteCount) bytes")
    #expect(leftByteCount < 1_024)
  }

  @Test("Many threads at once leave it whole")
  func threads() async throws {
    let cache = try SessionCache(capacity: 64)
    let found = try await withThrowingTaskGroup(of: Int.self) { group in
      for worker in 0..<8 {
        group.addTask {
          var found = 0
          for step in 0..<2_000 {
            // Each twice in a row: a cache of 64 forgets the least recent of 96 before they come again.
            let number = (step / 2 &* 7 &+ worker &* 13) % 96
            if let session = cache.find(TestSessions.id(number), at: TestSessions.now) {
              #expect(session.id == TestSessions.id(number))
              found += 1
            } else {
              cache.insert(try TestSessions.serverSession(number), at: TestSessions.now)
            }
            if step.isMultiple(of: 50) { cache.remove(TestSessions.id(number)) }
          }
          return found
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(found > 0)
    #expect(cache.count <= 64)
    #expect(cache.slotCount <= 65)
    let there = (0..<96).filter { isThere($0, cache) }
    #expect(there.count == cache.count)
  }

  @Test("Ids are 32 random bytes")
  func ids() {
    var random = SystemRandomSource()
    let ids = (0..<1_000).map { _ in ServerSession.newID(using: &random) }
    #expect(ids.allSatisfy { $0.count == 32 })
    #expect(Set(ids).count == 1_000)
    var one = DeterministicRandomSource(seed: [1])
    var other = DeterministicRandomSource(seed: [1])
    #expect(ServerSession.newID(using: &one) == other.bytes(32))
  }

  @Test("The list of what was used does what a plain array would")
  func model() {
    var random = DeterministicRandomSource(seed: [42])
    var list = RecentlyUsed<Int, Int>()
    var model: [(key: Int, value: Int)] = []
    for step in 0..<20_000 {
      let bytes = random.bytes(2)
      let key = Int(bytes[0] % 16)
      let index = model.firstIndex { $0.key == key }
      switch bytes[1] % 4 {
      case 0:
        list.remove(key)
        if let index { model.remove(at: index) }
      case 1:
        let value = list.use(key)
        #expect(value == index.map { model[$0].value })
        if let index { model.append(model.remove(at: index)) }
      default:
        list.insert(step, for: key)
        if let index { model.remove(at: index) }
        model.append((key, step))
      }
      #expect(list.count == model.count)
      #expect(list.leastRecent?.key == model.first?.key)
      #expect(list.leastRecent?.value == model.first?.value)
      #expect(list.slotCount <= 16)
    }
  }
}
