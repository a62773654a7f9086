import TestSupport
import Testing

@testable import TLSCrypto

@Suite("Key agreement")
struct KeyAgreementTests {
  private func publicKey(_ group: KeyAgreementGroup, seed: UInt8) throws -> [UInt8] {
    var random = DeterministicRandomSource(seed: [seed])
    let key = try EphemeralPrivateKey(group, using: &random)
    return key.publicKey
  }

  @Test("there are as many vectors as the tests were written for")
  func counts() throws {
    #expect(try VectorFile("primitives/ecdh.txt").counts == ["P-256": 25, "P-384": 25])
  }

  @Test(
    "agrees with NIST's exchanges",
    arguments: try VectorFile("primitives/ecdh.txt").records)
  func vectors(_ record: VectorRecord) throws {
    let group = try record.meaning(ofWord: 0, Word.group)
    var source = FixedRandomSource(try record.bytes("d"))
    let peer = try [4] + record.bytes("peer_x") + record.bytes("peer_y")
    let result = try exchange(group, &source, with: peer)
    #expect(try result.publicKey == [4] + record.bytes("qx") + record.bytes("qy"))
    #expect(try result.secret == record.bytes("z"))
    #expect(source.remaining == 0)
  }

  @Test("gives both sides the same secret", arguments: KeyAgreementGroup.allCases)
  func bothSides(_ group: KeyAgreementGroup) throws {
    var secrets: Set<[UInt8]> = []
    for seed in UInt8(0)..<3 {
      var random = SystemRandomSource()
      let theirs = try EphemeralPrivateKey(group, using: &random)
      let theirPublicKey = theirs.publicKey
      var mine = DeterministicRandomSource(seed: [seed])
      let result = try exchange(group, &mine, with: theirPublicKey)
      let secret = try theirs.sharedSecret(with: result.publicKey.rawSpan)
      let theirSecret = [UInt8](secret.bytes)
      #expect(result.secret == theirSecret)
      #expect(result.publicKey.count == group.publicKeyByteCount)
      secrets.insert(result.secret)
    }
    #expect(secrets.count == 3)
  }

  @Test("makes the same key from the same randomness", arguments: KeyAgreementGroup.allCases)
  func deterministic(_ group: KeyAgreementGroup) throws {
    let keys = try (UInt8(0)..<3).map { try publicKey(group, seed: $0) }
    let again = try (UInt8(0)..<3).map { try publicKey(group, seed: $0) }
    #expect(keys == again)
    #expect(Set(keys).count == 3)
  }

  private static let curves: [KeyAgreementGroup] = [.secp256r1, .secp384r1]

