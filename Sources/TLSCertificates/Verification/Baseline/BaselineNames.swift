import TLSCrypto

/// The names of subscribers under the Baseline Requirements (sections 7.1.2.7.12 and 7.1.4.3).
enum BaselineNames {
  static func problem(with certificate: Certificate) -> BaselineRules.Problem? {
    guard let names = certificate.subjectAlternativeNames else {
      return (.alternativeNames, "none")
    }
    let isCritical = certificate.isCritical(.Extensions.subjectAltName)
    guard isCritical == certificate.subject.isEmpty else {
      return (.alternativeNamesCriticality, isCritical ? "one that is critical" : "one that is not")
    }
    for name in names.names {
      switch name {
      case .dnsName(let text):
        if let requirement = problem(withDNSName: text, issued: certificate.notBefore) {
          return (requirement, text.quoted)
        }
      case .ipAddress(let bytes):
        if ReservedAddress.contains(bytes) {
          return (.reservedAddress, ServerName(ip: bytes).description)
        }
      default: return (.alternativeNameForms, name.description)
      }
    }
    return commonNameProblem(with: certificate.subject, names)
  }

  private static func problem(
    withDNSName text: String, issued: Timestamp
  ) -> BaselineRequirement? {
    let name = text.utf8.starts(with: "*.".utf8) ? text.utf8.dropFirst(2) : text.utf8[...]
    let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard name.count <= 253, labels.allSatisfy(isLabel), let last = labels.last,
      !last.allSatisfy({ (0x30...0x39).contains($0) })
    else { return .dnsName }
    // An asterisk stands for a host, and for no domain of the top level.
    guard labels.count > 1 else { return text.utf8.count == name.count ? .internalName : .dnsName }
    let lower = String(decoding: name, as: UTF8.self).lowercased()
    if specialDomains.contains(where: { lower.hasSuffix($0) }) { return .internalName }
    if issued >= Day.noReverseZones,
      [".in-addr.arpa", ".ip6.arpa"].contains(where: { ("." + lower).hasSuffix($0) })
    {
      return .reverseZone
    }
    return nil
  }

  /// Top-level domains that are set apart for never being in the public's DNS (RFC 6761 section 6,
  /// RFC 6762 section 3, and `internal` by ICANN).
  private static let specialDomains = [
    ".example", ".internal", ".invalid", ".local", ".localhost", ".test",
  ]

  /// Letters, digits and hyphens, and those not at its ends (RFC 5890 section 2.3.1). What has two
  /// hyphens in its third and fourth place is reserved but for A-labels.
  private static func isLabel(_ label: Substring.UTF8View) -> Bool {
    guard PreferredName.isLabel(label) else { return false }
    guard label.dropFirst(2).starts(with: "--".utf8) else { return true }
    return String(decoding: label.prefix(2), as: UTF8.self).lowercased() == "xn"
  }

  private static func commonNameProblem(
    with subject: DistinguishedName, _ names: SubjectAlternativeNames
  ) -> BaselineRules.Problem? {
    let found = subject.relativeNames.joined().filter { $0.type == ObjectIdentifiers.commonName }
    guard let first = found.first else { return nil }
    guard found.count == 1 else { return (.commonName, "\(found.count)") }
    let isOne =
      names.dnsNames.contains(first.text)
      || names.ipAddresses.contains { ServerName(ip: $0).description == first.text }
    return isOne ? nil : (.commonName, first.text.quoted)
  }
}

/// The addresses that IANA's registries of special purposes have (RFC 6890 and those after it): those
/// that are reachable from everywhere too, as the Baseline Requirements except none, but for the parts
/// that have been handed out since of blocks which hold them.
enum ReservedAddress {
  /// Each with the length of its prefix, in bits.
  private static let blocks: [(prefix: [UInt8], bits: Int)] = [
    ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12),
    ([192, 0, 0], 24), ([192, 0, 2], 24), ([192, 31, 196], 24), ([192, 52, 193], 24),
    ([192, 88, 99], 24), ([192, 168], 16), ([192, 175, 48], 24), ([198, 18], 15),
    ([198, 51, 100], 24), ([203, 0, 113], 24), ([240], 4),
  ]

  private static let longBlocks: [(prefix: [UInt8], bits: Int)] = [
    ([UInt8](repeating: 0, count: 16), 127), ([UInt8](repeating: 0, count: 10) + [0xff, 0xff], 96),
    ([0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], 96),
    ([0x00, 0x64, 0xff, 0x9b, 0x00, 0x01], 48), ([0x01, 0, 0, 0, 0, 0, 0, 0], 64),
    ([0x20, 0x01, 0x00], 23), ([0x20, 0x01, 0x0d, 0xb8], 32), ([0x20, 0x02], 16),
    ([0x26, 0x20, 0x00, 0x4f, 0x80, 0x00], 48), ([0x3f, 0xff, 0x00], 20), ([0x5f, 0x00], 16),
    ([0xfc], 7), ([0xfe, 0x80], 10),
  ]

  static func contains(_ address: [UInt8]) -> Bool {
    (address.count == 4 ? blocks : longBlocks).contains { block in
      zip(address, block.prefix).enumerated().allSatisfy { index, bytes in
        let ones = min(8, max(0, block.bits - index * 8))
        return (bytes.0 ^ bytes.1) & UInt8(truncatingIfNeeded: 0xff00 >> ones) == 0
      }
    }
  }
}
