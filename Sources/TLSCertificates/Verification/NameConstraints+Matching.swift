/// Which names constraints allow (RFC 5280 section 4.2.1.10).
extension NameConstraints {
  /// What is wrong with a name under these constraints, if anything.
  ///
  /// They say nothing of names of a form that they have no constraint for. Where they have one, a
  /// name that is no name of its form is refused, since nobody could say where it lies; and so is
  /// every name of a form that is not compared.
  func objection(to name: GeneralName) -> String? {
    let permitted = permitted.filter { Self.haveSameForm($0, name) }
    let excluded = excluded.filter { Self.haveSameForm($0, name) }
    if permitted.isEmpty, excluded.isEmpty { return nil }
    if let problem = Self.malformation(of: name) { return "\(Self.text(name)) is \(problem)" }
    if let constraint = excluded.first(where: { Self.covers($0, name, isExclusion: true) }) {
      return "\(Self.text(name)) is excluded by \(Self.text(ofConstraint: constraint))"
    }
    if permitted.isEmpty { return nil }
    if permitted.contains(where: { Self.covers($0, name, isExclusion: false) }) { return nil }
    let shown = permitted.prefix(5).map { Self.text(ofConstraint: $0) }.joined(separator: ", ")
    let more = permitted.count > 5 ? " and \(permitted.count - 5) more" : ""
    return "\(Self.text(name)) is not within \(shown)\(more)"
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

  /// What a name is instead of one of its form, if it is none.
  private static func malformation(of name: GeneralName) -> String? {
    switch name {
    case .dnsName(let text):
      let name = text.utf8.starts(with: "*.".utf8) ? text.utf8.dropFirst(2) : text.utf8[...]
      return ConstrainedHost.isHost(name) ? nil : "no DNS name"
    case .rfc822Name(let text):
      return ConstrainedHost.mailbox(text) == nil ? "no email address" : nil
    case .uniformResourceIdentifier(let text):
      return ConstrainedHost.host(ofURI: text) == nil ? "no URI with a host name" : nil
    default: return nil
    }
  }

  /// Whether a constraint covers a name. One of a form that is not compared, or that is none of its
  /// form, excludes every name of it, and permits none.
  private static func covers(
    _ constraint: GeneralName, _ name: GeneralName, isExclusion: Bool
  ) -> Bool {
    switch (constraint, name) {
    case (.dnsName(let constraint), .dnsName(let name)):
      guard ConstrainedHost.isDomain(constraint) else { return isExclusion }
      return ConstrainedHost.covers(dns: constraint, name, isExclusion: isExclusion)
    case (.ipAddress(let range), .ipAddress(let address)):
      return range.count == 2 * address.count
        && address.indices.allSatisfy {
          (address[$0] ^ range[$0]) & range[$0 + address.count] == 0
        }
    case (.directoryName(let constraint), .directoryName(let name)):
      return name.isWithin(constraint)
    case (.rfc822Name(let constraint), .rfc822Name(let name)):
      return ConstrainedHost.covers(mail: constraint, name) ?? isExclusion
    case (.uniformResourceIdentifier(let constraint), .uniformResourceIdentifier(let name)):
      guard !constraint.isEmpty, ConstrainedHost.isDomain(constraint),
        let host = ConstrainedHost.host(ofURI: name)
      else { return isExclusion }
      return ConstrainedHost.covers(host: constraint.utf8[...], host)
    default: return isExclusion
    }
  }

  private static func text(_ name: GeneralName) -> String {
    switch name {
    case .dnsName(let text), .rfc822Name(let text), .uniformResourceIdentifier(let text):
      text.quoted
    case .ipAddress(let bytes) where bytes.count == 4 || bytes.count == 16:
      ServerName(ip: bytes).description.quoted
    case .ipAddress(let range):
      ServerName(ip: Array(range.prefix(range.count / 2))).description.quoted + " and its mask"
    case .directoryName(let name): "\"\(name)\""
    case .otherName, .x400Address, .ediPartyName, .registeredID: "\"\(name)\""
    }
  }

  private static func text(ofConstraint constraint: GeneralName) -> String {
    switch constraint {
    case .dnsName(let text) where !ConstrainedHost.isDomain(text): "a DNS name that is none"
    case .rfc822Name(let text) where ConstrainedHost.covers(mail: text, "a@b") == nil:
      "an email address that is none"
    case .uniformResourceIdentifier(let text)
    where text.isEmpty || !ConstrainedHost.isDomain(text):
      "a URI's host that is none"
    default: text(constraint)
    }
  }
}
