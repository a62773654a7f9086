import TLSCrypto

extension Timestamp {
  /// A time of the command line, in the form of RFC 3339 in UTC: `2026-11-24T04:30:00Z`, or the day
  /// alone.
  init(argument: String) throws {
    guard let time = Self.read(argument) else {
      throw Failure(
        .usage,
        "\(argument.printable) is no time such as 2026-11-24T04:30:00Z or 2026-11-24")
    }
    self = time
  }

  private static func read(_ text: String) -> Timestamp? {
    let bytes = Array(text.utf8)
    let form = Array("0000-00-00T00:00:00Z".utf8)
    guard bytes.count == form.count || bytes.count == 10 else { return nil }
    for (byte, wanted) in zip(bytes, form) {
      let isDigit = (0x30...0x39).contains(byte)
      guard wanted == 0x30 ? isDigit : byte == wanted || byte == wanted + 0x20 else { return nil }
    }
    func number(_ range: Range<Int>) -> Int {
      guard range.upperBound <= bytes.count else { return 0 }
      return bytes[range].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    return Timestamp(
      year: number(0..<4), month: number(5..<7), day: number(8..<10), hour: number(11..<13),
      minute: number(14..<16), second: number(17..<19))
  }
}
