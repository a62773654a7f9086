import SwiftASN1
import TLSCrypto

extension ASN1Node {
  /// A Time: UTCTime, or GeneralizedTime without a fraction, both in UTC with seconds
  /// (RFC 5280 section 4.1.2.5).
  ///
  /// Authorities must write UTCTime until 2049. Applications must read both forms: there are roots
  /// in use with a GeneralizedTime before 2050, and NIST's path validation suite has a valid one.
  func time(_ field: String) throws(CertificateError) -> Timestamp {
    do {
      if identifier == .utcTime {
        let time = try UTCTime(derEncoded: self)
        return try Self.timestamp(
          field, time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
      }
      return try generalizedTime(field)
    } catch let error as CertificateError {
      throw error
    } catch {
      throw CertificateError(field, "is not a time")
    }
  }

  /// A GeneralizedTime without a fraction, in UTC with seconds.
  func generalizedTime(_ field: String) throws(CertificateError) -> Timestamp {
    let time: GeneralizedTime
    do {
      time = try GeneralizedTime(derEncoded: self)
    } catch {
      throw CertificateError(field, "is not a time")
    }
    guard time.rawFractionalSeconds.isEmpty else {
      throw CertificateError(field, "has a fraction of a second")
    }
    return try Self.timestamp(
      field, time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
  }

  private static func timestamp(
    _ field: String, _ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int,
    _ second: Int
  ) throws(CertificateError) -> Timestamp {
    guard
      let time = Timestamp(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    else { throw CertificateError(field, "is a date that there is not") }
    return time
  }
}
