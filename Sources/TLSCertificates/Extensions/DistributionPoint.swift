internal import SwiftASN1

/// Why certificates are revoked, as far as a revocation list speaks of it
/// (ReasonFlags in RFC 5280 section 4.2.1.13).
public struct ReasonFlags: OptionSet, Sendable, Hashable, CustomStringConvertible {
  /// The bits, the first of the encoding being the lowest.
  public let rawValue: UInt16

  /// These bits.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// The first bit, which is not used.
  public static let unused = ReasonFlags(rawValue: 1 << 0)
  /// Somebody else has the key.
  public static let keyCompromise = ReasonFlags(rawValue: 1 << 1)
  /// Somebody else has the key of the authority.
  public static let cACompromise = ReasonFlags(rawValue: 1 << 2)
  /// What the certificate says of its subject has changed.
  public static let affiliationChanged = ReasonFlags(rawValue: 1 << 3)
  /// There is another in its place.
  public static let superseded = ReasonFlags(rawValue: 1 << 4)
  /// It is no longer needed.
  public static let cessationOfOperation = ReasonFlags(rawValue: 1 << 5)
  /// It is on hold.
  public static let certificateHold = ReasonFlags(rawValue: 1 << 6)
  /// Its subject may no longer do something.
  public static let privilegeWithdrawn = ReasonFlags(rawValue: 1 << 7)
  /// Somebody else has the key of an attribute authority.
  public static let aACompromise = ReasonFlags(rawValue: 1 << 8)

  /// All reasons that there are.
  public static let all = ReasonFlags(rawValue: 0b1_1111_1110)

  private static let names = [
    "unused", "keyCompromise", "cACompromise", "affiliationChanged", "superseded",
    "cessationOfOperation", "certificateHold", "privilegeWithdrawn", "aACompromise",
  ]

  init(
    _ node: ASN1Node, _ field: String, tag: ASN1Identifier
  ) throws(CertificateError) {
    rawValue = try node.namedBits(field, tag: tag)
    guard rawValue != 0 else { throw CertificateError(field, "has no reason") }
  }

  /// The names of the bits, as RFC 5280 has them.
  public var description: String {
    Self.names.enumerated().filter { rawValue & (1 << UInt16($0.offset)) != 0 }
      .map(\.element).joined(separator: ", ")
  }
}

/// What a distribution point is called (RFC 5280 section 4.2.1.13).
public enum DistributionPointName: Sendable, Hashable {
  /// By its names, each of which leads to the same list.
  case fullName([GeneralName])
  /// By what is put behind the name of who issues the list: one relative name in DER.
  case nameRelativeToCRLIssuer(der: [UInt8])

  /// Reads what is inside of the tag that a structure gives to it: it is a CHOICE, so that its tag
  /// is explicit.
  init(_ node: ASN1Node, _ field: String) throws(CertificateError) {
    let choice = try node.inner(field)
    switch choice.identifier {
    case .field(0):
      self = .fullName(try GeneralName.list(choice, field, tag: .field(0)))
    case .field(1):
      self = .nameRelativeToCRLIssuer(
        der: try DistinguishedName.checkedRelativeName(choice, field))
    default: throw CertificateError(field, "has a distribution point's name of no known form")
    }
  }
}

/// Where a revocation list is, for which reasons, and who issues it
/// (RFC 5280 section 4.2.1.13).
public struct DistributionPoint: Sendable, Hashable {
  /// What it is called.
  public let distributionPoint: DistributionPointName?
  /// The reasons that its list speaks of; `nil` for all of them.
  public let reasons: ReasonFlags?
  /// Who issues the list; empty for the certificate's own issuer.
  public let cRLIssuer: [GeneralName]

  static let maximumCount = 64

  /// The URIs among its names.
  public var uniformResourceIdentifiers: [String] {
    guard case .fullName(let names) = distributionPoint else { return [] }
    return names.compactMap {
      if case .uniformResourceIdentifier(let uri) = $0 { uri } else { nil }
    }
  }

  init(_ node: ASN1Node, _ field: String) throws(CertificateError) {
    var reader = try FieldReader(node, field)
    distributionPoint = try reader.next(if: .field(0)).map { (node) throws(CertificateError) in
      try DistributionPointName(node, field)
    }
    reasons = try reader.next(if: .field(1)).map { (node) throws(CertificateError) in
      try ReasonFlags(node, field, tag: .field(1))
    }
    cRLIssuer =
      try reader.next(if: .field(2)).map { (node) throws(CertificateError) in
        try GeneralName.list(node, field, tag: .field(2))
      } ?? []
    try reader.end()
    guard distributionPoint != nil || !cRLIssuer.isEmpty else {
      throw CertificateError(field, "has a distribution point without a name and an issuer")
    }
  }

  /// Reads CRLDistributionPoints, as cRLDistributionPoints and freshestCRL have them.
  static func list(
    der: ArraySlice<UInt8>, _ field: String
  ) throws(CertificateError) -> [DistributionPoint] {
    var reader = try FieldReader(der: der, field)
    return try reader.elements(atMost: maximumCount, "distribution points") {
      (node) throws(CertificateError) in
      try DistributionPoint(node, field)
    }
  }
}
