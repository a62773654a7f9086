import SwiftASN1

/// Whether a certificate may issue others (RFC 5280 section 4.2.1.9).
public struct BasicConstraints: Sendable, Hashable {
  /// Whether the subject is a certification authority.
  public let isAuthority: Bool
  /// How many authorities may follow on the way to the leaf; `nil` for any number.
  public let pathLength: Int?

  init(der: ArraySlice<UInt8>) throws(CertificateError) {
    let field = "basicConstraints"
    var reader = try FieldReader(der: der, field)
    isAuthority = try reader.next(if: .boolean)?.booleanDefaultFalse(field) ?? false
    pathLength = try reader.next(if: .integer)?.smallInteger(field)
    try reader.end()
    guard isAuthority || pathLength == nil else {
      throw CertificateError(field, "limits the path below what is no authority")
    }
  }
}
