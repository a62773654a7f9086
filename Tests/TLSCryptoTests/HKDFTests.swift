import TLSCrypto
import TestSupport
import Testing

@Suite("HKDF")
struct HKDFTests {
  private func expand(
    _ key: [UInt8], _ info: [UInt8], _ count: Int, _ function: HashFunction
  ) throws -> [UInt8] {
    revealed(
      try HKDF.expand(key.rawSpan, info: info.rawSpan, count: count, using: function))
  }

  @Test("there are as many vectors as the tests were written for")
  func counts() throws {
    #expect(
      try VectorFile("primitives/hkdf.txt").counts == ["SHA-256": 3, "SHA-384": 3, "SHA-512": 3])
  }

  @Test(
    "agrees with RFC 5869 and OpenSSL", arguments: try VectorFile("primitives/hkdf.txt").records)
  func vectors(_ record: VectorRecord) throws {
    let function = try record.meaning(ofWord: 0, Word.hash)
    let (material, salt) = (try record.bytes("ikm"), try record.bytes("salt"))
    let key = revealed(
      try HKDF.extract(from: material.rawSpan, salt: salt.rawSpan, using: function))
    #expect(try key == record.bytes("prk"))
    let expected = try record.bytes("okm")
    #expect(try expand(key, try record.bytes("info"), expected.count, function) == expected)
  }

  @Test("gives up to 255 blocks, each as RFC 5869 says", arguments: HashFunction.allCases)
  func longest(_ function: HashFunction) throws {
    let (key, info) = ([UInt8].pattern(function.digestByteCount), Array("info".utf8))
    var expected: [UInt8] = []
    var block: [UInt8] = []
    for number in UInt8(1)...255 {
      block = try HMAC.authenticationCode(
        for: (block + info + [number]).rawSpan, key: key.rawSpan, using: function
      ).array
      expected += block
    }
    #expect(try expand(key, info, expected.count, function) == expected)
    for count in [0, 1, block.count - 1, block.count, block.count + 1, 2 * block.count + 7] {
      #expect(try expand(key, info, count, function) == Array(expected.prefix(count)))
    }
  }

  @Test("refuses to give more, or less than nothing", arguments: HashFunction.allCases)
  func tooLong(_ function: HashFunction) {
    let most = 255 * function.digestByteCount
    for count in [most + 1, .max, -1, .min] {
      #expect(
        throws: CryptoError.invalidInput(
          "HKDF with \(function) gives 0 to \(most) bytes, not \(count)")
      ) { _ = try expand([], [], count, function) }
    }
  }
}
