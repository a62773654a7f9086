internal import CGcrypt

/// Comparison and choice that take as long whatever the values are.
public enum ConstantTime {
  /// Whether both hold the same bytes. The time taken depends on their lengths alone.
  public static func areEqual(_ a: RawSpan, _ b: RawSpan) -> Bool {
    a.byteCount == b.byteCount && difference(a, b) == 0
  }

  /// Zero if both, which are equally long, hold the same bytes.
  private static func difference(_ a: RawSpan, _ b: RawSpan) -> UInt8 {
    var difference: UInt8 = 0
    for offset in a.byteOffsets {
      difference |= a[byte: offset] ^ b[byte: offset]
    }
    return difference
  }

  // MARK: Masks
  //
  // A secret condition is never a Bool, which invites a branch, but a mask: all ones, or zero. Each is
  // made by arithmetic and then hidden from the optimiser, which would otherwise know that it can
  // only be one of the two, and may branch on it where it is used.

  /// All ones if the numbers are equal, else zero.
  package static func mask(_ a: UInt, equals b: UInt) -> UInt {
    let difference = a ^ b
    // Of a number and its negative, one has the highest bit set unless both are zero.
    let isDifferent = (difference | (0 &- difference)) >> (UInt.bitWidth - 1)
    return cgcrypt_opaque(isDifferent &- 1)
  }

  /// All ones if `a` is less than `b`, else zero. Both are less than half of what a `UInt` holds.
  package static func mask(_ a: UInt, isLessThan b: UInt) -> UInt {
    cgcrypt_opaque(0 &- ((a &- b) >> (UInt.bitWidth - 1)))
  }

  /// All ones if both hold the same bytes, else zero.
  package static func mask(_ a: RawSpan, equals b: RawSpan) -> UInt {
    guard a.byteCount == b.byteCount else { return 0 }
    return mask(UInt(difference(a, b)), equals: 0)
  }

  /// Copies `source` to the start of `target`, which is at least as long, if `mask` is all ones;
  /// reads and writes the same bytes if it is zero.
  package static func copy(
    _ source: RawSpan, into target: inout MutableRawSpan, where mask: UInt
  ) {
    let mask = UInt8(truncatingIfNeeded: mask)
    for offset in source.byteOffsets {
      let old = target[byte: offset]
      target[byte: offset] = old ^ (mask & (old ^ source[byte: offset]))
    }
  }
}
