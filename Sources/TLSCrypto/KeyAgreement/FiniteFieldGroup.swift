/// A group for finite-field Diffie-Hellman that is known by name: the numbers below a safe prime p,
/// one for which (p - 1) / 2 is prime too.
///
/// There are no others: whether a group that a peer made up is safe, nobody can tell in the time of a
/// handshake (RFC 7919 section 1).
public enum FiniteFieldGroup: Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// 2048 bits (RFC 7919 appendix A.1).
  case ffdhe2048
  /// 3072 bits (RFC 7919 appendix A.2).
  case ffdhe3072
  /// 4096 bits (RFC 7919 appendix A.3).
  case ffdhe4096
  /// 6144 bits (RFC 7919 appendix A.4).
  case ffdhe6144
  /// 8192 bits (RFC 7919 appendix A.5).
  case ffdhe8192
  /// 2048 bits, group 14 (RFC 3526 section 3).
  case modp2048
  /// 3072 bits, group 15 (RFC 3526 section 4).
  case modp3072
  /// 4096 bits, group 16 (RFC 3526 section 5).
  case modp4096
  /// 6144 bits, group 17 (RFC 3526 section 6).
  case modp6144
  /// 8192 bits, group 18 (RFC 3526 section 7).
  case modp8192

  /// The known group that has these numbers, big-endian; zeros before them count for nothing.
  public init?(prime: RawSpan, generator: RawSpan) {
    let prime = prime.withoutLeadingZeros()
    let generator = generator.withoutLeadingZeros()
    for group in Self.allCases where group.publicKeyByteCount == prime.byteCount {
      let (knownPrime, knownGenerator) = (group.prime, group.generator)
      if prime.elementsEqual(knownPrime.rawSpan), generator.elementsEqual(knownGenerator.rawSpan) {
        self = group
        return
      }
    }
    return nil
  }

  /// The number of the prime's bits.
  public var bitCount: Int {
    switch self {
    case .ffdhe2048, .modp2048: 2048
    case .ffdhe3072, .modp3072: 3072
    case .ffdhe4096, .modp4096: 4096
    case .ffdhe6144, .modp6144: 6144
    case .ffdhe8192, .modp8192: 8192
    }
  }

  /// The length of the prime, and of a public key that is written as long, in bytes.
  public var publicKeyByteCount: Int { bitCount / 8 }

  /// The generator, big-endian.
  public var generator: [UInt8] { [2] }

  /// The prime, big-endian.
  ///
  /// With b bits, it is 2^b - 2^(b-64) + ([2^(b-130) c] + X) 2^64 - 1, where c is e (RFC 7919 appendix
  /// A) or pi (RFC 3526), and X the least number that makes it a safe prime. In words of 64 bits: one
  /// of ones, then the first digits of c, to which X - 1 is added, and one of ones again.
  public var prime: [UInt8] {
    let (digits, x) = derivation
    var words = Array(digits.prefix(bitCount / 64 - 2))
    var carry = x - 1
    for index in words.indices.reversed() {
      let (sum, overflow) = words[index].addingReportingOverflow(carry)
      words[index] = sum
      carry = overflow ? 1 : 0
    }
    words = [.max] + words + [.max]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(publicKeyByteCount)
    for word in words {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    return bytes
  }

  /// The number c in words, and X.
  private var derivation: (digits: [UInt64], x: UInt64) {
    switch self {
    case .ffdhe2048: (BinaryDigits.e, 560_316)
    case .ffdhe3072: (BinaryDigits.e, 2_625_351)
    case .ffdhe4096: (BinaryDigits.e, 5_736_041)
    case .ffdhe6144: (BinaryDigits.e, 15_705_020)
    case .ffdhe8192: (BinaryDigits.e, 10_965_728)
    case .modp2048: (BinaryDigits.pi, 124_476)
    case .modp3072: (BinaryDigits.pi, 1_690_314)
    case .modp4096: (BinaryDigits.pi, 240_904)
    case .modp6144: (BinaryDigits.pi, 929_484)
    case .modp8192: (BinaryDigits.pi, 4_743_158)
    }
  }

  /// The name, such as `ffdhe2048` or `modp2048`.
  public var description: String {
    switch self {
    case .ffdhe2048: "ffdhe2048"
    case .ffdhe3072: "ffdhe3072"
    case .ffdhe4096: "ffdhe4096"
    case .ffdhe6144: "ffdhe6144"
    case .ffdhe8192: "ffdhe8192"
    case .modp2048: "modp2048"
    case .modp3072: "modp3072"
    case .modp4096: "modp4096"
    case .modp6144: "modp6144"
    case .modp8192: "modp8192"
    }
  }
}

extension RawSpan {
  /// The same big-endian number without the zeros before it.
  @_lifetime(copy self)
  fileprivate func withoutLeadingZeros() -> RawSpan {
    var count = 0
    while count < byteCount, self[byte: count] == 0 { count += 1 }
    return extracting(droppingFirst: count)
  }
}
