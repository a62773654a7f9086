import TestSupport
import Testing

@testable import TLSCrypto

@Suite("Key agreement in finite fields")
struct FiniteFieldTests {
  @Test("there are as many vectors as the tests were written for")
  func counts() throws {
    #expect(
      try VectorFile("primitives/ffdh.txt").counts
        == ["ffdhe2048 exchange": 5, "ffdhe2048 key": 3, "modp2048 key": 3])
    #expect(
      try VectorFile("primitives/ffdh-short.txt").counts
        == Dictionary(
          uniqueKeysWithValues: FiniteFieldGroup.allCases.map {
            ("\($0)", $0.bitCount == 2048 ? 5 : 2)
          }))
  }

  @Test("agrees with NIST's keys", arguments: try VectorFile("primitives/ffdh.txt").records)
  func nist(_ record: VectorRecord) throws {
    let group = try record.meaning(ofWord: 0, Word.finiteField)
    let exponent = try record.bytes("x")
    #expect(try group.publicKey(of: exponent.rawSpan) == record.bytes("y"))
    guard record.section.last == "exchange" else { return }
    let peer = try record.bytes("peer")
    let secret = try group.sharedSecret(peer.rawSpan, exponent.rawSpan)
    let revealed = [UInt8](secret.bytes)
    #expect(try revealed == record.bytes("z"))
  }

  @Test(
    "agrees with OpenSSL, and on where zeros stay and where not",
    arguments: try VectorFile("primitives/ffdh-short.txt").records)
  func openSSL(_ record: VectorRecord) throws {
    let group = try record.meaning(ofWord: 0, Word.finiteField)
    var source = FixedRandomSource(try record.bytes("x"))
    let side = try exchange(.finiteField(group), &source, with: try record.bytes("peer"))
    #expect(try side.publicKey == record.bytes("y"))
    #expect(try side.secret == record.bytes("z"))
    #expect(source.remaining == 0)
  }

  @Test("has vectors with zeros before public keys and secrets")
  func zeros() throws {
    let records = try VectorFile("primitives/ffdh-short.txt").records(in: "ffdhe2048")
    #expect(try records.contains { try $0.bytes("y").first == 0 })
    #expect(try records.contains { try $0.bytes("peer").first == 0 })
    #expect(try records.contains { try $0.bytes("z").count == 254 })
    #expect(try records.allSatisfy { try $0.bytes("z").first != 0 })
  }

  @Test("takes a public key with the zeros before it left out")
  func shortPublicKey() throws {
    let records = try VectorFile("primitives/ffdh-short.txt").records(in: "modp2048")
    let record = try #require(try records.first { try $0.bytes("peer").first == 0 })
    var source = FixedRandomSource(try record.bytes("x"))
    let peer = Array(try record.bytes("peer").drop { $0 == 0 })
    let side = try exchange(.finiteField(.modp2048), &source, with: peer)
    #expect(peer.count < 256)
    #expect(try side.secret == record.bytes("z"))
  }

  @Test("draws exponents of at least twice the group's strength, and sets their top bit")
  func exponents() throws {
    // RFC 7919 appendix A: 225, 275, 325, 375 and 400 bits at least.
    let least: [Int: Int] = [2048: 225, 3072: 275, 4096: 325, 6144: 375, 8192: 400]
    for group in FiniteFieldGroup.allCases {
      let bitCount = 8 * group.exponentByteCount
      #expect(bitCount >= least[group.bitCount] ?? .max)
      var zeros = FixedRandomSource([UInt8](repeating: 0, count: group.exponentByteCount))
      let lowest = revealed(group.randomExponent(using: &zeros))
      #expect(lowest == [0x80] + [UInt8](repeating: 0, count: group.exponentByteCount - 1))
      var ones = FixedRandomSource([UInt8](repeating: 0xff, count: group.exponentByteCount))
      let highest = revealed(group.randomExponent(using: &ones))
      #expect(highest == [UInt8](repeating: 0xff, count: group.exponentByteCount))
    }
  }

  /// Numbers that RFC 7919 section 5.1 forbids, as short as they can be and as long as the prime.
  @Test("refuses 0, 1, p - 1 and whatever is not below it", arguments: FiniteFieldGroup.allCases)
  func outOfRange(_ group: FiniteFieldGroup) throws {
    let width = group.publicKeyByteCount
    let prime = group.prime
    let zeros = [UInt8](repeating: 0, count: width - 1)
    let refused: [[UInt8]] = [
      [], [0], [1], zeros + [0], zeros + [1],
      prime.dropLast() + [0xfe], prime, prime.adding(1), prime.adding(2),
      [UInt8](repeating: 0xff, count: width),
    ]
    for peer in refused {
      #expect(
        try sharedSecretFailure(.finiteField(group), seed: 1, with: peer)
          == .invalidPublicKey("a public key of \(group) is not between 1 and p - 1"))
    }
    let taken: [[UInt8]] = [[2], zeros + [2], prime.dropLast() + [0xfd]]
    for peer in taken {
      #expect(try sharedSecretFailure(.finiteField(group), seed: 1, with: peer) == nil)
    }
  }

  @Test("refuses what is longer than the prime", arguments: FiniteFieldGroup.allCases)
  func tooLong(_ group: FiniteFieldGroup) throws {
    let width = group.publicKeyByteCount
    let two = [UInt8](repeating: 0, count: width) + [2]
    for peer in [two, [0] + two, [UInt8](repeating: 0x55, count: 2 * width)] {
      #expect(
        try sharedSecretFailure(.finiteField(group), seed: 1, with: peer)
          == .invalidPublicKey(
            "a public key of \(group) has \(width) bytes at most, not \(peer.count)"))
    }
  }
}

extension [UInt8] {
  /// The big-endian number plus another, in as many bytes.
  fileprivate func adding(_ addend: UInt8) -> [UInt8] {
    var sum = self
    var carry = Int(addend)
    for index in sum.indices.reversed() {
      carry += Int(sum[index])
      sum[index] = UInt8(truncatingIfNeeded: carry)
      carry >>= 8
    }
    return sum
  }
}
