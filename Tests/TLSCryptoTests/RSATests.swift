import TestSupport
import Testing

@testable import TLSCrypto

@Suite("RSA")
struct RSATests {
  private let parts: RSAParts
  private let key: PrivateKey
  private let message = [UInt8].pattern(100)

  init() throws {
    let file = try VectorFile("primitives/rsa-sign.txt")
    parts = try RSAParts(try #require(file.records.first))
    key = try parts.key()
  }

  private static let algorithms: [SignatureAlgorithm] =
    HashFunction.allCases.map { .rsaPKCS1($0) } + HashFunction.allCases.map { .rsaPSS($0) }

  private func failure(
    _ signature: [UInt8], _ algorithm: SignatureAlgorithm, of other: [UInt8]? = nil
  ) -> CryptoError? {
    verificationFailure(signature, of: other ?? message, key.publicKey, algorithm)
  }

  @Test("verifies what it signed, and nothing else", arguments: algorithms)
  func roundTrip(_ algorithm: SignatureAlgorithm) throws {
    let signature = try sign(message, key, algorithm)
    #expect(signature.count == parts.modulus.count)
    #expect(failure(signature, algorithm) == nil)
    for other in [message.flipping(bit: 3), message + [0], []] {
      #expect(failure(signature, algorithm, of: other) == .invalidSignature)
    }
    for other in Self.algorithms where other != algorithm {
      #expect(failure(signature, other) == .invalidSignature)
    }
  }

  @Test("refuses every truncation, and every flip of a bit", arguments: algorithms)
  func damage(_ algorithm: SignatureAlgorithm) throws {
    let signature = try sign(message, key, algorithm)
    for count in 0..<signature.count {
      #expect(failure(Array(signature.prefix(count)), algorithm) == .invalidSignature)
    }
    for bit in 0..<(8 * signature.count) {
      #expect(failure(signature.flipping(bit: bit), algorithm) == .invalidSignature, "bit \(bit)")
    }
    for wrong in [[0] + signature, signature + [0], signature + signature] {
      #expect(failure(wrong, algorithm) == .invalidSignature)
    }
  }

  @Test("refuses the numbers 0, 1, n - 1, n and above", arguments: algorithms)
  func range(_ algorithm: SignatureAlgorithm) {
    let zero = [UInt8](repeating: 0, count: parts.modulus.count)
    let most = [UInt8](repeating: 0xff, count: parts.modulus.count)
    let below = parts.modulus.dropLast() + [(parts.modulus.last ?? 1) - 1]
    for wrong in [zero, zero.dropLast() + [1], Array(below), parts.modulus, most] {
      #expect(failure(wrong, algorithm) == .invalidSignature)
    }
  }

  @Test("signs with PKCS#1 without randomness, and draws PSS's salt from the caller")
  func randomness() throws {
    func sign(_ algorithm: SignatureAlgorithm, seed: UInt8) throws -> [UInt8] {
      var random = DeterministicRandomSource(seed: [seed])
      return try key.sign(message.rawSpan, using: algorithm, random: &random)
    }
    for hash in HashFunction.allCases {
      #expect(try sign(.rsaPKCS1(hash), seed: 1) == sign(.rsaPKCS1(hash), seed: 2))
      #expect(try sign(.rsaPSS(hash), seed: 1) == sign(.rsaPSS(hash), seed: 1))
      #expect(try sign(.rsaPSS(hash), seed: 1) != sign(.rsaPSS(hash), seed: 2))
    }
  }

  @Test("makes the same signatures whichever prime comes first")
  func primeOrder() throws {
    var swapped = parts
    (swapped.prime1, swapped.prime2) = (parts.prime2, parts.prime1)
    let other = try swapped.key()
    #expect(try sign(message, other, .rsaPKCS1(.sha256)) == sign(message, key, .rsaPKCS1(.sha256)))
  }

  @Test("refuses numbers that do not belong together")
  func mismatch() throws {
    func failure(_ change: (inout RSAParts) -> Void) -> CryptoError.Kind? {
      var changed = parts
      change(&changed)
      do throws(CryptoError) {
        _ = try changed.key()
        return nil
      } catch {
        return error.kind
      }
    }
    #expect(failure { _ in } == nil)
    #expect(failure { $0.modulus[0] ^= 1 } == .invalidKey)
    #expect(failure { $0.publicExponent[0] ^= 2 } == .invalidKey)
    #expect(failure { $0.prime1[0] ^= 1 } == .invalidKey)
    #expect(failure { $0.prime2[1] ^= 1 } == .invalidKey)
    #expect(failure { $0.prime2 = $0.prime1 } == .invalidKey)
    #expect(failure { ($0.prime1, $0.prime2) = ([1], $0.modulus) } == .invalidKey)
    #expect(failure { ($0.prime1, $0.prime2) = ($0.modulus, [1]) } == .invalidKey)
    #expect(failure { ($0.prime1, $0.prime2) = ([], []) } == .invalidKey)
    #expect(failure { $0.privateExponent = [] } == .invalidKey)
    #expect(failure { $0.privateExponent = [1] } == .invalidKey)
    #expect(failure { $0.privateExponent[20] ^= 4 } == .invalidKey)
    // As large as the modulus, or larger.
    #expect(failure { $0.privateExponent = $0.modulus } == .invalidKey)
    #expect(failure { $0.privateExponent = [1] + $0.privateExponent } == .invalidKey)
  }

  @Test("takes numbers with zeros before them, and gives them back without")
  func leadingZeros() throws {
    var padded = parts
    padded.modulus = [0] + parts.modulus
    padded.publicExponent = [0, 0] + parts.publicExponent
    padded.privateExponent = [0] + parts.privateExponent
    padded.prime1 = [0] + parts.prime1
    let other = try padded.key()
    #expect(other.publicKey == key.publicKey)
    #expect(other.publicKey.rsaModulus == parts.modulus)
    #expect(other.publicKey.rsaExponent == parts.publicExponent.withoutLeadingZeros)
    let numbers = try #require(other.rsaNumbers)
    #expect(revealed(numbers.prime1.copy()) == parts.prime1)
    #expect(revealed(numbers.prime2.copy()) == parts.prime2)
    #expect(revealed(numbers.privateExponent.copy()) == parts.privateExponent.withoutLeadingZeros)
  }

  @Test("generates keys that sign, with 65537 as exponent")
  func generation() throws {
    let key = try generatedKey(.rsa(bits: 1024), seed: 1)
    #expect(key.publicKey.kind == .rsa(bits: 1024))
    #expect(key.publicKey.description == "RSA 1024 bits")
    #expect(key.publicKey.rsaExponent == [1, 0, 1])
    for algorithm in [SignatureAlgorithm.rsaPKCS1(.sha512), .rsaPSS(.sha384)] {
      let signature = try sign(message, key, algorithm)
      #expect(verificationFailure(signature, of: message, key.publicKey, algorithm) == nil)
    }
    // RFC 8017 section 9.1.1: digest, salt and two bytes do not fit into 1024 bits.
    #expect(throws: CryptoError.self) { try sign(message, key, .rsaPSS(.sha512)) }
    for bits in [-1, 0, 512, 1023, 8193, Int.max] {
      #expect(throws: CryptoError.invalidInput("an RSA key has 1024 to 8192 bits")) {
        try generatedKey(.rsa(bits: bits), seed: 1)
      }
    }
  }
}
