import TLSCrypto
import Testing

@Suite("Views of bytes")
struct BytesTests {
  @Test("read and write arrays in place")
  func arrays() {
    var array: [UInt8] = [1, 2, 3]
    let kept = array
    var span = array.mutableRawSpan
    span[byte: 1] = 9
    #expect(array == [1, 9, 3])
    #expect(kept == [1, 2, 3])
    let bytes = [UInt8](array.rawSpan)
    #expect(bytes == [1, 9, 3])
  }

  @Test("read and write inline arrays in place")
  func inlineArrays() {
    var array = InlineArray<4, UInt8>(repeating: 7)
    var span = array.mutableRawSpan
    span[byte: 3] = 1
    let bytes = [UInt8](array.rawSpan)
    #expect(bytes == [7, 7, 7, 1])
  }

  @Test("copy to the start, the end and nowhere")
  func copying() {
    var array = [UInt8](repeating: 0, count: 5)
    var span = array.mutableRawSpan
    span.copy([UInt8]([1, 2]).rawSpan)
    span.copy([UInt8]([3, 4]).rawSpan, at: 3)
    span.copy([UInt8]().rawSpan, at: 5)
    #expect(array == [1, 2, 0, 3, 4])
  }

  @Test("compare by their bytes")
  func comparing() {
    func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool { a.rawSpan.elementsEqual(b.rawSpan) }
    #expect(areEqual([], []))
    #expect(areEqual([1, 2], [1, 2]))
    #expect(!areEqual([1, 2], [1, 3]))
    #expect(!areEqual([1, 2], [1]))
    #expect(!areEqual([], [0]))
  }

  private struct Refusal: Error {}

  @Test("are appended to an array in place, or not at all")
  func appending() throws {
    var array: [UInt8] = [1]
    array.append(contentsOf: [UInt8]([2, 3]).rawSpan)
    array.append(contentsOf: [UInt8]().rawSpan)
    array.append(count: 2) { span in
      span[byte: 0] = 4
      span[byte: 1] = 5
    }
    #expect(array == [1, 2, 3, 4, 5])
    #expect(throws: Refusal.self) {
      try array.append(count: 3) { span throws(Refusal) in
        span[byte: 0] = 6
        throw Refusal()
      }
    }
    #expect(array == [1, 2, 3, 4, 5])
  }

  @Test("A box holds a value, lets it change, and gives it back")
  func box() {
    final class Witness: Sendable {}
    weak var witness: Witness?
    do {
      let held = Witness()
      witness = held
      var box = Box<[Witness]>([held])
      box.value.append(held)
      let count = box.value.count
      #expect(count == 2)
      let taken = box.take()
      #expect(taken.count == 2)
      _ = Box<Witness>(held)
    }
    #expect(witness == nil)
  }
}
