@testable import TLSCrypto

extension EllipticCurve {
  /// The order of the base point, big-endian.
  func order() throws -> [UInt8] {
    let context = try CurveContext.open(self)
    let order = try context.parameter("n")
    return order.bytes(count: orderByteCount)
  }

  /// The field's prime, big-endian.
  func prime() throws -> [UInt8] {
    let context = try CurveContext.open(self)
    let prime = try context.parameter("p")
    return prime.bytes(count: fieldByteCount)
  }
}
