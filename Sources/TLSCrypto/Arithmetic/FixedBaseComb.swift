internal import CGcrypt

/// A curve's base point times a secret scalar, put together from sums of the point's multiples that
/// are known beforehand: the comb of Lim and Lee, with digits that are never zero (Hedabou, Pinel and
/// Bénéteau).
///
/// libgcrypt multiplies by a secret with a doubling and an addition for each of its bits. This takes a
/// sixth of both. What is read and added, and when, depends on the curve alone: a digit says which
/// multiple is added, and all of them are read to find it. The numbers' own arithmetic is libgcrypt's,
/// whose time depends a little on the numbers: those of a secret are disguised.
struct FixedBaseComb: Sendable {
  /// How many bits of the scalar one digit takes up. One more would double the table, for a tenth of
  /// the time.
  private static let toothCount = 6

  /// How many multiples there are: one for each odd digit.
  private static let entryCount = 1 << (toothCount - 1)

  private let curve: EllipticCurve

  /// The base point's order, big-endian.
  private let order: [UInt8]

  /// How far the bits of a digit are from each other.
  private let spacing: Int

  /// The length of a coordinate in the table, a whole number of words.
  private let width: Int

  /// Of each multiple x, y, and p - y.
  private let table: [UInt8]

  /// The comb of a curve. Made once in a process, in about the time that two multiplications take
  /// without it. What came of that stays: a failure, if memory was short say, for the process's life too.
  static func of(_ curve: EllipticCurve) throws(CryptoError) -> FixedBaseComb {
    switch curve {
    case .secp256r1: try secp256r1.get()
    case .secp384r1: try secp384r1.get()
    case .secp521r1: try secp521r1.get()
    }
  }

  private static let secp256r1 = Result { () throws(CryptoError) in
    try FixedBaseComb(.secp256r1)
  }
  private static let secp384r1 = Result { () throws(CryptoError) in
    try FixedBaseComb(.secp384r1)
  }
  private static let secp521r1 = Result { () throws(CryptoError) in
    try FixedBaseComb(.secp521r1)
  }

  private init(_ curve: EllipticCurve) throws(CryptoError) {
    self.curve = curve
    spacing = (curve.bitCount + Self.toothCount - 1) / Self.toothCount
    let word = UInt.bitWidth / 8
    width = (curve.fieldByteCount + word - 1) / word * word
    order = try curve.order
    table = try Self.table(curve, spacing: spacing, width: width)
  }

  /// For each odd digit the sum of those of the teeth's points whose bits are set: that of the tooth i
  /// is the base point 2^(spacing * i) times.
  private static func table(
    _ curve: EllipticCurve, spacing: Int, width: Int
  ) throws(CryptoError) -> [UInt8] {
    let context = try CurveContext.open(curve)
    let prime = try context.parameter("p")
    let tooth = try context.basePoint()
    var table: [UInt8] = []
    try append(tooth, to: &table, context, prime, width)
    while table.count < entryCount * 3 * width {
      for _ in 0..<spacing { context.double(tooth) }
      // All the sums so far, and each of them with this tooth's point.
      for start in stride(from: 0, to: table.count, by: 3 * width) {
        let x = try Integer.from(table.rawSpan.extracting(start..<start + width))
        let y = try Integer.from(table.rawSpan.extracting(start + width..<start + 2 * width))
        let sum = Point(x: x, y: y)
        context.add(tooth, to: sum)
        try append(sum, to: &table, context, prime, width)
      }
    }
    return table
  }

  private static func append(
    _ point: borrowing Point, to table: inout [UInt8], _ context: borrowing CurveContext,
    _ prime: borrowing Integer, _ width: Int
  ) throws(CryptoError) {
    guard let affine = context.coordinates(of: point) else {
      throw .unsupported("libgcrypt has another base point than it should")
    }
    let negative = Integer()
    unsafe gcry_mpi_sub(negative.value, prime.value, affine.y.value)
    table += affine.x.bytes(count: width) + affine.y.bytes(count: width)
    table += negative.bytes(count: width)
  }

  /// The base point `scalar` times. Which multiples are read, and when something is added, does not depend
  /// on the scalar.
  ///
  /// - Parameters:
  ///   - scalar: big-endian, as many bytes as the order has.
  ///   - isSecret: whether to disguise the sum (``CurveContext/disguise(_:)``).
  /// - Throws: ``CryptoError/invalidKey(_:)`` if it is not between 1 and n - 1.
  func multiply(
    by scalar: RawSpan, in context: borrowing CurveContext, isSecret: Bool
  ) throws(CryptoError) -> Point {
    guard Scalar.isInRange(scalar, order: order.rawSpan) else {
      throw .invalidKey("a scalar of \(curve) is not between 1 and the order")
    }
    let digits = digits(of: scalar, order: order.rawSpan)
    var room = SecretBytes(count: 2 * width)
    let sum = try point(of: digits.bytes[byte: spacing], room: &room)
    if isSecret { try context.disguise(sum) }
    for position in (0..<spacing).reversed() {
      context.double(sum)
      context.add(try point(of: digits.bytes[byte: position], room: &room), to: sum)
    }
    return sum
  }

