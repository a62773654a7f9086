/// What can happen to bytes on their way.
struct Mutations: Sequence {
  let original: [UInt8]

  /// Every beginning of the bytes that is not all of them.
  var truncations: some Sequence<[UInt8]> {
    original.indices.lazy.map { [original] in Array(original[..<$0]) }
  }

  /// The bytes with one bit flipped, for each bit.
  var bitFlips: some Sequence<[UInt8]> {
    (0..<original.count * 8).lazy.map { [original] bit in
      var bytes = original
      bytes[bit / 8] ^= 0x80 >> UInt8(bit % 8)
      return bytes
    }
  }

  func makeIterator() -> AnyIterator<[UInt8]> {
    var truncations = truncations.makeIterator()
    var bitFlips = bitFlips.makeIterator()
    return AnyIterator { truncations.next() ?? bitFlips.next() }
  }
}

/// How often something gave a value, and how often an error.
struct Tally: Equatable {
  var values = 0
  var errors = 0

  var total: Int { values + errors }
}
