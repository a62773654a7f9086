import TLSCrypto
import TLSEngine

/// Many sessions in a server's cache.
enum SessionGrowth {
  /// How many are found, and how many are stored where others have to go for them.
  private static let probeCount = 100_000

  static func all() throws -> Growth {
    let template = try SessionTemplate()
    let rows = [
      Growth.Row(what: "heap of a session", unit: .bytes, law: "the same, but for room"),
      Growth.Row(
        what: "stored, while there is room", unit: .nanoseconds, law: "the same, as arrays double"),
      Growth.Row(
        what: "stored, where another goes for it", unit: .nanoseconds,
        law: "the same, and what caches miss"),
      Growth.Row(
        what: "found", unit: .nanoseconds, law: "the same, and what caches miss"),
    ]
    return try Growth.measured("Sessions in a SessionCache", [1_000, 100_000, 1_000_000], rows) {
      try measure($0, template)
    }
  }

  private static func measure(_ count: Int, _ template: SessionTemplate) throws -> [Double] {
    let before = Machine.heap
    let cache = try SessionCache(capacity: count)
    let now = template.now
    let stored = try cost(of: 0..<count, template) { cache.insert($0, at: now) }
    guard cache.count == count else { throw Failure(description: "sessions are missing") }
    let heap = Machine.heap - before
    let probes = min(count, probeCount)
    let replaced = try cost(of: count..<count + probes, template) { cache.insert($0, at: now) }
    guard cache.count == count else { throw Failure(description: "the cache has grown") }
    return [Double(heap) / Double(count), stored, replaced, try findCost(probes..<count + probes)]

    func findCost(_ numbers: Range<Int>) throws -> Double {
      var random = Shuffling()
      let ids = (0..<probes).map { _ in
        template.id(Int.random(in: numbers, using: &random))
      }
      var found = 0
      let cost = Cost.ofEach(1) {
        for id in ids where cache.find(id, at: now) != nil { found += 1 }
      }
      guard found == ids.count else { throw Failure(description: "a session is gone") }
      return cost / Double(ids.count)
    }
  }

  /// What `body` costs for one of these sessions, which are made beforehand a few at a time.
  private static func cost(
    of numbers: Range<Int>, _ template: SessionTemplate, _ body: (ServerSession) -> Void
  ) throws -> Double {
    var total = 0.0
    var next = numbers.lowerBound
    while next < numbers.upperBound {
      let end = min(next + 1_000, numbers.upperBound)
      let sessions = try (next..<end).map { try template.session($0) }
      total += Cost.ofEach(1) { for session in sessions { body(session) } }
      next = end
    }
    return total / Double(numbers.count)
  }
}

/// A session of a real handshake, and any number of copies with ids of their own.
private struct SessionTemplate {
  let now = SystemTimeSource().now()
  private let encoded: [UInt8]

  /// Where the id is in the stored form: behind the kind, the version and its own length.
  private static let idPlace = 3..<35

  init() throws {
    let kind = Fixture.Kind.ecdsaP256
    let setup = EngineSetup(try Fixture(kind), kind.suite, givesSessions: true)
    _ = try setup.connectedPair()
    guard let session = setup.serverSession else {
      throw Failure(description: "no session")
    }
    let bytes = try session.encoded()
    encoded = [UInt8](bytes.bytes)
  }

  /// The id of a number: bytes that look like chance.
  func id(_ number: Int) -> [UInt8] {
    var random = Shuffling(seed: UInt64(number))
    var id: [UInt8] = []
    for _ in 0..<4 {
      let word = random.next()
      for shift in stride(from: 0, to: 64, by: 8) {
        id.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    return id
  }

  /// The session with the id of a number: the stored form with another id in it, and the checksum of that.
  func session(_ number: Int) throws -> ServerSession {
    var bytes = encoded
    bytes.replaceSubrange(Self.idPlace, with: id(number))
    let contents = bytes.count - 32
    let digest = try Hash.digest(of: bytes.rawSpan.extracting(first: contents), using: .sha256)
    bytes.replaceSubrange(contents..<bytes.count, with: digest.array)
    return try ServerSession(encoded: bytes.rawSpan)
  }
}
