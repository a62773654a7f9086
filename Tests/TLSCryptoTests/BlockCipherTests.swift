import TLSCrypto
import TestSupport
import Testing

@Suite("Block ciphers in CBC mode")
struct BlockCipherTests {
  private typealias IV = BlockCipherKey.InitializationVector

  @Test("there are as many vectors as the tests were written for")
  func counts() throws {
    #expect(
      try VectorFile("primitives/aes-cbc.txt").counts == ["AES-128-CBC": 20, "AES-256-CBC": 20])
  }

  @Test(
    "agree with NIST's vectors, both ways",
    arguments: try VectorFile("primitives/aes-cbc.txt").records)
  func vectors(_ record: VectorRecord) throws {
    let (keyBytes, iv) = (try record.bytes("key"), try record.bytes("iv"))
    var key = try BlockCipherKey(
      try record.meaning(ofWord: 0, Word.blockCipher), key: keyBytes.rawSpan)
    var bytes = try record.bytes("pt")
    var blocks = bytes.mutableRawSpan
    try key.encrypt(inPlace: &blocks, iv: IV { iv[$0] })
    #expect(try bytes == record.bytes("ct"))
    blocks = bytes.mutableRawSpan
    try key.decrypt(inPlace: &blocks, iv: IV { iv[$0] })
    #expect(try bytes == record.bytes("pt"))
  }

  @Test("begin anew with each message", arguments: BlockCipherAlgorithm.allCases)
  func reuse(_ algorithm: BlockCipherAlgorithm) throws {
    var key = try BlockCipherKey(algorithm, key: [UInt8].pattern(algorithm.keyByteCount).rawSpan)
    let first = try encrypted(.pattern(48), &key, iv: 1)
    #expect(try encrypted(.pattern(48), &key, iv: 2) != first)
    #expect(try encrypted(.pattern(48), &key, iv: 1) == first)
    #expect(Array(first.prefix(16)) == (try encrypted(.pattern(16), &key, iv: 1)))
  }

  private func encrypted(
    _ plaintext: [UInt8], _ key: inout BlockCipherKey, iv: UInt8
  ) throws -> [UInt8] {
    var bytes = plaintext
    var blocks = bytes.mutableRawSpan
    try key.encrypt(inPlace: &blocks, iv: IV(repeating: iv))
    return bytes
  }

  @Test("take whole blocks only, and leave anything else alone")
  func wholeBlocks() throws {
    var key = try BlockCipherKey(.aes128CBC, key: [UInt8].pattern(16).rawSpan)
    for count in [0, 1, 15, 17, 31, 33] {
      var bytes = [UInt8].pattern(count)
      let expected = CryptoError.invalidInput(
        "\(count) bytes are not one or more whole blocks of 16")
      var blocks = bytes.mutableRawSpan
      #expect(throws: expected) { try key.encrypt(inPlace: &blocks, iv: IV(repeating: 0)) }
      #expect(throws: expected) { try key.decrypt(inPlace: &blocks, iv: IV(repeating: 0)) }
      #expect(bytes == .pattern(count))
    }
  }

  @Test("take keys of their own length only", arguments: BlockCipherAlgorithm.allCases)
  func keyLengths(_ algorithm: BlockCipherAlgorithm) {
    for count in [0, 15, 16, 17, 24, 31, 32, 33] where count != algorithm.keyByteCount {
      #expect(
        throws: CryptoError.invalidInput(
          "a key of \(algorithm) has \(algorithm.keyByteCount) bytes, not \(count)")
      ) { _ = try BlockCipherKey(algorithm, key: [UInt8].pattern(count).rawSpan) }
    }
  }
}
