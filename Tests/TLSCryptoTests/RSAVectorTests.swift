import TestSupport
import Testing

@testable import TLSCrypto

@Suite("RSA signatures, against published vectors")
struct RSAVectorTests {
  @Test("there are as many vectors as the tests were written for")
  func counts() throws {
    let pkcs1 = try VectorFile("primitives/rsa-pkcs1-verify.txt").counts
    let pss = try VectorFile("primitives/rsa-pss-verify.txt").counts
    for hash in HashFunction.allCases {
      #expect(pkcs1["\(hash) valid"] == (hash == .sha256 ? 3 : 1))
      #expect(pss["\(hash) valid"] == 1)
      #expect(pkcs1["\(hash) invalid"] == 5)
      #expect(pss["\(hash) invalid"] == 5)
    }
    #expect(pkcs1.values.reduce(0, +) == 20)
    #expect(pss.values.reduce(0, +) == 18)
    #expect(
      try VectorFile("primitives/rsa-sign.txt").counts == [
        "PKCS1 SHA-256": 2, "PKCS1 SHA-384": 2, "PKCS1 SHA-512": 2, "PSS SHA-256": 1,
        "PSS SHA-384": 1,
      ])
  }

  private func verify(
    _ record: VectorRecord, _ algorithm: (HashFunction) -> SignatureAlgorithm
  ) throws {
    let algorithm = algorithm(try record.meaning(ofWord: 0, Word.hash))
    let isValid = try record.meaning(ofWord: 1, Word.validity)
    let (modulus, exponent) = (try record.bytes("n"), try record.bytes("e"))
    let key = try PublicKey.rsa(modulus: modulus.rawSpan, exponent: exponent.rawSpan)
    #expect(key.kind == .rsa(bits: 8 * modulus.count))
    let failure = verificationFailure(
      try record.bytes("s"), of: try record.bytes("msg"), key, algorithm)
    #expect(failure == (isValid ? nil : .invalidSignature))
  }

  @Test(
    "PKCS#1 v1.5 is verified as NIST does",
    arguments: try VectorFile("primitives/rsa-pkcs1-verify.txt").records)
  func pkcs1(_ record: VectorRecord) throws {
    try verify(record) { .rsaPKCS1($0) }
  }

  @Test(
    "PSS is verified as NIST does",
    arguments: try VectorFile("primitives/rsa-pss-verify.txt").records)
  func pss(_ record: VectorRecord) throws {
    try verify(record) { .rsaPSS($0) }
  }

  @Test(
    "both are signed as NIST does, PSS with its salt",
    arguments: try VectorFile("primitives/rsa-sign.txt").records)
  func signing(_ record: VectorRecord) throws {
    let hash = try record.meaning(ofWord: 1, Word.hash)
    let isPSS = try record.meaning(ofWord: 0, ["PKCS1": false, "PSS": true])
    let key = try RSAParts(record).key()
    let message = try record.bytes("msg")
    var random = FixedRandomSource(isPSS ? try record.bytes("salt") : [])
    let signature = try key.sign(
      message.rawSpan, using: isPSS ? .rsaPSS(hash) : .rsaPKCS1(hash), random: &random)
    #expect(try signature == record.bytes("s"))
    #expect(random.remaining == 0)
  }
}
