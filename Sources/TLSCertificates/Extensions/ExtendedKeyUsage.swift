import SwiftASN1

/// What a certificate is for (RFC 5280 section 4.2.1.12).
public struct ExtendedKeyUsage: Sendable, Hashable, CustomStringConvertible {
  /// The purposes (`KeyPurposeId`), in their order.
  public let purposes: [OID]

  private static let maximumCount = 256

  init(der: ArraySlice<UInt8>) throws(CertificateError) {
    let field = "extKeyUsage"
    var reader = try FieldReader(der: der, field)
    purposes = try reader.elements(atMost: Self.maximumCount, "purposes") {
      (node) throws(CertificateError) in
      OID(try node.objectIdentifier(field))
    }
  }

  /// Whether it is for TLS servers.
  public var allowsServerAuthentication: Bool { purposes.contains(.serverAuth) }

  /// Whether it is for TLS clients.
  public var allowsClientAuthentication: Bool { purposes.contains(.clientAuth) }

  /// Whether it is for signing OCSP responses, said outright (RFC 6960 section 4.2.2.2).
  public var allowsOCSPSigning: Bool { purposes.contains(.ocspSigning) }

  /// Whether it is for anything.
  public var allowsAnything: Bool { purposes.contains(.anyExtendedKeyUsage) }

  /// The names of the purposes, or their object identifiers.
  public var description: String {
    let shown = purposes.prefix(8)
    let more = purposes.count > shown.count ? " and \(purposes.count - shown.count) more" : ""
    return shown.map { $0.name ?? $0.text }.joined(separator: ", ") + more
  }
}
