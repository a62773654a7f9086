import TestSupport
import Testing

@testable import TLSCrypto

@Suite("X25519")
struct X25519Tests {
  private func multiply(_ u: [UInt8], by scalar: [UInt8]) throws -> [UInt8] {
    let product = try X25519.multiply(u.rawSpan, by: scalar.rawSpan)
    return [UInt8](product.bytes)
  }

  @Test("there are as many vectors as the tests were written for")
  func counts() throws {
    #expect(
      try VectorFile("primitives/x25519.txt").counts == [
        "multiply": 2, "iterate": 2, "exchange": 1,
      ])
    #expect(try VectorFile("primitives/x25519-small-order.txt").counts == ["": 14])
  }

  @Test(
    "multiplies as RFC 7748 does",
    arguments: try VectorFile("primitives/x25519.txt").records(in: "multiply"))
  func multiplication(_ record: VectorRecord) throws {
    let product = try multiply(try record.bytes("u"), by: try record.bytes("scalar"))
    #expect(try product == record.bytes("result"))
  }

  @Test(
    "multiplies again and again as RFC 7748 does",
    arguments: try VectorFile("primitives/x25519.txt").records(in: "iterate"))
  func iteration(_ record: VectorRecord) throws {
    let rounds = try record.integer("rounds")
    var scalar = [9] + [UInt8](repeating: 0, count: 31)
    var u = scalar
    for _ in 0..<rounds { (scalar, u) = (try multiply(u, by: scalar), scalar) }
    #expect(rounds > 0)
    #expect(try scalar == record.bytes("result"))
  }

  @Test(
    "exchanges keys as RFC 7748 does",
    arguments: try VectorFile("primitives/x25519.txt").records(in: "exchange"))
  func exchanging(_ record: VectorRecord) throws {
    let halves = [("a", "b"), ("b", "a")]
    for (mine, theirs) in halves {
      var source = FixedRandomSource(try record.bytes(mine))
      let peer = try record.bytes("\(theirs)_public")
      let side = try exchange(.x25519, &source, with: peer)
      #expect(try side.publicKey == record.bytes("\(mine)_public"))
      #expect(try side.secret == record.bytes("shared"))
      #expect(source.remaining == 0)
    }
  }

  @Test(
    "refuses public keys of small order",
    arguments: try VectorFile("primitives/x25519-small-order.txt").records)
  func smallOrder(_ record: VectorRecord) throws {
    for seed in UInt8(0)..<4 {
      let failure = try sharedSecretFailure(.x25519, seed: seed, with: try record.bytes("u"))
      #expect(failure?.kind == .invalidPublicKey)
    }
  }

  @Test("ignores the top bit of a public key (RFC 7748 section 5)")
  func topBit() throws {
    let scalar = [UInt8].pattern(32)
    let peer = try multiply([9] + [UInt8](repeating: 0, count: 31), by: .pattern(32))
    #expect(try multiply(peer.flipping(bit: 255), by: scalar) == multiply(peer, by: scalar))
  }

  @Test("takes coordinates that are not reduced (RFC 7748 section 5)")
  func notReduced() throws {
    // p + 9 is 9: the last of the numbers below 2^255 are p to p + 18.
    let nine = [9] + [UInt8](repeating: 0, count: 31)
    let same = [0xf6] + [UInt8](repeating: 0xff, count: 30) + [0x7f]
    let scalar = [UInt8].pattern(32)
    #expect(try multiply(same, by: scalar) == multiply(nine, by: scalar))
  }

  @Test("refuses public keys that have not 32 bytes")
  func lengths() throws {
    for count in [0, 1, 31, 33, 56, 65] {
      let failure = try sharedSecretFailure(.x25519, seed: 1, with: .pattern(count))
      #expect(
        failure
          == .invalidPublicKey("a public key of X25519 has 32 bytes, not \(count)"))
    }
  }

  @Test("refuses to multiply what has not 32 bytes")
  func internalLengths() {
    for (u, scalar) in [(31, 32), (32, 31), (33, 32), (32, 33), (0, 32), (32, 0)] {
      let error = #expect(throws: CryptoError.self) {
        try multiply(.pattern(u), by: .pattern(scalar))
      }
      #expect(error?.kind == .invalidInput)
    }
  }
}
