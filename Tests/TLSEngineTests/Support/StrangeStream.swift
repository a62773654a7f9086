import TLSCrypto
import Testing

@testable import TLSEngine

/// Chance that is the same each time.
struct Chance {
  private var state: UInt64

  init(seed: Int) {
    state = UInt64(truncatingIfNeeded: seed) &* 0x9e37_79b9_7f4a_7c15 &+ 1
    for _ in 0..<20 { _ = below(2) }
  }

  /// A number from zero on.
  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  /// Whether something happens that happens once in so many times.
  mutating func strikes(onceIn count: Int) -> Bool { below(count) == 0 }

  mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }
}

/// Makes what a server sends on a connection: data mostly, and among it whatever else there is, good and
/// bad.
struct StrangeStream: ~Copyable {
  private var chance: Chance
  private var protection: RecordProtection
  private let fragmentByteCount: Int

  /// - Parameter loopback: a connection, whose server sends nothing any more.
  init(_ loopback: borrowing Loopback, seed: Int) throws {
    chance = Chance(seed: seed)
    protection = try loopback.server.core.keyBlock().protection(ofRecordsWrittenBy: .server)
    protection.skip(to: loopback.server.core.channel.records.sealer.sequenceNumber)
    fragmentByteCount = loopback.server.core.channel.records.sealer.fragmentByteCount
  }

  /// All of it.
  mutating func bytes() throws -> [UInt8] {
    var wire: [UInt8] = []
    let isSpoilt = chance.strikes(onceIn: 2)
    for index in 0..<3 + chance.below(25) {
      var records = try next(index)
      if isSpoilt, !records.isEmpty, chance.strikes(onceIn: 12) { spoil(&records) }
      wire += records
    }
    if chance.strikes(onceIn: 3) { wire.removeLast(min(wire.count, 1 + chance.below(40))) }
    return wire
  }

  private mutating func next(_ index: Int) throws -> [UInt8] {
    switch chance.below(40) {
    case 0..<22:
      let count = chance.one(of: [1, 2, 15, 16, 17, 300, 5_000, 16_384, 20_000])
      return try data((0..<count).map { UInt8(truncatingIfNeeded: $0 % 250 + index + 1) })
    case 22..<29: return try empty(chance.strikes(onceIn: 20) ? 40 : 1)
    case 29, 30: return try record(.alert, [1, 90])
    case 31: return try record(.handshake, [0, 0, 0, 0])
    case 32:
      // A HelloRequest in two halves, or the first of them.
      let half = try record(.handshake, [0, 0])
      return chance.strikes(onceIn: 3) ? half : try half + record(.handshake, [0, 0])
    case 33...37: return try rare()
    default: return try data([UInt8](repeating: 9, count: 1_000))
    }
  }

  /// What ends a connection, sooner or later: not in every stream.
  private mutating func rare() throws -> [UInt8] {
    guard chance.strikes(onceIn: 4) else { return [] }
    switch chance.below(7) {
    case 0: return try record(.alert, [1, 0])
    case 1: return try record(.alert, [2, 40])
    case 2: return try record(.changeCipherSpec, [1])
    case 3: return try record(.handshake, [])
    case 4: return try record(.handshake, [0, 0, 0, 5, 1])
    case 5: return try record(.handshake, [20, 0, 0, 12] + [UInt8](repeating: 1, count: 12))
    default:
      let count = fragmentByteCount + 1 + chance.below(300)
      return try record(.applicationData, [UInt8](repeating: 5, count: count))
    }
  }

  /// Changes a byte or two, of the first record's header mostly.
  private mutating func spoil(_ records: inout [UInt8]) {
    switch chance.below(9) {
    case 0: records[chance.below(5)] ^= UInt8(1 + chance.below(255))
    case 1: records[0] = chance.one(of: [20, 21, 22, 24])
    case 2: records[2] = 1
    case 3: (records[3], records[4]) = (0x48, 1)
    case 4: (records[3], records[4]) = (0, UInt8(chance.below(30)))
    case 5: records[records.count - 1] ^= 1
    default: records[chance.below(records.count)] ^= 0x40
    }
  }

  // MARK: Records

  private mutating func record(_ type: ContentType, _ text: [UInt8]) throws -> [UInt8] {
    let body = protection.expansion.bodyByteCount(of: text.count)
    var record = [UInt8](repeating: 0, count: RecordHeader.byteCount + body)
    var output = record.mutableRawSpan
    try protection.seal(text.rawSpan, as: type, into: &output)
    return record
  }

  private mutating func data(_ text: [UInt8]) throws -> [UInt8] {
    var records: [UInt8] = []
    for chunk in text.chunks(of: fragmentByteCount) {
      records += try record(.applicationData, chunk)
    }
    return records
  }

  private mutating func empty(_ count: Int) throws -> [UInt8] {
    var records: [UInt8] = []
    for _ in 0..<count { records += try record(.applicationData, []) }
    return records
  }
}
