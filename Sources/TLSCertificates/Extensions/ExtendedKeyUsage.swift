import SwiftASN1

/// What a certificate is for (RFC 5280 section 4.2.1.12).
public struct ExtendedKeyUsage: Sendable, Hashable, CustomStringConvertible {
  let purposes: [ASN1ObjectIdentifier]

  init(der: ArraySlice<UInt8>) throws(CertificateError) {
    let field = "extKeyUsage"
    var reader = try FieldReader(der: der, field)
    var purposes: [ASN1ObjectIdentifier] = []
    while let node = reader.next() { purposes.append(try node.objectIdentifier(field)) }
    guard !purposes.isEmpty else { throw CertificateError(field, "is empty") }
    self.purposes = purposes
  }

  /// Whether it is for TLS servers.
  public var allowsServerAuthentication: Bool {
    purposes.contains(ObjectIdentifiers.serverAuth)
  }

  /// Whether it is for TLS clients.
  public var allowsClientAuthentication: Bool {
    purposes.contains(ObjectIdentifiers.clientAuth)
  }

  /// Whether it is for anything.
  public var allowsAnything: Bool { purposes.contains(ObjectIdentifiers.anyExtendedKeyUsage) }

  /// The names of the purposes, or their object identifiers.
  public var description: String {
    let shown = purposes.prefix(8)
    let more = purposes.count > shown.count ? " and \(purposes.count - shown.count) more" : ""
    return shown.map { purpose in
      switch purpose {
      case ObjectIdentifiers.serverAuth: "serverAuth"
      case ObjectIdentifiers.clientAuth: "clientAuth"
      case ObjectIdentifiers.anyExtendedKeyUsage: "anyExtendedKeyUsage"
      default: purpose.text
      }
    }.joined(separator: ", ") + more
  }
}
