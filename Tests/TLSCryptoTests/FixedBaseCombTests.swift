import TestSupport
import Testing

@testable import TLSCrypto

/// The comb has to give what libgcrypt's own multiplication gives, which knows nothing of it.
@Suite("Multiples of the base point")
struct FixedBaseCombTests {
  private func expectSame(
    _ curve: EllipticCurve, _ scalar: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let context = try CurveContext.open(curve)
    let number = try Integer.from(scalar.rawSpan)
    let expected = context.multiply(try context.basePoint(), byPublic: number)
    let product = try context.multiplyBasePoint(by: scalar.rawSpan)
    let plain = try context.multiplyBasePoint(byPublic: scalar.rawSpan)
    let (encoded, other) = (context.encode(product), context.encode(expected))
    #expect(encoded != nil, sourceLocation: sourceLocation)
    #expect(encoded == other, "\(scalar)", sourceLocation: sourceLocation)
    let publicly = context.encode(plain)
    #expect(publicly == other, "\(scalar)", sourceLocation: sourceLocation)
  }

  private func order(_ curve: EllipticCurve) throws -> [UInt8] {
    try CurveContext.open(curve).parameter("n").bytes(count: curve.orderByteCount)
  }

  @Test("Small scalars, and their mirror images", arguments: EllipticCurve.allCases)
  func small(curve: EllipticCurve) throws {
    let order = try order(curve)
    for value in 1...70 as ClosedRange<UInt8> {
      var scalar = [UInt8](repeating: 0, count: order.count)
      scalar[order.count - 1] = value
      try expectSame(curve, scalar)
      // n - value: the orders' last bytes are 0x51, 0x73 and 0x09, so that some of these borrow.
      var mirrored = order
      var borrow = Int(value)
      for offset in mirrored.indices.reversed() {
        let difference = Int(mirrored[offset]) - borrow
        mirrored[offset] = UInt8(truncatingIfNeeded: difference)
        borrow = difference < 0 ? 1 : 0
      }
      try expectSame(curve, mirrored)
    }
  }

  @Test("Scalars of a single bit, and of all the bits below it", arguments: EllipticCurve.allCases)
  func bits(curve: EllipticCurve) throws {
    for bit in stride(from: 0, to: curve.bitCount - 1, by: 3) {
      var scalar = [UInt8](repeating: 0, count: curve.orderByteCount)
      scalar[scalar.count - 1 - bit / 8] = 1 << UInt8(bit % 8)
      try expectSame(curve, scalar)
      for lower in 0..<bit { scalar[scalar.count - 1 - lower / 8] |= 1 << UInt8(lower % 8) }
      try expectSame(curve, scalar)
    }
  }

  @Test("Scalars of chance", arguments: EllipticCurve.allCases)
  func chance(curve: EllipticCurve) throws {
    var random = DeterministicRandomSource(seed: [UInt8](curve.description.utf8))
    for _ in 0..<100 {
      let scalar = try Scalar.random(curve, using: &random)
      try expectSame(curve, [UInt8](scalar.bytes))
    }
  }

  @Test(
    "A secret's point has other coordinates each time, and is the same point",
    arguments: EllipticCurve.allCases)
  func disguise(curve: EllipticCurve) throws {
    let context = try CurveContext.open(curve)
    let point = try context.basePoint()
    let plain = context.encode(point)
    let (prime, order) = (try curve.prime(), try order(curve))
    var seen: Set<[UInt8]> = []
    for _ in 0..<20 {
      try context.disguise(point)
      seen.insert(height(point, curve))
      let disguised = context.encode(point)
      #expect(disguised == plain)
    }
    #expect(seen.count == 20)
    // Below the prime, whatever was drawn below the order.
    #expect(order.lexicographicallyPrecedes(prime))

    // A public scalar's is not disguised: the same each time.
    let scalar = [UInt8](repeating: 0, count: curve.orderByteCount - 1) + [77]
    var publicly: Set<[UInt8]> = []
    var secretly: Set<[UInt8]> = []
    for _ in 0..<3 {
      let product = try context.multiplyBasePoint(byPublic: scalar.rawSpan)
      publicly.insert(height(product, curve))
      let secret = try context.multiplyBasePoint(by: scalar.rawSpan)
      secretly.insert(height(secret, curve))
    }
    #expect(publicly.count == 1)
    #expect(secretly.count == 3)
  }

  /// The third of a point's projective coordinates.
  private func height(_ point: borrowing Point, _ curve: EllipticCurve) -> [UInt8] {
    let x = Integer()
    let y = Integer()
    let z = Integer()
    point.readProjective(x: x, y: y, z: z)
    return z.bytes(count: curve.fieldByteCount)
  }

  @Test("No other scalar is taken", arguments: EllipticCurve.allCases)
  func outOfRange(curve: EllipticCurve) throws {
    let order = try order(curve)
    let zero = [UInt8](repeating: 0, count: order.count)
    let largest = [UInt8](repeating: 0xff, count: order.count)
    for scalar in [zero, order, largest, Array(order.dropFirst()), [0] + order] {
      #expect(throws: CryptoError.self, "\(scalar)") {
        _ = try curve.publicPoint(of: scalar.rawSpan)
      }
    }
  }
}
