import TLSCrypto

/// What was decrypted from a CBC record: content, MAC, padding, and a last byte that counts the
/// padding (RFC 5246 section 6.2.3.2). How long the content is, an attacker must not learn before the
/// MAC is known to be right, not even from the time that it takes to find out ("Lucky Thirteen").
///
/// How the time is kept from depending on the padding:
///
/// - **One path.** Wrong padding is not an early exit: it counts as none (RFC 5246 section 6.2.3.2),
///   the MAC is checked all the same, and there is a single verdict at the end. Until then whatever
///   depends on a decrypted byte is a mask or a number: never a condition, an index or a bound.
/// - **Padding.** As many bytes are looked at as there could be padding in a fragment of this length.
/// - **The hash.** libgcrypt has no compression function to call by itself, so the inner hash is
///   finished for *every* length that the content could have in a fragment of this length, 256 at
///   most, on a copy of the hash each time; a mask keeps the one digest that counts. Which lengths
///   those are, ``candidateByteCounts(ofFragment:macByteCount:)`` says from the fragment's length
///   alone, which the wire shows anyway. So the same bytes go into the same number of compressions,
///   in the same order, whatever the padding is. The outer hash follows once, of one digest.
/// - **The MAC.** It is read from its place by reading every place where it could be.
///
/// Each of these takes longer than a careless check would. encrypt_then_mac needs none of them.
struct CBCFragment: Sendable {
  /// All ones if the padding is what it should be, else zero.
  let isWellPadded: UInt

  /// How long the content is. If the padding is wrong: as long as without padding.
  let contentByteCount: UInt

  private let macByteCount: Int
  private let candidates: ClosedRange<Int>

  /// - Parameters:
  ///   - fragment: at least `macByteCount` bytes and one more.
  ///   - macByteCount: the length of the MAC in it; none after RFC 7366.
  init(_ fragment: RawSpan, macByteCount: Int) {
    let count = fragment.byteCount
    let longest = count - macByteCount - 1
    let padding = UInt(fragment[byte: count - 1])
    var difference: UInt = 0
    for index in 0..<min(256, count - macByteCount) {
      let isPadding = ConstantTime.mask(UInt(index), isLessThan: padding &+ 1)
      difference |= isPadding & (UInt(fragment[byte: count - 1 - index]) ^ padding)
    }
    isWellPadded =
      ConstantTime.mask(difference, equals: 0)
      & ConstantTime.mask(padding, isLessThan: UInt(longest + 1))
    contentByteCount = UInt(longest) &- (padding & isWellPadded)
    self.macByteCount = macByteCount
    candidates = Self.candidateByteCounts(ofFragment: count, macByteCount: macByteCount)
  }

  /// How long the content of a fragment is that is known to be what the peer encrypted (RFC 7366), or
  /// `nil` if the peer padded it wrongly.
  ///
  /// Nobody else can have padded it. But a peer may hide lengths by padding, and the time that this takes
  /// is not to tell how much of a record is padding either.
  static func contentByteCount(ofAuthentic fragment: RawSpan) -> Int? {
    let parts = CBCFragment(fragment, macByteCount: 0)
    return parts.isWellPadded == 0 ? nil : Int(bitPattern: parts.contentByteCount)
  }

  /// How long the content of a fragment could be, by the fragment's length: padding is between 0 and
  /// 255 bytes, and the byte that counts it is always there.
  static func candidateByteCounts(
    ofFragment byteCount: Int, macByteCount: Int
  ) -> ClosedRange<Int> {
    let longest = byteCount - macByteCount - 1
    return max(0, longest - 255)...longest
  }

  /// The MAC in a fragment, and the digest of the content that it should belong to. Both are at the
  /// beginning of more room than they need.
  struct Codes {
    var innerDigest = InlineArray<48, UInt8>(repeating: 0)
    var received = InlineArray<48, UInt8>(repeating: 0)
  }

  /// Hashes the content, and finds the MAC.
  ///
  /// - Parameters:
  ///   - fragment: what ``init(_:macByteCount:)`` was given.
  ///   - hash: what was hashed before the content.
  func codes<Hash: ReadableHash & ~Copyable>(
    of fragment: RawSpan, hashedWith hash: inout Hash
  ) throws(CryptoError) -> Codes {
    var codes = Codes()
    var innerDigest = codes.innerDigest.mutableRawSpan
    var received = codes.received.mutableRawSpan
    var digest = InlineArray<48, UInt8>(repeating: 0)
    hash.update(fragment.extracting(0..<candidates.lowerBound))
    for count in candidates {
      let isContent = ConstantTime.mask(UInt(count), equals: contentByteCount)
      var output = digest.mutableRawSpan
      try hash.read(into: &output)
      ConstantTime.copy(digest.rawSpan, into: &innerDigest, where: isContent)
      let end = count + macByteCount
      ConstantTime.copy(fragment.extracting(count..<end), into: &received, where: isContent)
      if count < candidates.upperBound { hash.update(fragment.extracting(count..<count + 1)) }
    }
    return codes
  }
}