  @Test("refuses points of another length, and says which", arguments: curves)
  func lengths(_ group: KeyAgreementGroup) throws {
    let point = try publicKey(group, seed: 1)
    let wrong =
      (0..<point.count).map { Array(point.prefix($0)) } + [point + [0], [0] + point, point + point]
    for bytes in wrong {
      #expect(
        try sharedSecretFailure(group, seed: 2, with: bytes)
          == .invalidPublicKey(
            "a point of \(group) has \(point.count) bytes, not \(bytes.count)"))
    }
  }

  @Test("refuses compressed and hybrid points, and the point at infinity", arguments: curves)
  func forms(_ group: KeyAgreementGroup) throws {
    let point = try publicKey(group, seed: 1)
    for format in UInt8.min...UInt8.max where format != 4 {
      let failure = try sharedSecretFailure(group, seed: 2, with: [format] + point.dropFirst())
      #expect(
        failure == .invalidPublicKey("a point of \(group) is of format \(format), not 4"))
    }
    let width = point.count / 2
    let compressed = [2 + point[2 * width] % 2] + Array(point[1...width])
    let infinity = [UInt8](repeating: 0, count: point.count)
    let wrong: [[UInt8]] = [compressed, [0], infinity, [4] + infinity.dropFirst()]
    for bytes in wrong {
      let failure = try sharedSecretFailure(group, seed: 2, with: bytes)
      #expect(failure?.kind == .invalidPublicKey)
    }
  }

  @Test("refuses points that do not lie on the curve", arguments: curves)
  func offCurve(_ group: KeyAgreementGroup) throws {
    let point = try publicKey(group, seed: 1)
    // To a y belong three x at most, and two y to an x: none of them is one bit away.
    for bit in 8..<(8 * point.count) {
      let failure = try sharedSecretFailure(group, seed: 2, with: point.flipping(bit: bit))
      #expect(failure?.kind == .invalidPublicKey, "bit \(bit)")
    }
  }

  @Test("refuses coordinates that are not reduced", arguments: curves)
  func notReduced(_ group: KeyAgreementGroup) throws {
    let curve = try #require(EllipticCurve.allCases.first { "\($0)" == "\(group)" })
    let width = curve.fieldByteCount
    let prime = try curve.prime()
    let point = try publicKey(group, seed: 1)
    let (x, y) = (Array(point[1...width]), Array(point[(width + 1)...]))
    let most = [UInt8](repeating: 0xff, count: width)
    for coordinate in [prime, most] {
      for bytes in [[4] + coordinate + y, [4] + x + coordinate] {
        #expect(
          try sharedSecretFailure(group, seed: 2, with: bytes)
            == .invalidPublicKey("a point of \(group) has a coordinate outside the field"))
      }
    }
  }

  /// A point with a coordinate small enough that adding p to it still fits: on the curve, were it
  /// reduced, and refused because it is not (SEC 1 section 2.3.4).
  @Test("refuses a coordinate plus the field's prime")
  func plusPrime() throws {
    // P-256 has a point with x = 5; its y was computed as the root of x^3 - 3x + b.
    let y = try hex("459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc")
    let x = [UInt8](repeating: 0, count: 31) + [5]
    let unreduced = try hex("ffffffff00000001000000000000000000000001000000000000000000000004")
    #expect(try sharedSecretFailure(.secp256r1, seed: 2, with: [4] + x + y) == nil)
    #expect(
      try sharedSecretFailure(.secp256r1, seed: 2, with: [4] + unreduced + y)
        == .invalidPublicKey("a point of P-256 has a coordinate outside the field"))
  }

  @Test("refuses a point of another curve", arguments: curves)
  func otherCurve(_ group: KeyAgreementGroup) throws {
    for other in KeyAgreementGroup.allCases where other != group {
      let failure = try sharedSecretFailure(
        group, seed: 2, with: try publicKey(other, seed: 1))
      #expect(failure?.kind == .invalidPublicKey)
    }
  }

  @Test("draws scalars again until they are in range, and gives up on a source that is none")
  func scalars() throws {
    for curve in EllipticCurve.allCases {
      let width = curve.orderByteCount
      let order = try curve.order()
      let one = [UInt8](repeating: 0, count: width - 1) + [1]
      var source = FixedRandomSource(
        [UInt8](repeating: 0, count: width) + order + [UInt8](repeating: 0xff, count: width) + one)
      let scalar = try Scalar.random(curve, using: &source)
      let drawn = [UInt8](scalar.bytes)
      #expect(drawn == one)
      var zeros = FixedRandomSource([UInt8](repeating: 0, count: 64 * width))
      #expect(
        throws: CryptoError.invalidInput("the source of randomness gives no scalar of \(curve)")
      ) { _ = try Scalar.random(curve, using: &zeros) }
      #expect(zeros.remaining == 0)
    }
  }

  @Test("knows the range of scalars to the last number", arguments: EllipticCurve.allCases)
  func range(_ curve: EllipticCurve) throws {
    let width = curve.orderByteCount
    let order = try curve.order()
    let zero = [UInt8](repeating: 0, count: width)
    var below = order
    below[width - 1] -= 1
    var above = order
    above[width - 1] += 1
    func isInRange(_ scalar: [UInt8]) -> Bool {
      Scalar.isInRange(scalar.rawSpan, order: order.rawSpan)
    }
    #expect(isInRange(below))
    #expect(isInRange(zero.dropLast() + [1]))
    #expect(!isInRange(order))
    #expect(!isInRange(above))
    #expect(!isInRange(zero))
    #expect(!isInRange([UInt8](repeating: 0xff, count: width)))
    #expect(!isInRange(Array(below.dropFirst())))
    #expect(!isInRange([0] + below))
    #expect(!isInRange([]))
  }
}
