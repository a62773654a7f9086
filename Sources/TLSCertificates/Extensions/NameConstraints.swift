import SwiftASN1

/// The names that an authority's certificates may bear (RFC 5280 section 4.2.1.10).
public struct NameConstraints: Sendable, Hashable {
  /// The bases of the subtrees (`permittedSubtrees`) that names of their form must lie in.
  public let permitted: [GeneralName]
  /// The bases of the subtrees (`excludedSubtrees`) that no name may lie in.
  public let excluded: [GeneralName]

  private static let field = "nameConstraints"

  /// How many there are, and so how many comparisons a name takes.
  var count: Int { permitted.count + excluded.count }

  init(der: ArraySlice<UInt8>) throws(CertificateError) {
    var reader = try FieldReader(der: der, Self.field)
    permitted = try Self.subtrees(reader.next(if: .field(0)), 0)
    excluded = try Self.subtrees(reader.next(if: .field(1)), 1)
    try reader.end()
    guard !permitted.isEmpty || !excluded.isEmpty else {
      throw CertificateError(Self.field, "constrain nothing")
    }
  }

  private static func subtrees(
    _ node: ASN1Node?, _ tag: UInt
  ) throws(CertificateError) -> [GeneralName] {
    guard let node else { return [] }
    var reader = try FieldReader(node, field, tag: .field(tag))
    return try reader.elements(atMost: GeneralName.maximumCount, "subtrees") {
      (subtree) throws(CertificateError) in
      var fields = try FieldReader(subtree, field)
      let name = try GeneralName(try fields.next("base"), field)
      // Minimum is 0 and maximum is absent (RFC 5280): neither is encoded.
      try fields.end()
      if case .ipAddress(let bytes) = name { try checkRange(bytes) }
      return name
    }
  }

  /// An address and its mask, as many ones as it has and then zeros (RFC 4632 section 3.1).
  private static func checkRange(_ bytes: [UInt8]) throws(CertificateError) {
    guard bytes.count == 8 || bytes.count == 32 else {
      throw CertificateError(field, "has an IP range of \(bytes.count) bytes")
    }
    var isAfterOnes = false
    for byte in bytes.suffix(bytes.count / 2) {
      let isPrefix = (~byte & (~byte &+ 1)) == 0
      guard isPrefix, !isAfterOnes || byte == 0 else {
        throw CertificateError(field, "has an IP range whose mask has a gap")
      }
      isAfterOnes = byte != 0xff
    }
  }

  /// Whether a text is a domain, perhaps with a dot in front, or empty for all of them.
  private static func isDomain(_ text: String) -> Bool {
    guard text.utf8.count <= 254 else { return false }
    let labels = (text.hasPrefix(".") ? text.dropFirst() : text[...]).utf8
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return text.isEmpty
      || labels.allSatisfy { !$0.isEmpty && $0.allSatisfy(ServerName.isNameCharacter) }
  }

  /// What is wrong with a name under these constraints, if anything.
  func objection(to name: GeneralName) -> String? {
    if let constraint = excluded.first(where: { Self.covers($0, name, isExclusion: true) }) {
      return "\(Self.text(name)) is excluded by \(Self.constraintText(constraint))"
    }
    let ofItsForm = permitted.filter { Self.haveSameForm($0, name) }
    if ofItsForm.isEmpty { return nil }
    if ofItsForm.contains(where: { Self.covers($0, name, isExclusion: false) }) { return nil }
    return
      "\(Self.text(name)) is not within \(ofItsForm.map(Self.constraintText).joined(separator: ", "))"
  }

  private static func haveSameForm(_ a: GeneralName, _ b: GeneralName) -> Bool {
    switch (a, b) {
    case (.otherName, .otherName), (.rfc822Name, .rfc822Name), (.dnsName, .dnsName),
      (.x400Address, .x400Address), (.directoryName, .directoryName),
      (.ediPartyName, .ediPartyName), (.ipAddress, .ipAddress), (.registeredID, .registeredID),
      (.uniformResourceIdentifier, .uniformResourceIdentifier):
      true
    default: false
    }
  }

  /// Whether a constraint covers a name. One of a form that is not compared, or a DNS name that is
  /// none, excludes every name of it, and permits none.
  private static func covers(
    _ constraint: GeneralName, _ name: GeneralName, isExclusion: Bool
  ) -> Bool {
    switch (constraint, name) {
    case (.dnsName(let constraint), .dnsName(let name)):
      isDomain(constraint)
        ? covers(constraint.lowercased(), name.lowercased(), isExclusion: isExclusion)
        : isExclusion
    case (.ipAddress(let range), .ipAddress(let address)):
      range.count == 2 * address.count
        && address.indices.allSatisfy {
          (address[$0] ^ range[$0]) & range[$0 + address.count] == 0
        }
    case (.directoryName(let constraint), .directoryName(let name)): name.isWithin(constraint)
    default: haveSameForm(constraint, name) && isExclusion
    }
  }

  private static func covers(_ constraint: String, _ name: String, isExclusion: Bool) -> Bool {
    if constraint.isEmpty { return true }
    // A leading dot is no part of RFC 5280, but some authorities mean "below it" by it.
    if constraint.hasPrefix(".") { return name.hasSuffix(constraint) }
    if name == constraint || name.hasSuffix("." + constraint) { return true }
    // A wildcard covers a name that is excluded.
    return isExclusion && name.hasPrefix("*.") && constraint.hasSuffix(name.dropFirst())
      && !constraint.dropLast(name.count - 1).contains(".")
  }

  private static func constraintText(_ constraint: GeneralName) -> String {
    if case .dnsName(let text) = constraint, !isDomain(text) { return "a DNS name that is none" }
    return text(constraint)
  }

  private static func text(_ name: GeneralName) -> String {
    switch name {
    case .dnsName(let text): text.quoted
    case .ipAddress(let bytes) where bytes.count == 4 || bytes.count == 16:
      ServerName(ip: bytes).description.quoted
    case .ipAddress(let range):
      ServerName(ip: Array(range.prefix(range.count / 2))).description.quoted + " and its mask"
    case .directoryName(let name): "\"\(name)\""
    case .otherName, .rfc822Name, .x400Address, .ediPartyName, .uniformResourceIdentifier,
      .registeredID:
      "\"\(name)\""
    }
  }
}
