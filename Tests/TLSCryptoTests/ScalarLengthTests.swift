import TestSupport
import Testing

@testable import TLSCrypto

/// Scalars are lengthened by the order before they are multiplied with, once or twice: the shortest
/// and the longest have to give what they gave before.
@Suite("Scalars of every length")
struct ScalarLengthTests {
  /// The X coordinates of the base points (SP 800-186 section 3.2.1).
  private static let basePoints: [(EllipticCurve, String)] = [
    (.secp256r1, "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
    (
      .secp384r1,
      "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a38"
        + "5502f25dbf55296c3a545e3872760ab7"
    ),
  ]

  private func point(_ curve: EllipticCurve, _ scalar: [UInt8]) throws -> [UInt8] {
    try curve.publicPoint(of: scalar.rawSpan)
  }

  @Test("One gives the base point, and the order less one its mirror image", arguments: basePoints)
  func shortestAndLongest(curve: EllipticCurve, x: String) throws {
    let width = curve.fieldByteCount
    var one = [UInt8](repeating: 0, count: width)
    one[width - 1] = 1
    var last = try CurveContext.open(curve).parameter("n").bytes(count: width)
    last[width - 1] -= 1
    let base = try point(curve, one)
    let mirrored = try point(curve, last)
    #expect(base[1...width].elementsEqual(try hex(x)))
    #expect(mirrored[1...width].elementsEqual(base[1...width]))
    // P - y is odd where y is even.
    #expect((mirrored[2 * width] ^ base[2 * width]) & 1 == 1)
  }

  @Test("A scalar of any length gives the sum of the points of its parts")
  func anyLength() throws {
    let curve = EllipticCurve.secp256r1
    let context = try CurveContext.open(curve)
    // Each is the double of the one before, so that each point is too.
    var scalar = [UInt8](repeating: 0, count: 32)
    scalar[31] = 1
    var previous = try point(curve, scalar)
    for bit in 1..<255 {
      scalar = [UInt8](repeating: 0, count: 32)
      scalar[31 - bit / 8] = 1 << UInt8(bit % 8)
      let now = try point(curve, scalar)
      let two = try Integer.from([UInt8]([2]).rawSpan)
      let doubled = try context.multiply(try context.decode(previous.rawSpan), by: two)
      #expect(context.encode(doubled) == now, "2^\(bit)")
      previous = now
    }
  }
}
