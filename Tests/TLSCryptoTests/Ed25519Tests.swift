import TestSupport
import Testing

@testable import TLSCrypto

@Suite("Ed25519")
struct Ed25519Tests {
  /// The order of the base point, little-endian (RFC 8032 section 5.1).
  private static let order =
    "edd3f55c1a631258d69cf7a2def9de14" + "00000000000000000000000000000010"

  private func failure(_ signature: [UInt8], of message: [UInt8], _ key: PublicKey) -> CryptoError?
  {
    verificationFailure(signature, of: message, key, .ed25519)
  }

  @Test("there are as many vectors as the tests were written for")
  func counts() throws {
    #expect(
      try VectorFile("primitives/ed25519.txt").counts == ["rfc8032": 5, "sign.input": 12])
  }

  @Test(
    "signs and verifies as RFC 8032 and the authors of Ed25519 do",
    arguments: try VectorFile("primitives/ed25519.txt").records)
  func vectors(_ record: VectorRecord) throws {
    let seed = try record.bytes("seed")
    let key = try PrivateKey.ed25519(seed: seed.rawSpan)
    let publicBytes = try record.bytes("public")
    let message = try record.bytes("msg")
    let signature = try record.bytes("signature")
    #expect(key.publicKey.ed25519Bytes == publicBytes)
    #expect(try sign(message, key, .ed25519) == signature)
    let publicKey = try PublicKey.ed25519(publicBytes.rawSpan)
    #expect(failure(signature, of: message, publicKey) == nil)
    #expect(failure(signature, of: message + [0], publicKey) == .invalidSignature)
    #expect(
      failure(signature.flipping(bit: 0), of: message, publicKey) == .invalidSignature)
  }

  @Test("verifies what it signed, at every sort of length")
  func roundTrip() throws {
    let key = try generatedKey(.ed25519, seed: 1)
    let stranger = try generatedKey(.ed25519, seed: 2).publicKey
    for length in [0, 1, 63, 64, 65, 127, 128, 129, 5000, 65_000] {
      let message = [UInt8].pattern(length)
      let signature = try sign(message, key, .ed25519)
      #expect(signature.count == 64)
      #expect(try sign(message, key, .ed25519) == signature)
      #expect(failure(signature, of: message, key.publicKey) == nil, "\(length) bytes")
      #expect(failure(signature, of: message, stranger) == .invalidSignature)
      let other = message.isEmpty ? [1] : message.flipping(bit: 0)
      #expect(failure(signature, of: other, key.publicKey) == .invalidSignature)
    }
  }

  /// libgcrypt 1.10 would read memory that is not the message's.
  @Test("refuses messages of more than 65,000 bytes")
  func longMessages() throws {
    let key = try generatedKey(.ed25519, seed: 1)
    for length in [65_001, 65_536, 100_000, 1 << 20] {
      let message = [UInt8].pattern(length)
      let error = #expect(throws: CryptoError.self) { try sign(message, key, .ed25519) }
      #expect(error?.kind == .invalidInput)
      let signature = [UInt8].pattern(63) + [0]
      #expect(failure(signature, of: message, key.publicKey)?.kind == .invalidInput)
    }
  }

  @Test("makes the same key from the same randomness")
  func generation() throws {
    let key = try generatedKey(.ed25519, seed: 1)
    #expect(try key.publicKey == generatedKey(.ed25519, seed: 1).publicKey)
    #expect(try key.publicKey != generatedKey(.ed25519, seed: 2).publicKey)
    #expect(key.publicKey.kind == .ed25519)
    #expect(key.publicKey.description == "Ed25519")
    let seed = revealed(key.ed25519Seed)
    var random = DeterministicRandomSource(seed: [1])
    #expect(seed == random.bytes(32))
  }

  @Test("takes seeds and public keys of 32 bytes only")
  func lengths() throws {
    for count in [0, 1, 31, 33, 64] {
      let bytes = [UInt8].pattern(count)
      #expect(
        throws: CryptoError.invalidKey("a seed of Ed25519 has 32 bytes, not \(count)")
      ) { try PrivateKey.ed25519(seed: bytes.rawSpan) }
      #expect(
        throws: CryptoError.invalidPublicKey(
          "a public key of Ed25519 has 32 bytes, not \(count)")
      ) { try PublicKey.ed25519(bytes.rawSpan) }
    }
  }

  @Test("refuses every truncation, every flip of a bit, and what is too long")
  func damage() throws {
    let key = try generatedKey(.ed25519, seed: 1)
    let message = [UInt8].pattern(40)
    let good = try sign(message, key, .ed25519)
    for count in 0..<good.count {
      #expect(
        failure(Array(good.prefix(count)), of: message, key.publicKey) == .invalidSignature)
    }
    #expect(failure(good + [0], of: message, key.publicKey) == .invalidSignature)
    for bit in 0..<(8 * good.count) {
      #expect(
        failure(good.flipping(bit: bit), of: message, key.publicKey) == .invalidSignature,
        "bit \(bit)")
    }
  }

  /// RFC 8032 section 5.1.7: S is less than the order, or there would be a second signature.
  @Test("refuses the order, and any number plus the order, as a signature's second half")
  func malleability() throws {
    let key = try generatedKey(.ed25519, seed: 1)
    let message = [UInt8].pattern(40)
    let good = try sign(message, key, .ed25519)
    let order = try hex(Self.order)
    var carry = 0
    let sum = zip(good[32...], order).map { (a, b) -> UInt8 in
      let digit = Int(a) + Int(b) + carry
      carry = digit >> 8
      return UInt8(digit & 0xff)
    }
    #expect(carry == 0)
    let most = [UInt8](repeating: 0xff, count: 32)
    for s in [sum, order, most] {
      #expect(failure(good.prefix(32) + s, of: message, key.publicKey) == .invalidSignature)
    }
    #expect(failure(good, of: message, key.publicKey) == nil)
  }

  @Test("takes no signature with a public key that has one bit wrong")
  func damagedPublicKeys() throws {
    let key = try generatedKey(.ed25519, seed: 1)
    let message = [UInt8].pattern(40)
    let good = try sign(message, key, .ed25519)
    let publicBytes = try #require(key.publicKey.ed25519Bytes)
    var points = 0
    for bit in 0..<(8 * publicBytes.count) {
      let damaged = publicBytes.flipping(bit: bit)
      // To about half of all numbers no point belongs.
      guard let wrong = try? PublicKey.ed25519(damaged.rawSpan) else { continue }
      points += 1
      #expect(failure(good, of: message, wrong) == .invalidSignature, "bit \(bit)")
    }
    #expect((90...166).contains(points))
  }

  private func publicKeyFailure(_ bytes: [UInt8]) -> CryptoError? {
    do throws(CryptoError) {
      _ = try PublicKey.ed25519(bytes.rawSpan)
      return nil
    } catch {
      return error
    }
  }

  /// y of p or more, and the two encodings with the sign of an x that is zero.
  @Test("refuses public keys that are not reduced (RFC 8032 section 5.1.3)")
  func notReduced() throws {
    let ones = [UInt8](repeating: 0xff, count: 30)
    for low in UInt8(0xed)...0xff {
      for top: UInt8 in [0x7f, 0xff] {
        #expect(publicKeyFailure([low] + ones + [top])?.kind == .invalidPublicKey, "\(low)")
      }
    }
    let zeros = [UInt8](repeating: 0, count: 30)
    for bytes in [[1] + zeros + [0x80], [0xec] + ones + [0xff]] {
      #expect(publicKeyFailure(bytes)?.kind == .invalidPublicKey)
    }
  }

  @Test("refuses a y to which no x belongs")
  func noPoint() throws {
    // (y^2 - 1) / (dy^2 + 1) is no square for y = 2^192 + 1.
    let bytes: [UInt8] = [1] + [UInt8](repeating: 0, count: 23) + [1, 0, 0, 0, 0, 0, 0, 0]
    #expect(
      publicKeyFailure(bytes)
        == .invalidPublicKey("a public key of Ed25519 is no point of its curve"))
  }

  /// libgcrypt 1.10 would end the process as soon as it verified with one of these.
  @Test(
    "refuses public keys with a coordinate below 2^192",
    arguments: [
      // y = 0
      "0000000000000000000000000000000000000000000000000000000000000000",
      // y = 1
      "0100000000000000000000000000000000000000000000000000000000000000",
      // y = p - 1
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      // y = 3
      "0300000000000000000000000000000000000000000000000000000000000000",
      // y = 2^192 - 3
      "fdffffffffffffffffffffffffffffffffffffffffffffff0000000000000000",
      // x = 2
      "3126711e11ef574692935381d2cd2bbab5dd113c4010f91fd7c4dd7b12bf431a",
      // x = 2^192 - 1
      "e544523117b3333504cee996e49ff02f46f8fb1a4fae6695abda647e943b8ab2",
    ])
  func smallCoordinates(_ bytes: String) throws {
    #expect(
      publicKeyFailure(try hex(bytes))
        == .invalidPublicKey("a public key of Ed25519 has a coordinate too small to be random"))
  }

  @Test(
    "takes public keys whose coordinates are just above",
    arguments: [
      // y = 2^192 + 2
      "0200000000000000000000000000000000000000000000000100000000000080",
      // x = 2^192 + 6
      "d6b120827250f473c86f495ddcdbf032719aa72c9ad5710817e905bce4dd8d53",
    ])
  func largeEnough(_ bytes: String) throws {
    let encoded = try hex(bytes)
    let key = try PublicKey.ed25519(encoded.rawSpan)
    #expect(failure(.pattern(32) + .pattern(31) + [0], of: [], key) == .invalidSignature)
  }
}
