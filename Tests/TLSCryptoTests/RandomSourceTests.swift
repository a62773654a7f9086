import TLSCrypto
import TestSupport
import Testing

@Suite("Sources of randomness")
struct RandomSourceTests {
  @Test("The system's gives other bytes each time")
  func system() {
    var source = SystemRandomSource()
    var other = SystemRandomSource()
    var seen: Set<[UInt8]> = []
    for _ in 0..<20 {
      seen.insert(source.bytes(32))
      seen.insert(other.bytes(32))
    }
    #expect(seen.count == 40)
    #expect(source.bytes(0).isEmpty)
  }

  @Test("The system's fills all of a buffer, and no byte keeps to one value")
  func coverage() {
    var source = SystemRandomSource()
    var union = [UInt8](repeating: 0, count: 100)
    // That a bit of one place is zero 64 times has a chance of 2^-64.
    for _ in 0..<64 { union = zip(union, source.bytes(100)).map { $0 | $1 } }
    #expect(union.allSatisfy { $0 == 0xff })
  }

  @Test("The deterministic one is SHA-256 of its seed and a counter")
  func deterministic() throws {
    for seed in [[], [1], Array("seed".utf8), [UInt8].pattern(100)] {
      var expected: [UInt8] = []
      for counter in UInt8(0)..<4 {
        let input = seed + [0, 0, 0, 0, 0, 0, 0, counter]
        expected += try Hash.digest(of: input.rawSpan, using: .sha256).array
      }
      var source = DeterministicRandomSource(seed: seed)
      #expect(source.bytes(128) == expected)
      // However the stream is cut.
      var pieces = DeterministicRandomSource(seed: seed)
      let cut = [0, 1, 31, 32, 33, 0, 31].flatMap { pieces.bytes($0) }
      #expect(cut == expected)
    }
  }

  @Test("The deterministic one counts beyond one byte")
  func counter() throws {
    var source = DeterministicRandomSource(seed: [7])
    _ = source.bytes(32 * 0x0102)
    let input: [UInt8] = [7, 0, 0, 0, 0, 0, 0, 1, 2]
    #expect(try source.bytes(32) == Hash.digest(of: input.rawSpan, using: .sha256).array)
  }

  /// So that the stream cannot change unseen: computed with Python's `hashlib`.
  @Test("The deterministic one gives this stream")
  func recorded() throws {
    var source = DeterministicRandomSource(seed: Array("swift-tls-engine".utf8))
    #expect(
      try source.bytes(40)
        == hex(
          "490e97c4f9530da613f80f92271a305d0c14abeaddfac9e041f558ffe917b8743e96297fcd1e115a"))
  }

  @Test("Copies of the deterministic one go on by themselves")
  func copies() {
    var source = DeterministicRandomSource(seed: [1])
    _ = source.bytes(5)
    var copy = source
    #expect(source.bytes(50) == copy.bytes(50))
    #expect(
      DeterministicRandomSource(seed: [1]).withFirst(8)
        != DeterministicRandomSource(seed: [2]).withFirst(8))
  }
}

extension DeterministicRandomSource {
  /// The first bytes of a copy.
  fileprivate func withFirst(_ count: Int) -> [UInt8] {
    var copy = self
    return copy.bytes(count)
  }
}
