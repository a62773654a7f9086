internal import CGcrypt

/// An integer of libgcrypt's, of any size and not negative. libgcrypt wipes it when it goes.
@safe
struct Integer: ~Copyable, @unchecked Sendable {
  let value: gcry_mpi_t

  private init(adopting value: gcry_mpi_t) {
    unsafe self.value = value
  }

  deinit {
    unsafe gcry_mpi_release(value)
  }

  /// Zero, to be computed into.
  ///
  /// - Parameter isSecret: whether libgcrypt must compute with it in constant time.
  init(isSecret: Bool = false) {
    unsafe self.init(adopting: isSecret ? gcry_mpi_snew(0) : gcry_mpi_new(0))
  }

  /// What libgcrypt made and gives away.
  init?(taking value: gcry_mpi_t?) {
    guard let value = unsafe value else { return nil }
    unsafe self.init(adopting: value)
  }

  /// The integer that big-endian bytes say.
  static func from(_ bytes: RawSpan, isSecret: Bool = false) throws(CryptoError) -> Integer {
    var value: gcry_mpi_t?
    let code = unsafe bytes.withUnsafeBytes { bytes in
      unsafe gcry_mpi_scan(&value, GCRYMPI_FMT_USG, bytes.baseAddress, bytes.count, nil)
    }
    try CryptoError.check(code, "gcry_mpi_scan")
    guard let integer = unsafe Integer(taking: value) else {
      throw .unsupported("an integer could not be read")
    }
    // libgcrypt cannot mark a zero: it stops the process.
    if isSecret, !integer.isZero { unsafe gcry_mpi_set_flag(integer.value, GCRYMPI_FLAG_SECURE) }
    return integer
  }

  /// The integer that secret big-endian bytes say, to be computed with in constant time.
  static func from(secret bytes: borrowing SecretBytes) throws(CryptoError) -> Integer {
    try from(bytes.bytes, isSecret: true)
  }

  /// The number of bits without leading zeros.
  var bitCount: Int { Int(unsafe gcry_mpi_get_nbits(value)) }

  /// Whether it is zero.
  var isZero: Bool { bitCount == 0 }

  /// Whether it is less than the other.
  func isLess(than other: borrowing Integer) -> Bool {
    unsafe gcry_mpi_cmp(value, other.value) < 0
  }

  /// Whether both are the same.
  func isEqual(to other: borrowing Integer) -> Bool {
    unsafe gcry_mpi_cmp(value, other.value) == 0
  }

  /// The integer that is one less; this must not be zero.
  func predecessor() -> Integer {
    let less = Integer()
    unsafe gcry_mpi_sub_ui(less.value, value, 1)
    return less
  }

  /// The remainder of this integer's power. The modulus must be odd, and greater than 1.
  ///
  /// With an exponent that is marked as secret, libgcrypt takes constant time from 1.11.1 on. Before,
  /// it reads its table of powers without betraying where, but how often it multiplies depends on the
  /// exponent's length, and a little on its bits.
  func raised(to exponent: borrowing Integer, modulo modulus: borrowing Integer) -> Integer {
    let power = Integer(isSecret: true)
    unsafe gcry_mpi_powm(power.value, value, exponent.value, modulus.value)
    return power
  }

  /// Writes it big-endian over all of `output`, with zeros before it; it must fit.
  ///
  /// Bit by bit, because `gcry_mpi_print` makes copies on its way.
  func write(to output: inout MutableRawSpan) {
    let count = output.byteCount
    for offset in 0..<count {
      var byte: UInt8 = 0
      let lowest = UInt32(truncatingIfNeeded: (count - 1 - offset) * 8)
      for bit in 0..<UInt32(8) {
        // 0 or 1, and no branch on it.
        byte |= unsafe UInt8(truncatingIfNeeded: gcry_mpi_test_bit(value, lowest + bit)) << bit
      }
      output[byte: offset] = byte
    }
  }

  /// Big-endian, in so many bytes, for what is public.
  func bytes(count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var span = bytes.mutableRawSpan
    write(to: &span)
    return bytes
  }

  /// Big-endian, in so many bytes, for what is secret.
  func secretBytes(count: Int) -> SecretBytes {
    var bytes = SecretBytes(count: count)
    var span = bytes.mutableBytes
    write(to: &span)
    return bytes
  }
}
