internal import CGcrypt

/// Arithmetic on one of the NIST's curves (SP 800-186).
@safe
struct CurveContext: ~Copyable {
  private let context: gcry_ctx_t
  private let curve: EllipticCurve

  private init(adopting context: gcry_ctx_t, _ curve: EllipticCurve) {
    unsafe self.context = context
    self.curve = curve
  }

  deinit {
    unsafe gcry_ctx_release(context)
  }

  static func open(_ curve: EllipticCurve) throws(CryptoError) -> CurveContext {
    try Library.initialize()
    var context: gcry_ctx_t?
    try unsafe CryptoError.check(
      gcry_mpi_ec_new(&context, nil, curve.expressionName), "gcry_mpi_ec_new")
    guard let context = unsafe context else { throw .unsupported("\(curve) is not available") }
    return unsafe CurveContext(adopting: context, curve)
  }

  /// A parameter of the curve: `p`, the field's prime, or `n`, the base point's order.
  func parameter(_ name: StaticString) throws(CryptoError) -> Integer {
    guard
      let value = unsafe Integer(taking: gcry_mpi_ec_get_mpi("\(name)", context, 1))
    else { throw .unsupported("\(curve) has no \(name)") }
    return value
  }

  /// The base point.
  func basePoint() throws(CryptoError) -> Point {
    guard let point = unsafe Point(taking: gcry_mpi_ec_get_point("g", context, 1)) else {
      throw .unsupported("\(curve) has no base point")
    }
    return point
  }

  /// The point that an uncompressed encoding says (SEC 1 section 2.3.4), which lies on the curve.
  ///
  /// - Throws: ``CryptoError/invalidPublicKey(_:)`` that says what is wrong with it.
  func decode(_ bytes: RawSpan) throws(CryptoError) -> Point {
    let width = curve.fieldByteCount
    guard bytes.byteCount == 2 * width + 1 else {
      throw .invalidPublicKey(
        "a point of \(curve) has \(2 * width + 1) bytes, not \(bytes.byteCount)")
    }
    guard bytes[byte: 0] == 4 else {
      throw .invalidPublicKey("a point of \(curve) is of format \(bytes[byte: 0]), not 4")
    }
    let x = try Integer.from(bytes.extracting(1..<(1 + width)))
    let y = try Integer.from(bytes.extracting((1 + width)..<(1 + 2 * width)))
    let prime = try parameter("p")
    guard x.isLess(than: prime), y.isLess(than: prime) else {
      throw .invalidPublicKey("a point of \(curve) has a coordinate outside the field")
    }
    let point = Point(x: x, y: y)
    guard unsafe gcry_mpi_ec_curve_point(point.value, context) != 0 else {
      throw .invalidPublicKey("a point does not lie on \(curve)")
    }
    return point
  }

  /// The point of an encoding that ``decode(_:)`` has taken before.
  func point(ofChecked bytes: RawSpan) throws(CryptoError) -> Point {
    let width = curve.fieldByteCount
    guard bytes.byteCount == 2 * width + 1 else {
      throw .invalidPublicKey("a point of \(curve) has \(2 * width + 1) bytes")
    }
    let x = try Integer.from(bytes.extracting(1..<(1 + width)))
    let y = try Integer.from(bytes.extracting((1 + width)..<(1 + 2 * width)))
    return Point(x: x, y: y)
  }

  /// The point `scalar` times, with libgcrypt's multiplication for secret scalars.
  ///
  /// libgcrypt takes less time for a scalar with leading zeros, even if it is marked as secret: to
  /// double and add while the sum is still infinity costs little. A few thousand signatures whose
  /// nonces can be told apart by that give the key away. So the order is added, once or twice, until
  /// the scalar has one bit more than the order: the same point, and always the same length.
  func multiply(
    _ point: borrowing Point, by scalar: borrowing Integer
  ) throws(CryptoError) -> Point {
    let order = try parameter("n")
    let lengthened = Integer(isSecret: true)
    unsafe gcry_mpi_add(lengthened.value, scalar.value, order.value)
    // Needed for one scalar in 2^32 on P-256, and for far fewer on the others.
    if unsafe gcry_mpi_test_bit(lengthened.value, UInt32(curve.bitCount)) == 0 {
      unsafe gcry_mpi_add(lengthened.value, lengthened.value, order.value)
    }
    let product = Point()
    unsafe gcry_mpi_ec_mul(product.value, lengthened.value, point.value, context)
    return product
  }

  /// The base point `scalar` times: the same steps whatever the scalar is, on numbers that are disguised.
  ///
  /// - Throws: ``CryptoError/invalidKey(_:)`` if the scalar, big-endian and as wide as the order, is not
  ///   between 1 and n - 1.
  func multiplyBasePoint(by scalar: RawSpan) throws(CryptoError) -> Point {
    try FixedBaseComb.of(curve).multiply(by: scalar, in: self, isSecret: true)
  }

