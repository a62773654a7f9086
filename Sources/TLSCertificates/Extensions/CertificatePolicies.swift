import SwiftASN1

/// The policies that a certificate was issued under (RFC 5280 section 4.2.1.4).
public struct CertificatePolicies: Sendable, Hashable {
  /// One policy, and what its authority says about it.
  public struct PolicyInformation: Sendable, Hashable {
    /// Which policy.
    public let identifier: OID
    /// Where the certification practice statements are.
    public let cpsURIs: [String]
    /// What relying parties are to be shown.
    public let userNotices: [UserNotice]
  }

  /// What relying parties are to be shown. An authority wrote it: it is to be printed with care.
  public struct UserNotice: Sendable, Hashable, CustomStringConvertible {
    /// Who has written it elsewhere, and under what numbers, if that is said.
    public let reference: NoticeReference?
    /// The text itself, if it is there.
    public let explicitText: String?

    /// The text, with what could disturb a terminal written out and cut off where it is long.
    public var description: String { (explicitText ?? "").printable }
  }

  /// Where a notice stands.
  public struct NoticeReference: Sendable, Hashable {
    /// Who has it.
    public let organization: String
    /// Its numbers there.
    public let noticeNumbers: [Int]
  }

  /// The policies, in their order, each once.
  public let policies: [PolicyInformation]

  /// How many policies there are at most. Duplicates are looked for one by one.
  static let maximumCount = 64

  /// Whether a policy is among them by its own name.
  public func contains(_ identifier: OID) -> Bool {
    policies.contains { $0.identifier == identifier }
  }

  private static let field = "certificatePolicies"

  init(der: ArraySlice<UInt8>) throws(CertificateError) {
    var reader = try FieldReader(der: der, Self.field)
    let policies = try reader.elements(atMost: Self.maximumCount, "policies") {
      (node) throws(CertificateError) in
      try PolicyInformation(node, Self.field)
    }
    for (index, policy) in policies.enumerated()
    where policies[..<index].contains(where: { $0.identifier == policy.identifier }) {
      throw CertificateError(Self.field, "has \(policy.identifier) twice")
    }
    self.policies = policies
  }
}

extension CertificatePolicies.PolicyInformation {
  private static let maximumQualifierCount = 16

  fileprivate init(_ node: ASN1Node, _ field: String) throws(CertificateError) {
    var reader = try FieldReader(node, field)
    identifier = OID(try reader.next("policyIdentifier").objectIdentifier(field))
    var uris: [String] = []
    var notices: [CertificatePolicies.UserNotice] = []
    if let list = reader.next() {
      var qualifiers = try FieldReader(list, "policyQualifiers")
      _ = try qualifiers.elements(atMost: Self.maximumQualifierCount, "qualifiers") {
        (node) throws(CertificateError) in
        var fields = try FieldReader(node, "policyQualifierInfo")
        let kind = try fields.next("policyQualifierId").objectIdentifier(field)
        let qualifier = try fields.next("qualifier")
        try fields.end()
        switch kind {
        case ObjectIdentifiers.cpsQualifier:
          uris.append(try qualifier.ia5String("cPSuri", what: "a URI"))
        case ObjectIdentifiers.userNoticeQualifier:
          notices.append(try CertificatePolicies.UserNotice(qualifier))
        default: break
        }
      }
    }
    try reader.end()
    cpsURIs = uris
    userNotices = notices
  }
}

extension CertificatePolicies.UserNotice {
  fileprivate init(_ node: ASN1Node) throws(CertificateError) {
    var reader = try FieldReader(node, "userNotice")
    reference = try reader.next(if: .sequence).map { (node) throws(CertificateError) in
      try CertificatePolicies.NoticeReference(node)
    }
    explicitText = try reader.next().map { (node) throws(CertificateError) in
      try node.displayText("explicitText")
    }
    try reader.end()
  }
}

extension CertificatePolicies.NoticeReference {
  private static let maximumNumberCount = 64

  fileprivate init(_ node: ASN1Node) throws(CertificateError) {
    var reader = try FieldReader(node, "noticeRef")
    organization = try reader.next("organization").displayText("organization")
    var numbers = try FieldReader(try reader.next("noticeNumbers"), "noticeNumbers")
    try reader.end()
    noticeNumbers = try numbers.elements(atMost: Self.maximumNumberCount, "numbers") {
      (node) throws(CertificateError) in
      try node.smallInteger("noticeNumbers")
    }
  }
}

extension ASN1Node {
  /// A DisplayText. RFC 5280 ends it after 200 characters, and authorities in use do not.
  fileprivate func displayText(_ field: String) throws(CertificateError) -> String {
    switch identifier {
    case .ia5String, .visibleString, .bmpString, .utf8String:
      guard let text = try text(field) else { break }
      return text
    default: break
    }
    throw CertificateError(field, "is \(identifier.name), not a DisplayText")
  }
}
