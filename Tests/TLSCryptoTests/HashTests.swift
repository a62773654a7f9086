import TLSCrypto
import TestSupport
import Testing

@Suite("Hashes")
struct HashTests {
  private func digest(_ bytes: [UInt8], _ function: HashFunction) throws -> Digest {
    try Hash.digest(of: bytes.rawSpan, using: function)
  }

  @Test("there are as many vectors as the tests were written for")
  func counts() throws {
    #expect(
      try VectorFile("primitives/sha2.txt").counts == [
        "SHA-256 message": 23, "SHA-256 monte-carlo": 3,
        "SHA-384 message": 31, "SHA-384 monte-carlo": 3,
        "SHA-512 message": 31, "SHA-512 monte-carlo": 3,
      ])
  }

  @Test(
    "agree with NIST's messages, in one piece and in two",
    arguments: try VectorFile("primitives/sha2.txt").records.filter {
      $0.section.last == "message"
    })
  func messages(_ record: VectorRecord) throws {
    let function = try record.meaning(ofWord: 0, Word.hash)
    let message = try record.bytes("msg")
    let expected = try record.bytes("md")
    #expect(try digest(message, function).array == expected)
    var hash = try Hash(function)
    hash.update(message.rawSpan.extracting(first: message.count / 3))
    hash.update(message.rawSpan.extracting(droppingFirst: message.count / 3))
    let pieces = hash.finalize()
    #expect(pieces.array == expected)
  }

  @Test("agree with NIST's Monte Carlo test", arguments: HashFunction.allCases)
  func monteCarlo(_ function: HashFunction) throws {
    let file = try VectorFile("primitives/sha2.txt")
    let records = file.records(in: function.description, "monte-carlo")
    var seed = try #require(records.first).bytes("seed")
    var checked = 0
    for record in records {
      var last = [seed, seed, seed]
      for _ in 0..<1000 {
        let digest = try digest(last.flatMap { $0 }, function)
        last = [last[1], last[2], digest.array]
      }
      seed = last[2]
      #expect(try seed == record.bytes("md"), "\(record)")
      checked += 1
    }
    #expect(checked == 3)
  }

  @Test("go on after a snapshot or a copy, which are apart", arguments: HashFunction.allCases)
  func snapshots(_ function: HashFunction) throws {
    let (a, b, c) = ([UInt8].pattern(100), [UInt8].pattern(33), [UInt8].pattern(1))
    var hash = try Hash(function)
    hash.update(a.rawSpan)
    let first = try hash.snapshot()
    #expect(try first == digest(a, function))
    var copy = try hash.copy()
    hash.update(b.rawSpan)
    copy.update(c.rawSpan)
    let second = try hash.snapshot()
    let ofCopy = copy.finalize()
    let last = hash.finalize()
    #expect(try second == digest(a + b, function))
    #expect(try ofCopy == digest(a + c, function))
    #expect(last == second)
  }

  @Test("of nothing are those of an empty message", arguments: HashFunction.allCases)
  func nothing(_ function: HashFunction) throws {
    let fresh = try Hash(function).finalize()
    #expect(try fresh == digest([], function))
    #expect(fresh.count == function.digestByteCount)
  }

  @Test("Digests are equal when their bytes are, and print as hexadecimal")
  func digests() throws {
    let a = try digest(Array("a".utf8), .sha256)
    let again = try digest(Array("a".utf8), .sha256)
    let b = try digest(Array("b".utf8), .sha256)
    let longer = try digest(Array("a".utf8), .sha384)
    #expect(a == again)
    #expect(a.hashValue == again.hashValue)
    #expect(a != b)
    #expect(a != longer)
    #expect(a.description == a.array.hexadecimal)
    #expect(a.description.count == 64)
  }
}
