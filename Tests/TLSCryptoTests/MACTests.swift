import TLSCrypto
import TestSupport
import Testing

@Suite("The MACs of CBC records")
struct MACTests {
  private func code(
    _ algorithm: MACAlgorithm, key: [UInt8], _ message: [UInt8]
  ) throws -> [UInt8] {
    var mac = try HMAC(algorithm, key: key.rawSpan)
    mac.update(message.rawSpan)
    return finalize(&mac, algorithm)
  }

  private func finalize(_ mac: inout HMAC, _ algorithm: MACAlgorithm) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: algorithm.byteCount)
    var span = code.mutableRawSpan
    mac.finalize(into: &span)
    return code
  }

  @Test("HMAC-SHA-1 agrees with RFC 2202")
  func sha1() throws {
    let records = try VectorFile("primitives/hmac-sha1.txt").records
    #expect(records.count == 6)
    for record in records {
      let code = try code(.hmacSHA1, key: try record.bytes("key"), try record.bytes("msg"))
      #expect(try code == record.bytes("mac"), "\(record)")
    }
  }

  @Test("The others are HMAC with SHA-2")
  func sha2() throws {
    for (algorithm, function) in [
      (MACAlgorithm.hmacSHA256, HashFunction.sha256), (.hmacSHA384, .sha384),
    ] {
      #expect(algorithm.byteCount == function.digestByteCount)
      for count in [0, 1, 127, 128, 300] {
        let key = [UInt8].pattern(algorithm.byteCount)
        let expected = try HMAC.authenticationCode(
          for: [UInt8].pattern(count).rawSpan, key: key.rawSpan, using: function)
        #expect(try code(algorithm, key: key, .pattern(count)) == expected.array)
      }
    }
  }

  @Test(
    "Taken apart it gives the same code after every byte", arguments: MACAlgorithm.allCases)
  func split(_ algorithm: MACAlgorithm) throws {
    let key = [UInt8].pattern(algorithm.byteCount)
    let message = [UInt8].pattern(300)
    let split = try SplitHMAC(algorithm, key: key.rawSpan)
    // Twice: a message leaves nothing for the next.
    for _ in 0..<2 {
      var inner = try split.begin()
      for count in 0..<300 {
        let expected = try code(algorithm, key: key, Array(message.prefix(count)))
        #expect(try finish(split, inner, algorithm) == expected, "\(count) bytes")
        inner.update(message.rawSpan.extracting(count..<count + 1))
      }
    }
  }

  private func finish(
    _ split: borrowing SplitHMAC, _ inner: borrowing InnerHash, _ algorithm: MACAlgorithm
  ) throws -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: algorithm.byteCount)
    var span = digest.mutableRawSpan
    try inner.read(into: &span)
    var code = [UInt8](repeating: 0, count: algorithm.byteCount)
    span = code.mutableRawSpan
    try split.finish(digest.rawSpan, into: &span)
    return code
  }

  @Test("A key longer than a block is not taken apart", arguments: MACAlgorithm.allCases)
  func longKey(_ algorithm: MACAlgorithm) throws {
    let block = algorithm == .hmacSHA384 ? 128 : 64
    let key = [UInt8].pattern(block)
    let split = try SplitHMAC(algorithm, key: key.rawSpan)
    #expect(try finish(split, try split.begin(), algorithm) == code(algorithm, key: key, []))
    #expect(
      throws: CryptoError.invalidInput(
        "a key of \(block + 1) bytes is longer than a block of \(block)")
    ) { _ = try SplitHMAC(algorithm, key: [UInt8].pattern(block + 1).rawSpan) }
  }
}