  // MARK: Digits

  /// The scalar's digits, the lowest first, each an odd number and in the highest bit its sign.
  private func digits(of scalar: RawSpan, order: RawSpan) -> SecretBytes {
    // Of the scalar and the order less the scalar one is odd. The other's point is its mirror image.
    let isEven = UInt8(
      truncatingIfNeeded: ConstantTime.mask(
        UInt(scalar[byte: scalar.byteCount - 1] & 1), equals: 0))
    var odd = SecretBytes(copying: scalar)
    Self.subtract(from: order, &odd, where: isEven)
    var digits = SecretBytes(count: spacing + 1)
    var bytes = digits.mutableBytes
    for position in 0..<spacing {
      for tooth in 0..<Self.toothCount {
        bytes[byte: position] |= Self.bit(position + spacing * tooth, of: odd.bytes) << tooth
      }
    }
    Self.makeOdd(&bytes)
    for position in 0...spacing { bytes[byte: position] ^= 0x80 & isEven }
    return digits
  }

  /// Where `mask` is all ones, `number` becomes `minuend` less `number`.
  private static func subtract(
    from minuend: RawSpan, _ number: inout SecretBytes, where mask: UInt8
  ) {
    var bytes = number.mutableBytes
    var borrow = 0
    for offset in (0..<minuend.byteCount).reversed() {
      let difference = Int(minuend[byte: offset]) - Int(bytes[byte: offset]) + borrow
      borrow = difference >> 8
      let old = bytes[byte: offset]
      bytes[byte: offset] = old ^ (mask & (old ^ UInt8(truncatingIfNeeded: difference)))
    }
  }

  private static func bit(_ index: Int, of number: RawSpan) -> UInt8 {
    let offset = number.byteCount - 1 - index / 8
    return offset < 0 ? 0 : number[byte: offset] >> (index % 8) & 1
  }

  /// Gives every digit of an odd number its lowest bit. One that lacks it gets the digit below added,
  /// each bit with its carry, which counts half as much and is taken off again: it turns negative.
  private static func makeOdd(_ digits: inout MutableRawSpan) {
    var carry: UInt8 = 0
    for position in 1..<digits.byteCount {
      let digit = digits[byte: position] ^ carry
      carry &= digits[byte: position]
      let isEven = UInt8(
        truncatingIfNeeded: ConstantTime.mask(UInt(digit & 1), equals: 0))
      let added = digits[byte: position - 1] & isEven
      carry |= digit & added
      digits[byte: position] = digit ^ added
      digits[byte: position - 1] |= 0x80 & isEven
    }
  }

  // MARK: Points

  /// The multiple that a digit stands for.
  ///
  /// - Parameter room: for two coordinates, so that there need not be new room for each digit.
  private func point(
    of digit: UInt8, room: inout SecretBytes
  ) throws(CryptoError) -> Point {
    let index = UInt(digit & 0x7f) >> 1
    let isNegative = ConstantTime.mask(UInt(digit >> 7), equals: 1)
    var bytes = room.mutableBytes
    bytes.wipe()
    unsafe bytes.withUnsafeMutableBytes { room in
      unsafe table.withUnsafeBytes { table in
        for entry in 0..<Self.entryCount {
          let isWanted = ConstantTime.mask(UInt(entry), equals: index)
          unsafe Self.add(
            table, at: entry * 3 * width, to: room, width, isWanted, isNegative: isNegative)
        }
      }
    }
    let x = try Integer.from(room.bytes.extracting(first: width))
    let y = try Integer.from(room.bytes.extracting(droppingFirst: width))
    return Point(x: x, y: y)
  }

  /// Reads an entry of the table, and puts it down where `isWanted` is all ones.
  private static func add(
    _ table: UnsafeRawBufferPointer, at start: Int, to room: UnsafeMutableRawBufferPointer,
    _ width: Int, _ isWanted: UInt, isNegative: UInt
  ) {
    for offset in stride(from: 0, to: width, by: UInt.bitWidth / 8) {
      let x = unsafe table.load(fromByteOffset: start + offset, as: UInt.self)
      let y = unsafe table.load(fromByteOffset: start + width + offset, as: UInt.self)
      let negative = unsafe table.load(fromByteOffset: start + 2 * width + offset, as: UInt.self)
      let chosen = y ^ (isNegative & (y ^ negative))
      let oldX = unsafe room.load(fromByteOffset: offset, as: UInt.self)
      let oldY = unsafe room.load(fromByteOffset: width + offset, as: UInt.self)
      unsafe room.storeBytes(of: oldX | (isWanted & x), toByteOffset: offset, as: UInt.self)
      unsafe room.storeBytes(
        of: oldY | (isWanted & chosen), toByteOffset: width + offset, as: UInt.self)
    }
  }
}
