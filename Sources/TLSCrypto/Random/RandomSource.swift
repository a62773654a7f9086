internal import CGcrypt

/// Where randomness comes from.
public protocol RandomSource: Sendable {
  /// Fills all of `bytes`.
  mutating func fill(_ bytes: inout MutableRawSpan)
}

extension RandomSource {
  /// So many new bytes.
  public mutating func bytes(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var span = bytes.mutableRawSpan
    fill(&span)
    return bytes
  }
}

/// libgcrypt's strong randomness: the kernel's, unless the program has initialised libgcrypt itself and
/// left it its own pool, which the kernel seeds.
public struct SystemRandomSource: RandomSource {
  /// The system's randomness.
  public init() {}

  /// Fills all of `bytes`.
  public mutating func fill(_ bytes: inout MutableRawSpan) {
    // If libgcrypt is unusable, so is everything that this randomness is for, and that will say so.
    try? Library.initialize()
    unsafe bytes.withUnsafeMutableBytes { buffer in
      guard let start = buffer.baseAddress else { return }
      unsafe gcry_randomize(start, buffer.count, GCRY_STRONG_RANDOM)
    }
  }
}

/// The same bytes for the same seed: for tests and recorded vectors only.
///
/// The stream is SHA-256(seed ‖ i) for i = 0, 1, …, each i as eight bytes, big-endian.
///
/// > Warning: whoever knows the seed knows every key made from it.
public struct DeterministicRandomSource: RandomSource {
  private let seed: [UInt8]
  private var counter: UInt64 = 0
  private var block: [UInt8] = []
  private var position = 0

  /// The stream of this seed, from its beginning.
  public init(seed: [UInt8]) {
    self.seed = seed
  }

  /// Fills all of `bytes` with the next of the stream.
  public mutating func fill(_ bytes: inout MutableRawSpan) {
    for offset in bytes.byteOffsets {
      if position == block.count { nextBlock() }
      bytes[byte: offset] = block.isEmpty ? 0 : block[position]
      position += 1
    }
  }

  private mutating func nextBlock() {
    let number = (0..<8).map { UInt8(truncatingIfNeeded: counter >> (56 - 8 * $0)) }
    let input = seed + number
    block = (try? Hash.digest(of: input.rawSpan, using: .sha256).array) ?? []
    counter += 1
    position = 0
  }
}
