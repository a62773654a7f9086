import TestSupport
import Testing

@testable import TLSCrypto

@Suite("RSA public keys")
struct RSAPublicKeyTests {
  private func failure(_ modulus: [UInt8], _ exponent: [UInt8]) -> CryptoError.Kind? {
    do throws(CryptoError) {
      _ = try PublicKey.rsa(modulus: modulus.rawSpan, exponent: exponent.rawSpan)
      return nil
    } catch {
      return error.kind
    }
  }

  @Test("have an odd modulus of 1024 to 8192 bits")
  func modulus() {
    let longest = [UInt8](repeating: 0xff, count: 1024)
    let shortest = [0x80] + [UInt8](repeating: 0, count: 126) + [1]
    for good in [longest, [0, 0] + longest, shortest] {
      #expect(failure(good, [3]) == nil)
    }
    let short = [0x7f] + [UInt8](repeating: 0xff, count: 127)
    let even = longest.dropLast() + [0xfe]
    for wrong in [[], [0], [0, 0], Array(even), short, [1] + longest, longest + longest] {
      #expect(failure(wrong, [3]) == .invalidPublicKey)
    }
  }

  @Test("have an odd exponent of 64 bits at most, and not 1")
  func exponent() {
    let modulus = [UInt8](repeating: 0xff, count: 128)
    let longest = [UInt8](repeating: 0xff, count: 8)
    for good in [[3], [1, 0, 1], [0, 0, 3], longest] {
      #expect(failure(modulus, good) == nil)
    }
    for wrong in [[], [0], [1], [0, 1], [2], [1, 0], [1] + longest] {
      #expect(failure(modulus, wrong) == .invalidPublicKey)
    }
  }

  @Test("count their bits without leading zeros")
  func bits() throws {
    for (top, bits) in [(0x80, 1032), (0xff, 1032), (1, 1025), (3, 1026)] as [(UInt8, Int)] {
      let modulus = [0, top] + [UInt8](repeating: 0, count: 127) + [1]
      let exponent: [UInt8] = [3]
      let key = try PublicKey.rsa(modulus: modulus.rawSpan, exponent: exponent.rawSpan)
      #expect(key.kind == .rsa(bits: bits))
    }
  }

  /// libgcrypt 1.10 writes past its buffers when it verifies with many of these.
  @Test("are refused when they are small")
  func small() {
    for bits in 1..<1024 {
      // An odd number of so many bits.
      var modulus = [UInt8](repeating: 0xff, count: (bits + 7) / 8)
      modulus[0] = 0xff >> UInt8(8 * modulus.count - bits)
      #expect(failure(modulus, [3]) == .invalidPublicKey)
    }
  }

  @Test("of every number of bits above take no signature that is none, and do no harm")
  func everySize() throws {
    let message = [UInt8].pattern(10)
    for bits in 1024...1100 {
      var modulus = [UInt8](repeating: 0xff, count: (bits + 7) / 8)
      modulus[0] = 0xff >> UInt8(8 * modulus.count - bits)
      let exponent: [UInt8] = [3]
      let key = try PublicKey.rsa(modulus: modulus.rawSpan, exponent: exponent.rawSpan)
      let zero = [UInt8](repeating: 0, count: modulus.count)
      let random = [0] + [UInt8].pattern(modulus.count - 1)
      for signature in [zero, zero.dropLast() + [1], random, modulus, Array(zero.dropFirst())] {
        for hash in HashFunction.allCases {
          for algorithm in [SignatureAlgorithm.rsaPKCS1(hash), .rsaPSS(hash)] {
            #expect(
              verificationFailure(signature, of: message, key, algorithm) == .invalidSignature)
          }
        }
      }
    }
  }

  @Test("are equal when their numbers are")
  func equality() throws {
    func key(_ modulus: [UInt8], _ exponent: [UInt8]) throws -> PublicKey {
      try PublicKey.rsa(modulus: modulus.rawSpan, exponent: exponent.rawSpan)
    }
    let n = [0x80] + [UInt8](repeating: 0, count: 126) + [1]
    let a = try key(n, [3])
    let again = try key([0, 0] + n, [0, 3])
    let otherModulus = try key(n.dropLast() + [3], [3])
    let otherExponent = try key(n, [5])
    #expect(a == again)
    #expect(a.hashValue == again.hashValue)
    #expect(a != otherModulus)
    #expect(a != otherExponent)
  }
}
