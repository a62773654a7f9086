import SwiftASN1

/// The names that a certificate is for (RFC 5280 section 4.2.1.6).
public struct SubjectAlternativeNames: Sendable, Hashable {
  let names: [GeneralName]

  /// The DNS names as they stand there, wildcards among them.
  public var dnsNames: [String] {
    names.compactMap { if case .dns(let name) = $0 { name } else { nil } }
  }

  /// The IP addresses, four or sixteen bytes each.
  public var ipAddresses: [[UInt8]] {
    names.compactMap { if case .ipAddress(let bytes) = $0 { bytes } else { nil } }
  }

  init(der: ArraySlice<UInt8>) throws(CertificateError) {
    let field = "subjectAltName"
    var reader = try FieldReader(der: der, field)
    var names: [GeneralName] = []
    while let node = reader.next() {
      let name = try GeneralName(node, field)
      if case .ipAddress(let bytes) = name, bytes.count != 4, bytes.count != 16 {
        throw CertificateError(field, "has an IP address of \(bytes.count) bytes")
      }
      names.append(name)
    }
    guard !names.isEmpty else { throw CertificateError(field, "is empty") }
    self.names = names
  }

  /// The DNS names, and the IP addresses in their usual form: what to show to people.
  public var texts: [String] {
    dnsNames + ipAddresses.map { ServerName(ip: $0).description }
  }
}
