import SwiftASN1

/// What a key may do (RFC 5280 section 4.2.1.3).
public struct KeyUsage: OptionSet, Sendable, Hashable, CustomStringConvertible {
  /// The bits, the first of the extension being the lowest.
  public let rawValue: UInt16

  /// These bits.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// Signing a handshake.
  public static let digitalSignature = KeyUsage(rawValue: 1 << 0)
  /// Signing what one must be held to.
  public static let nonRepudiation = KeyUsage(rawValue: 1 << 1)
  /// Encrypting keys.
  public static let keyEncipherment = KeyUsage(rawValue: 1 << 2)
  /// Encrypting data.
  public static let dataEncipherment = KeyUsage(rawValue: 1 << 3)
  /// Agreeing on keys.
  public static let keyAgreement = KeyUsage(rawValue: 1 << 4)
  /// Signing certificates.
  public static let keyCertSign = KeyUsage(rawValue: 1 << 5)
  /// Signing revocation lists.
  public static let cRLSign = KeyUsage(rawValue: 1 << 6)
  /// Only encrypting, in a key agreement.
  public static let encipherOnly = KeyUsage(rawValue: 1 << 7)
  /// Only decrypting, in a key agreement.
  public static let decipherOnly = KeyUsage(rawValue: 1 << 8)

  private static let names = [
    "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement",
    "keyCertSign", "cRLSign", "encipherOnly", "decipherOnly",
  ]

  init(der: ArraySlice<UInt8>) throws(CertificateError) {
    let field = "keyUsage"
    // Zeros at the end are not DER, but there are roots in use that have them.
    let bits = try FieldReader.parse(der, field).namedBits(field, allowsTrailingZeros: true)
    guard bits != 0 else { throw CertificateError(field, "allows nothing") }
    rawValue = bits
  }

  /// The names of the bits, as RFC 5280 has them.
  public var description: String {
    Self.names.enumerated().filter { rawValue & (1 << UInt16($0.offset)) != 0 }
      .map(\.element).joined(separator: ", ")
  }
}
