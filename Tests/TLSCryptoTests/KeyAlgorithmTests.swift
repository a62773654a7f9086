import TLSCrypto
import TestSupport
import Testing

@Suite("Keys and algorithms")
struct KeyAlgorithmTests {
  @Test("A key signs and verifies with its own kind of algorithm only")
  func kinds() throws {
    let keys = [
      try RSAParts(try #require(try VectorFile("primitives/rsa-sign.txt").records.first)).key(),
      try generatedKey(.ecdsa(.secp256r1), seed: 1), try generatedKey(.ed25519, seed: 1),
    ]
    let algorithms: [[SignatureAlgorithm]] = [
      [.rsaPKCS1(.sha256), .rsaPSS(.sha256)], [.ecdsa(.sha256)], [.ed25519],
    ]
    let message = [UInt8].pattern(10)
    for (index, key) in keys.enumerated() {
      for (other, foreign) in algorithms.enumerated() where other != index {
        for algorithm in foreign {
          let signing = #expect(throws: CryptoError.self) { try sign(message, key, algorithm) }
          #expect(signing?.kind == .unsupported)
          let verifying = verificationFailure(
            .pattern(64), of: message, key.publicKey, algorithm)
          #expect(verifying?.kind == .unsupported)
          #expect(verifying?.description.contains("\(algorithm)") == true)
        }
      }
      for other in keys.indices where other != index {
        #expect(keys[other].publicKey != key.publicKey)
      }
    }
  }
}
