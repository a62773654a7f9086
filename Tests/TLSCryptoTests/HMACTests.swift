import TLSCrypto
import TestSupport
import Testing

@Suite("HMAC")
struct HMACTests {
  @Test("there are as many vectors as the tests were written for")
  func counts() throws {
    #expect(
      try VectorFile("primitives/hmac.txt").counts == ["SHA-256": 7, "SHA-384": 7, "SHA-512": 7])
  }

  @Test("agrees with RFC 4231", arguments: try VectorFile("primitives/hmac.txt").records)
  func vectors(_ record: VectorRecord) throws {
    let function = try record.meaning(ofWord: 0, Word.hash)
    let (key, message) = (try record.bytes("key"), try record.bytes("msg"))
    let expected = try record.bytes("mac")
    let code = try HMAC.authenticationCode(
      for: message.rawSpan, key: key.rawSpan, using: function)
    #expect(code.count == function.digestByteCount)
    // The test case of section 4.6 gives the first half of the code, or less.
    #expect(Array(code.array.prefix(expected.count)) == expected)
    #expect(expected.count >= 16)
  }

  /// A code of as many bytes as there is room for.
  private func finalize(_ mac: inout HMAC, _ count: Int) -> [UInt8] {
    var code = [UInt8](repeating: 0xee, count: count)
    var span = code.mutableRawSpan
    mac.finalize(into: &span)
    return code
  }

  @Test("begins the next message under the same key", arguments: HashFunction.allCases)
  func reuse(_ function: HashFunction) throws {
    let key = [UInt8].pattern(47)
    let messages = [[UInt8].pattern(200), [], .pattern(1), .pattern(200)]
    var mac = try HMAC(function, key: key.rawSpan)
    for message in messages {
      mac.update(message.rawSpan.extracting(first: message.count / 2))
      mac.update(message.rawSpan.extracting(droppingFirst: message.count / 2))
      let expected = try HMAC.authenticationCode(
        for: message.rawSpan, key: key.rawSpan, using: function)
      #expect(finalize(&mac, function.digestByteCount) == expected.array)
    }
  }

  @Test("writes as much as there is room for, and no more", arguments: HashFunction.allCases)
  func room(_ function: HashFunction) throws {
    let key = [UInt8].pattern(20)
    var mac = try HMAC(function, key: key.rawSpan)
    let full = finalize(&mac, function.digestByteCount)
    #expect(finalize(&mac, 0).isEmpty)
    #expect(finalize(&mac, 12) == Array(full.prefix(12)))
    #expect(finalize(&mac, function.digestByteCount + 3) == full + [0xee, 0xee, 0xee])
  }

  @Test("takes keys around the block's length, and none", arguments: HashFunction.allCases)
  func keyLengths(_ function: HashFunction) throws {
    let block = function.blockByteCount
    let message = Array("message".utf8)
    for count in [0, 1, block - 1, block, block + 1, 3 * block] {
      let key = [UInt8].pattern(count)
      // RFC 2104 section 2, from hashes alone.
      var padded =
        count > block ? try Hash.digest(of: key.rawSpan, using: function).array : key
      padded += [UInt8](repeating: 0, count: block - padded.count)
      let inner = try Hash.digest(of: (padded.map { $0 ^ 0x36 } + message).rawSpan, using: function)
      let outer = try Hash.digest(
        of: (padded.map { $0 ^ 0x5c } + inner.array).rawSpan, using: function)
      let code = try HMAC.authenticationCode(
        for: message.rawSpan, key: key.rawSpan, using: function)
      #expect(code == outer, "a key of \(count) bytes")
    }
  }
}
