import SwiftASN1

/// The TLS extensions that a server with this certificate answers (RFC 7633).
public struct TLSFeature: Sendable, Hashable {
  /// Their numbers, in their order.
  public let features: [Int]

  private static let maximumCount = 64

  /// Whether the server staples an OCSP response, which is to be missed where there is none:
  /// status_request (RFC 6066 section 8) is among the features.
  public var mustStaple: Bool { features.contains(5) }

  init(der: ArraySlice<UInt8>) throws(CertificateError) {
    let field = "tlsFeature"
    var reader = try FieldReader(der: der, field)
    features = try reader.elements(atMost: Self.maximumCount, "features") {
      (node) throws(CertificateError) in
      let feature = try node.smallInteger(field)
      guard feature <= 0xffff else {
        throw CertificateError(field, "has a feature that is no extension of TLS")
      }
      return feature
    }
  }
}