  /// The base point `scalar` times, where that is no secret.
  ///
  /// - Throws: as ``multiplyBasePoint(by:)``.
  func multiplyBasePoint(byPublic scalar: RawSpan) throws(CryptoError) -> Point {
    try FixedBaseComb.of(curve).multiply(by: scalar, in: self, isSecret: false)
  }

  /// The point `scalar` times, where neither is a secret.
  func multiply(
    _ point: borrowing Point, byPublic scalar: borrowing Integer
  ) -> Point {
    let product = Point()
    unsafe gcry_mpi_ec_mul(product.value, scalar.value, point.value, context)
    return product
  }

  /// Doubles a point where it lies.
  func double(_ point: borrowing Point) {
    unsafe gcry_mpi_ec_dup(point.value, point.value, context)
  }

  /// Adds a point to a sum, where that lies.
  func add(_ point: borrowing Point, to sum: borrowing Point) {
    unsafe gcry_mpi_ec_add(sum.value, sum.value, point.value, context)
  }

  /// Gives a point other projective coordinates, which chance chooses: λ²X, λ³Y and λZ are those of the
  /// same point for every λ but zero (Coron).
  ///
  /// How long libgcrypt takes to double and to add depends a little on the numbers that it does it with.
  /// Of numbers that nobody can foretell that says nothing. The chance is the system's, and never the
  /// connection's source: the point stays the same, and so do the bytes that come of it.
  func disguise(_ point: borrowing Point) throws(CryptoError) {
    let prime = try parameter("p")
    var random = SystemRandomSource()
    // Between 1 and the order, which is less than the prime on all three curves.
    let factor = try Integer.from(secret: try Scalar.random(curve, using: &random))
    let power = Integer()
    let x = Integer()
    let y = Integer()
    let z = Integer()
    point.readProjective(x: x, y: y, z: z)
    unsafe gcry_mpi_mulm(z.value, z.value, factor.value, prime.value)
    unsafe gcry_mpi_mulm(power.value, factor.value, factor.value, prime.value)
    unsafe gcry_mpi_mulm(x.value, x.value, power.value, prime.value)
    unsafe gcry_mpi_mulm(power.value, power.value, factor.value, prime.value)
    unsafe gcry_mpi_mulm(y.value, y.value, power.value, prime.value)
    _ = unsafe gcry_mpi_point_set(point.value, x.value, y.value, z.value)
  }

  /// The affine coordinates, or `nil` for the point at infinity.
  func coordinates(of point: borrowing Point) -> Coordinates? {
    let coordinates = Coordinates(x: Integer(isSecret: true), y: Integer(isSecret: true))
    let code = unsafe gcry_mpi_ec_get_affine(
      coordinates.x.value, coordinates.y.value, point.value, context)
    guard code == 0 else { return nil }
    return coordinates
  }

  /// The uncompressed encoding (SEC 1 section 2.3.3), or `nil` for the point at infinity.
  func encode(_ point: borrowing Point) -> [UInt8]? {
    guard let affine = coordinates(of: point) else { return nil }
    let width = curve.fieldByteCount
    return [4] + affine.x.bytes(count: width) + affine.y.bytes(count: width)
  }
}

/// A point's affine coordinates.
struct Coordinates: ~Copyable {
  let x: Integer
  let y: Integer
}

/// A point of a curve, in libgcrypt's representation.
@safe
struct Point: ~Copyable {
  let value: gcry_mpi_point_t

  private init(adopting value: gcry_mpi_point_t) {
    unsafe self.value = value
  }

  deinit {
    unsafe gcry_mpi_point_release(value)
  }

  /// A point to be computed into.
  init() {
    unsafe self.init(adopting: gcry_mpi_point_new(0))
  }

  /// What libgcrypt made and gives away.
  init?(taking value: gcry_mpi_point_t?) {
    guard let value = unsafe value else { return nil }
    unsafe self.init(adopting: value)
  }

  /// The point with these affine coordinates, which need not lie on any curve.
  init(x: borrowing Integer, y: borrowing Integer) {
    let one = unsafe gcry_mpi_set_ui(nil, 1)
    unsafe self.init(adopting: gcry_mpi_point_set(nil, x.value, y.value, one))
    unsafe gcry_mpi_release(one)
  }

  /// Reads the projective coordinates.
  func readProjective(x: borrowing Integer, y: borrowing Integer, z: borrowing Integer) {
    unsafe gcry_mpi_point_get(x.value, y.value, z.value, value)
  }
}
