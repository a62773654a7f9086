internal import SwiftASN1
internal import TLSCrypto

/// The times of what is being made, in DER.
enum TimeWriter {
  /// `Time`: UTCTime through the year 2049, GeneralizedTime after: a MUST (RFC 5280 sections 4.1.2.5
  /// and 5.1.2.4). What lies before 1950 has no other form than the second.
  static func time(_ date: Timestamp) throws(CertificateBuilderError) -> [UInt8] {
    try write(date) { (1950...2049).contains($0) }
  }

  /// `GeneralizedTime`, as OCSP has all its times.
  static func generalizedTime(_ date: Timestamp) throws(CertificateBuilderError) -> [UInt8] {
    try write(date) { _ in false }
  }

  private static func write(
    _ date: Timestamp, isShort: (Int) -> Bool
  ) throws(CertificateBuilderError) -> [UInt8] {
    guard let parts = date.parts else { throw .invalidDate(date) }
    let isShort = isShort(parts.year)
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
