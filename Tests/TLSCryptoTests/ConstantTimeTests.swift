import TLSCrypto
import Testing

@Suite("Comparison in constant time")
struct ConstantTimeTests {
  private func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    ConstantTime.areEqual(a.rawSpan, b.rawSpan)
  }

  @Test("finds the same bytes equal", arguments: [0, 1, 12, 16, 32, 64, 1000])
  func equal(_ count: Int) {
    #expect(areEqual(.pattern(count), .pattern(count)))
  }

  @Test("finds every flip of a bit")
  func flips() {
    let bytes = [UInt8].pattern(40)
    for bit in 0..<(8 * bytes.count) {
      #expect(!areEqual(bytes, bytes.flipping(bit: bit)))
      #expect(!areEqual(bytes.flipping(bit: bit), bytes))
    }
  }

  @Test("does not let two differences cancel out")
  func differences() {
    #expect(!areEqual([1, 1], [0, 0]))
    #expect(!areEqual([0xff, 0], [0, 0xff]))
    #expect(!areEqual([0x80, 0x80], [0, 0]))
  }

  @Test("finds bytes of another length different")
  func lengths() {
    let bytes = [UInt8].pattern(20)
    for count in 0..<20 { #expect(!areEqual(bytes, Array(bytes.prefix(count)))) }
    #expect(!areEqual([], [0]))
    #expect(!areEqual([0], []))
  }

  @Test("masks are all ones or zero")
  func masks() {
    let numbers: [UInt] = [0, 1, 2, 15, 16, 127, 128, 255, 256, 16_384, UInt(Int.max) - 1]
    for a in numbers {
      for b in numbers {
        #expect(ConstantTime.mask(a, equals: b) == (a == b ? .max : 0), "\(a), \(b)")
        #expect(ConstantTime.mask(a, isLessThan: b) == (a < b ? .max : 0), "\(a), \(b)")
      }
    }
    for bit in 0..<UInt.bitWidth {
      #expect(ConstantTime.mask(1 << UInt(bit), equals: 0) == 0)
      #expect(ConstantTime.mask(.max, equals: .max ^ (1 << UInt(bit))) == 0)
    }
    #expect(ConstantTime.mask(.max, equals: .max) == .max)
  }

  @Test("a mask of bytes sees every bit, and the length")
  func maskOfBytes() {
    let bytes = [UInt8].pattern(48)
    #expect(ConstantTime.mask(bytes.rawSpan, equals: bytes.rawSpan) == .max)
    for bit in 0..<(8 * 48) {
      #expect(ConstantTime.mask(bytes.rawSpan, equals: bytes.flipping(bit: bit).rawSpan) == 0)
    }
    #expect(ConstantTime.mask(bytes.rawSpan, equals: [UInt8].pattern(47).rawSpan) == 0)
    #expect(ConstantTime.mask([UInt8]().rawSpan, equals: [UInt8]().rawSpan) == .max)
  }

  @Test("a mask chooses whether bytes are copied")
  func copy() {
    let source = [UInt8].pattern(20)
    let old = [UInt8](repeating: 0xee, count: 24)
    var bytes = old
    var target = bytes.mutableRawSpan
    ConstantTime.copy(source.rawSpan, into: &target, where: 0)
    #expect(bytes == old)
    target = bytes.mutableRawSpan
    ConstantTime.copy(source.rawSpan, into: &target, where: .max)
    #expect(bytes == source + old.suffix(4))
  }
}
