import SwiftASN1

/// The names that a certificate is for (RFC 5280 section 4.2.1.6).
public struct SubjectAlternativeNames: Sendable, Hashable {
  /// All of them, in their order.
  public let names: [GeneralName]

  /// The DNS names as they stand there, wildcards among them.
  public var dnsNames: [String] {
    names.compactMap { if case .dnsName(let name) = $0 { name } else { nil } }
  }

  /// The IP addresses, four or sixteen bytes each.
  public var ipAddresses: [[UInt8]] {
    names.compactMap { if case .ipAddress(let bytes) = $0 { bytes } else { nil } }
  }

  /// The email addresses as they stand there.
  public var emailAddresses: [String] {
    names.compactMap { if case .rfc822Name(let name) = $0 { name } else { nil } }
  }

  /// The URIs as they stand there.
  public var uniformResourceIdentifiers: [String] {
    names.compactMap { if case .uniformResourceIdentifier(let uri) = $0 { uri } else { nil } }
  }

  init(der: ArraySlice<UInt8>) throws(CertificateError) {
    let field = "subjectAltName"
    names = try GeneralName.list(try FieldReader.parse(der, field), field)
  }

  /// The DNS names, and the IP addresses in their usual form: what to show to people.
  public var texts: [String] {
    dnsNames + ipAddresses.map { ServerName(ip: $0).description }
  }
}
