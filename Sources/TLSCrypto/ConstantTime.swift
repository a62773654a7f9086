/// Comparison that takes as long whatever the bytes are.
public enum ConstantTime {
  /// Whether both hold the same bytes. The time taken depends on their lengths alone.
  public static func areEqual(_ a: RawSpan, _ b: RawSpan) -> Bool {
    guard a.byteCount == b.byteCount else { return false }
    var difference: UInt8 = 0
    for offset in a.byteOffsets {
      difference |= a[byte: offset] ^ b[byte: offset]
    }
    return difference == 0
  }
}
