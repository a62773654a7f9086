import Testing

@testable import TLSCrypto

@Suite("Secret bytes")
struct SecretBytesTests {
  @Test("begin as zeros, or as a copy")
  func beginnings() {
    let zeros = SecretBytes(count: 40)
    let zeroCount = zeros.count
    let zeroBytes = [UInt8](zeros.bytes)
    #expect(zeroCount == 40)
    #expect(zeroBytes == [UInt8](repeating: 0, count: 40))
    let copied = SecretBytes(copying: [UInt8].pattern(33).rawSpan)
    let bytes = [UInt8](copied.bytes)
    #expect(bytes == .pattern(33))
  }

  @Test("may be none")
  func none() {
    let empty = SecretBytes(copying: [UInt8]().rawSpan)
    let count = empty.count
    let copy = empty.copy()
    let copied = [UInt8](copy.bytes)
    #expect(count == 0)
    #expect(copied.isEmpty)
  }

  @Test("have copies that go their own way")
  func copies() {
    var original = SecretBytes(copying: [UInt8]([1, 2, 3]).rawSpan)
    let copy = original.copy()
    var span = original.mutableBytes
    span[byte: 1] = 9
    let (changed, kept) = ([UInt8](original.bytes), [UInt8](copy.bytes))
    #expect(changed == [1, 9, 3])
    #expect(kept == [1, 2, 3])
  }

  @Test("are wiped in place when asked, arrays too")
  func wiping() {
    var secret = SecretBytes(copying: [UInt8].pattern(50).rawSpan)
    var span = secret.mutableBytes
    span.wipe()
    let wiped = [UInt8](secret.bytes)
    #expect(wiped == [UInt8](repeating: 0, count: 50))
    var array = [UInt8].pattern(50)
    array.wipe()
    #expect(array == [UInt8](repeating: 0, count: 50))
    var empty: [UInt8] = []
    empty.wipe()
    #expect(empty.isEmpty)
  }

  /// The allocator may give the freed memory out again; nothing of the secret is in it then.
  @Test("leave nothing behind when they go")
  func leavingNothing() {
    for _ in 0..<100 {
      do {
        var secret = SecretBytes(count: 4099)
        var span = secret.mutableBytes
        for offset in span.byteOffsets { span[byte: offset] = 0xa7 }
      }
      let reused = UnsafeMutableRawBufferPointer.allocate(byteCount: 4099, alignment: 16)
      defer { unsafe reused.deallocate() }
      // The allocator's own links are at the start.
      let remains = unsafe reused.dropFirst(64).contains { $0 == 0xa7 }
      #expect(!remains)
    }
  }
}
