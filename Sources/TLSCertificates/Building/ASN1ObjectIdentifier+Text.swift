internal import SwiftASN1

extension ASN1ObjectIdentifier {
  /// From numbers with dots between them, such as `2.5.29.19`, or `nil` if there is no such
  /// identifier.
  ///
  /// Checked here because swift-asn1's own initializers trap where numbers are very large.
  init?(checking text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (2...Self.maximumPartCount).contains(parts.count) else { return nil }
    var numbers: [UInt] = []
    for part in parts {
      guard let number = Self.number(part) else { return nil }
      numbers.append(number)
    }
    // The first two share one number: 0 and 1 have 40 children each, 2 has the rest.
    guard numbers[0] <= 2, numbers[1] < 40 || numbers[0] == 2,
      let identifier = try? ASN1ObjectIdentifier(elements: numbers)
    else { return nil }
    self = identifier
  }

  /// The numbers with dots between them.
  ///
  /// swift-asn1's own description takes 2.48 for 3.8: there is nothing after 2, which has as many
  /// children as it likes (X.690 section 8.19.4).
  var text: String {
    let numbers = oidComponents
    let (first, second) = (min(numbers[0], 2), numbers[0] * 40 + numbers[1])
    return ([first, second - first * 40] + numbers[2...]).map { "\($0)" }.joined(separator: ".")
  }

  private static var maximumPartCount: Int { 32 }

  /// A decimal number of at most nine digits, without needless zeros.
  private static func number(_ digits: Substring.UTF8View) -> UInt? {
    guard (1...9).contains(digits.count), digits.count == 1 || digits.first != 0x30 else {
      return nil
    }
    var number: UInt = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      number = number * 10 + UInt(digit - 0x30)
    }
    return number
  }

  /// The content of its encoding (X.690 section 8.19): seven bits a byte, the high ones first, and
  /// the top bit set in all bytes of a number but the last.
  var content: [UInt8] {
    let numbers = oidComponents
    return ([numbers[0] * 40 + numbers[1]] + numbers[2...]).flatMap { number in
      var septets = [UInt8(number & 0x7f)]
      var rest = number >> 7
      while rest > 0 {
        septets.insert(UInt8(rest & 0x7f) | 0x80, at: 0)
        rest >>= 7
      }
      return septets
    }
  }
}
