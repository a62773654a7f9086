import TestSupport
import Testing

@testable import TLSCrypto

@Suite("X25519 and X448")
struct MontgomeryCurveTests {
  /// A vector, and the function that it is of.
  struct Vector: Sendable, CustomTestStringConvertible {
    let curve: MontgomeryCurve
    let record: VectorRecord

    var testDescription: String { "\(record)" }

    /// The vectors of both functions in a section of their files.
    static func all(in section: String) throws -> [Vector] {
      try MontgomeryCurve.allCases.flatMap { curve in
        try VectorFile(curve.file).records(in: section).map { Vector(curve: curve, record: $0) }
      }
    }

    static func ofSmallOrder() throws -> [Vector] {
      try MontgomeryCurve.allCases.flatMap { curve in
        try VectorFile(curve.smallOrderFile).records.map { Vector(curve: curve, record: $0) }
      }
    }
  }

  private func multiply(
    _ curve: MontgomeryCurve, _ u: [UInt8], by scalar: [UInt8]
  ) throws -> [UInt8] {
    let product = try curve.multiply(u.rawSpan, by: scalar.rawSpan)
    return [UInt8](product.bytes)
  }

  @Test(
    "there are as many vectors as the tests were written for", arguments: MontgomeryCurve.allCases)
  func counts(_ curve: MontgomeryCurve) throws {
    #expect(try VectorFile(curve.file).counts == ["multiply": 2, "iterate": 2, "exchange": 1])
    #expect(try VectorFile(curve.smallOrderFile).counts == ["": curve == .x25519 ? 14 : 5])
  }

  @Test("multiply as RFC 7748 does", arguments: try Vector.all(in: "multiply"))
  func multiplication(_ vector: Vector) throws {
    let (u, scalar) = (try vector.record.bytes("u"), try vector.record.bytes("scalar"))
    let product = try multiply(vector.curve, u, by: scalar)
    #expect(try product == vector.record.bytes("result"))
  }

  @Test("multiply again and again as RFC 7748 does", arguments: try Vector.all(in: "iterate"))
  func iteration(_ vector: Vector) throws {
    let rounds = try vector.record.integer("rounds")
    var scalar = vector.curve.basePoint
    var u = scalar
    for _ in 0..<rounds { (scalar, u) = (try multiply(vector.curve, u, by: scalar), scalar) }
    #expect(rounds > 0)
    #expect(try scalar == vector.record.bytes("result"))
  }

  @Test("exchange keys as RFC 7748 does", arguments: try Vector.all(in: "exchange"))
  func exchanging(_ vector: Vector) throws {
    let halves = [("a", "b"), ("b", "a")]
    for (mine, theirs) in halves {
      var source = FixedRandomSource(try vector.record.bytes(mine))
      let peer = try vector.record.bytes("\(theirs)_public")
      let side = try exchange(vector.curve.group, &source, with: peer)
      #expect(try side.publicKey == vector.record.bytes("\(mine)_public"))
      #expect(try side.secret == vector.record.bytes("shared"))
      #expect(source.remaining == 0)
    }
  }

  @Test("refuse public keys of small order", arguments: try Vector.ofSmallOrder())
  func smallOrder(_ vector: Vector) throws {
    for seed in UInt8(0)..<4 {
      let failure = try sharedSecretFailure(
        vector.curve.group, seed: seed, with: try vector.record.bytes("u"))
      #expect(failure?.kind == .invalidPublicKey)
    }
  }

  @Test("X25519 ignores the top bit of a public key (RFC 7748 section 5)")
  func topBit() throws {
    let scalar = [UInt8].pattern(32)
    let peer = try multiply(.x25519, MontgomeryCurve.x25519.basePoint, by: .pattern(32))
    #expect(
      try multiply(.x25519, peer.flipping(bit: 255), by: scalar)
        == multiply(.x25519, peer, by: scalar))
  }

  @Test("X448 has no bit to ignore (RFC 7748 section 5)")
  func noTopBit() throws {
    let scalar = [UInt8].pattern(56)
    let peer = try multiply(.x448, MontgomeryCurve.x448.basePoint, by: .pattern(56))
    #expect(
      try multiply(.x448, peer.flipping(bit: 447), by: scalar)
        != multiply(.x448, peer, by: scalar))
  }

  @Test("take coordinates that are not reduced (RFC 7748 section 5)")
  func notReduced() throws {
    // p + 9 is 9: the last of the numbers below 2^255 are p to p + 18.
    let same25519 = [0xf6] + [UInt8](repeating: 0xff, count: 30) + [0x7f]
    // p + 5 is 5: p is 2^448 - 2^224 - 1.
    let zeros = [UInt8](repeating: 0, count: 27)
    let same448 = [4] + zeros + [UInt8](repeating: 0xff, count: 28)
    let cases: [(MontgomeryCurve, [UInt8])] = [(.x25519, same25519), (.x448, same448)]
    for (curve, same) in cases {
      let scalar = [UInt8].pattern(curve.byteCount)
      #expect(
        try multiply(curve, same, by: scalar) == multiply(curve, curve.basePoint, by: scalar))
    }
  }

  @Test("refuse public keys of another length", arguments: MontgomeryCurve.allCases)
  func lengths(_ curve: MontgomeryCurve) throws {
    let width = curve.byteCount
    for count in [0, 1, 31, 32, 33, 55, 56, 57, 65] where count != width {
      let failure = try sharedSecretFailure(curve.group, seed: 1, with: .pattern(count))
      #expect(
        failure
          == .invalidPublicKey("a public key of \(curve) has \(width) bytes, not \(count)"))
    }
  }

  @Test("refuse to multiply what has another length", arguments: MontgomeryCurve.allCases)
  func internalLengths(_ curve: MontgomeryCurve) {
    let width = curve.byteCount
    let wrong = [
      (width - 1, width), (width, width - 1), (width + 1, width), (width, width + 1), (0, width),
      (width, 0),
    ]
    for (u, scalar) in wrong {
      let error = #expect(throws: CryptoError.self) {
        try multiply(curve, .pattern(u), by: .pattern(scalar))
      }
      #expect(error?.kind == .invalidInput)
    }
  }
}

extension MontgomeryCurve {
  fileprivate var file: String { "primitives/\(description.lowercased()).txt" }

  fileprivate var smallOrderFile: String {
    "primitives/\(description.lowercased())-small-order.txt"
  }

  fileprivate var group: KeyAgreementGroup { self == .x25519 ? .x25519 : .x448 }

  /// The base point's coordinate (RFC 7748 sections 4.1 and 4.2).
  fileprivate var basePoint: [UInt8] {
    [self == .x25519 ? 9 : 5] + [UInt8](repeating: 0, count: byteCount - 1)
  }
}
