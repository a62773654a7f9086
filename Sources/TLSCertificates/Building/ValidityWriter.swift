internal import SwiftASN1
internal import TLSCrypto

/// When a certificate that is being made is valid (RFC 5280 section 4.1.2.5).
struct ValidityWriter {
  let notBefore: Timestamp
  let notAfter: Timestamp

  /// A `Validity` in DER.
  func der() throws(CertificateBuilderError) -> [UInt8] {
    guard notBefore <= notAfter else {
      throw .endsBeforeItBegins(notBefore: notBefore, notAfter: notAfter)
    }
    let start = try Self.time(notBefore)
    let end = try Self.time(notAfter)
    return DER.Serializer.bytes { serializer in
      serializer.sequence { serializer in
        serializer.serializeRawBytes(start)
        serializer.serializeRawBytes(end)
      }
    }
  }

  /// UTCTime through the year 2049, GeneralizedTime after: a MUST. What lies before 1950 has no
  /// other form than the second.
  private static func time(_ date: Timestamp) throws(CertificateBuilderError) -> [UInt8] {
    guard let parts = date.parts else { throw .invalidDate(date) }
    let isShort = (1950...2049).contains(parts.year)
    let year = isShort ? digits(parts.year % 100, count: 2) : digits(parts.year, count: 4)
    let rest = [parts.month, parts.day, parts.hour, parts.minute, parts.second]
    let text = year + rest.flatMap { digits($0, count: 2) } + [UInt8(ascii: "Z")]
    return DER.Serializer.bytes { serializer in
      serializer.primitive(isShort ? .utcTime : .generalizedTime, text)
    }
  }

  /// A number in decimal, with zeros in front.
  private static func digits(_ number: Int, count: Int) -> [UInt8] {
    var rest = number
    var digits: [UInt8] = []
    for _ in 0..<count {
      digits.insert(UInt8(ascii: "0") + UInt8(rest % 10), at: 0)
      rest /= 10
    }
    return digits
  }
}
