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
    // Its parts are found once, and not again for each constraint.
    let parts = Parts(of: name)
    if let problem = parts.malformation { return "\(Self.text(name)) is \(problem)" }
    if let constraint = excluded.first(where: { Self.covers($0, name, parts, isExclusion: true) }) {
      return "\(Self.text(name)) is excluded by \(Self.text(ofConstraint: constraint))"
    }
    if permitted.isEmpty { return nil }
    if permitted.contains(where: { Self.covers($0, name, parts, isExclusion: false) }) {
      return nil
    }
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

  /// What is compared of a name.
  private struct Parts {
    /// The email address.
    private(set) var mailbox: ConstrainedHost.Mailbox?
    /// The host of the URI.
    private(set) var host: ConstrainedHost.Text?
    /// What the name is instead of one of its form, if it is none.
    private(set) var malformation: String?

    init(of name: GeneralName) {
      switch name {
      case .dnsName(let text):
        let name = text.utf8.starts(with: "*.".utf8) ? text.utf8.dropFirst(2) : text.utf8[...]
        malformation = ConstrainedHost.isHost(name) ? nil : "no DNS name"
      case .rfc822Name(let text):
        mailbox = ConstrainedHost.mailbox(text)
        malformation = mailbox == nil ? "no email address" : nil
      case .uniformResourceIdentifier(let text):
        host = ConstrainedHost.host(ofURI: text)
        malformation = host == nil ? "no URI with a host name" : nil
      default: break
      }
    }
  }

  /// Whether a constraint covers a name. One of a form that is not compared, or that is none of its
  /// form, excludes every name of it, and permits none.
  private static func covers(
    _ constraint: GeneralName, _ name: GeneralName, _ parts: Parts, isExclusion: Bool
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
    case (.rfc822Name(let constraint), .rfc822Name):
      guard let mailbox = parts.mailbox else { return isExclusion }
      return ConstrainedHost.covers(mail: constraint, mailbox) ?? isExclusion
    case (.uniformResourceIdentifier(let constraint), .uniformResourceIdentifier):
      guard !constraint.isEmpty, ConstrainedHost.isDomain(constraint), let host = parts.host
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
    case .rfc822Name(let text)
    where ConstrainedHost.mailbox(text) == nil && !ConstrainedHost.isDomain(text):
      "an email address that is none"
    case .uniformResourceIdentifier(let text)
    where text.isEmpty || !ConstrainedHost.isDomain(text):
      "a URI's host that is none"
    default: text(constraint)
    }
  }
}
