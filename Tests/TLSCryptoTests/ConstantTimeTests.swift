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
}
