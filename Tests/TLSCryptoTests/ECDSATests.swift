import TestSupport
import Testing

@testable import TLSCrypto

@Suite("ECDSA")
struct ECDSATests {
  @Test("there are as many vectors as the tests were written for")
  func counts() throws {
    let signing = try VectorFile("primitives/ecdsa-deterministic.txt")
    let verifying = try VectorFile("primitives/ecdsa-verify.txt")
    for curve in EllipticCurve.allCases {
      for hash in HashFunction.allCases {
        #expect(signing.counts["\(curve) \(hash)"] == 2)
        #expect(verifying.counts["\(curve) \(hash) valid"] == 1)
        #expect(verifying.counts["\(curve) \(hash) invalid"] == 4)
      }
    }
    #expect(signing.records.count == 18)
    #expect(verifying.records.count == 45)
  }

  @Test(
    "signs as RFC 6979 does, and verifies that",
    arguments: try VectorFile("primitives/ecdsa-deterministic.txt").records)
  func deterministic(_ record: VectorRecord) throws {
    let curve = try record.meaning(ofWord: 0, Word.curve)
    let algorithm = SignatureAlgorithm.ecdsa(try record.meaning(ofWord: 1, Word.hash))
    let scalar = try record.bytes("d")
    let key = try PrivateKey.ecdsa(curve, scalar: scalar.rawSpan)
    let message = try record.bytes("msg")
    let expected = try DER.signature(record.bytes("r"), record.bytes("s"))
    #expect(try key.publicKey.point == [4] + record.bytes("qx") + record.bytes("qy"))
    #expect(try sign(message, key, algorithm) == expected)
    #expect(verificationFailure(expected, of: message, key.publicKey, algorithm) == nil)
  }

  @Test(
    "verifies as NIST does",
    arguments: try VectorFile("primitives/ecdsa-verify.txt").records)
  func verification(_ record: VectorRecord) throws {
    let curve = try record.meaning(ofWord: 0, Word.curve)
    let algorithm = SignatureAlgorithm.ecdsa(try record.meaning(ofWord: 1, Word.hash))
    let isValid = try record.meaning(ofWord: 2, Word.validity)
    let point = try [4] + record.bytes("qx") + record.bytes("qy")
    let key = try PublicKey.ecdsa(curve, point: point.rawSpan)
    let signature = try DER.signature(record.bytes("r"), record.bytes("s"))
    let failure = verificationFailure(signature, of: try record.bytes("msg"), key, algorithm)
    #expect(failure == (isValid ? nil : .invalidSignature))
  }

  @Test(
    "verifies what it signed, and nothing else",
    arguments: EllipticCurve.allCases, HashFunction.allCases)
  func roundTrip(_ curve: EllipticCurve, _ hash: HashFunction) throws {
    let algorithm = SignatureAlgorithm.ecdsa(hash)
    let key = try generatedKey(.ecdsa(curve), seed: 1)
    let message = [UInt8].pattern(200)
    let signature = try sign(message, key, algorithm)
    #expect(try sign(message, key, algorithm) == signature, "deterministic")
    #expect(verificationFailure(signature, of: message, key.publicKey, algorithm) == nil)
    let others = [message.flipping(bit: 0), message + [0], Array(message.dropLast()), []]
    for other in others {
      #expect(
        verificationFailure(signature, of: other, key.publicKey, algorithm) == .invalidSignature)
      #expect(try sign(other, key, algorithm) != signature)
    }
    let stranger = try generatedKey(.ecdsa(curve), seed: 2).publicKey
    #expect(verificationFailure(signature, of: message, stranger, algorithm) == .invalidSignature)
    for otherHash in HashFunction.allCases where otherHash != hash {
      #expect(
        verificationFailure(signature, of: message, key.publicKey, .ecdsa(otherHash))
          == .invalidSignature)
    }
  }

  @Test("makes the same key from the same randomness", arguments: EllipticCurve.allCases)
  func generation(_ curve: EllipticCurve) throws {
    let key = try generatedKey(.ecdsa(curve), seed: 1)
    let again = try generatedKey(.ecdsa(curve), seed: 1)
    let other = try generatedKey(.ecdsa(curve), seed: 2)
    #expect(key.publicKey == again.publicKey)
    #expect(key.publicKey.hashValue == again.publicKey.hashValue)
    #expect(key.publicKey != other.publicKey)
    #expect(key.publicKey.kind == .ecdsa(curve))
    #expect(key.publicKey.description == "ECDSA \(curve)")
    let scalar = revealed(key.ecdsaScalar)
    let same = try PrivateKey.ecdsa(curve, scalar: scalar.rawSpan)
    #expect(same.publicKey == key.publicKey)
  }

  @Test("signs with the smallest and the largest scalar", arguments: EllipticCurve.allCases)
  func extremeScalars(_ curve: EllipticCurve) throws {
    let width = curve.orderByteCount
    var largest = try curve.order()
    largest[width - 1] -= 1
    let one = [UInt8](repeating: 0, count: width - 1) + [1]
    let message = [UInt8].pattern(32)
    var points: [[UInt8]] = []
    for scalar in [one, largest] {
      let key = try PrivateKey.ecdsa(curve, scalar: scalar.rawSpan)
      let signature = try sign(message, key, .ecdsa(.sha384))
      #expect(
        verificationFailure(signature, of: message, key.publicKey, .ecdsa(.sha384)) == nil)
      points.append(try #require(key.publicKey.point))
    }
    // n - 1 leads to the base point's negative: the same x and another y.
    #expect(
      points[0].prefix(1 + curve.fieldByteCount) == points[1].prefix(1 + curve.fieldByteCount))
    #expect(points[0] != points[1])
  }

  @Test("refuses scalars out of range, or of another length", arguments: EllipticCurve.allCases)
  func scalars(_ curve: EllipticCurve) throws {
    let width = curve.orderByteCount
    let order = try curve.order()
    let zero = [UInt8](repeating: 0, count: width)
    let most = [UInt8](repeating: 0xff, count: width)
    let short = zero.dropLast(2) + [1]
    let wrong = [zero, order, most, [], [1], Array(short), zero + [1]]
    for scalar in wrong {
      let error = #expect(throws: CryptoError.self) {
        try PrivateKey.ecdsa(curve, scalar: scalar.rawSpan)
      }
      #expect(error?.kind == .invalidKey, "\(scalar.hexadecimal)")
    }
  }

  @Test("refuses points that are no public key", arguments: EllipticCurve.allCases)
  func points(_ curve: EllipticCurve) throws {
    let point = try #require(try generatedKey(.ecdsa(curve), seed: 1).publicKey.point)
    #expect(try PublicKey.ecdsa(curve, point: point.rawSpan).point == point)
    let width = curve.fieldByteCount
    let prime = try curve.prime()
    var wrong = (0..<point.count).map { Array(point.prefix($0)) }
    wrong += (0..<(8 * point.count)).map { point.flipping(bit: $0) }
    wrong += [point + [0], [4] + prime + point[(width + 1)...], point[...width] + prime]
    wrong += [
      [UInt8](repeating: 0, count: point.count), [4] + [UInt8](repeating: 0, count: 2 * width),
    ]
    for bytes in wrong {
      let error = #expect(throws: CryptoError.self) {
        try PublicKey.ecdsa(curve, point: bytes.rawSpan)
      }
      #expect(error?.kind == .invalidPublicKey, "\(bytes.hexadecimal)")
    }
  }
}
