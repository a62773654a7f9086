import SwiftASN1

/// Which certificates a list speaks of (RFC 5280 section 5.2.5).
public struct IssuingDistributionPoint: Sendable, Hashable {
  /// The sort of certificates that a list is limited to.
  public enum Certificates: Sendable, Hashable {
    /// It is not.
    case all
    /// Those of servers, clients and people (`onlyContainsUserCerts`).
    case ofUsers
    /// Those of authorities (`onlyContainsCACerts`).
    case ofAuthorities
    /// Attribute certificates, of which none is met here (`onlyContainsAttributeCerts`).
    case attributes
  }

  /// What the list is called; `nil` for no name.
  public let distributionPoint: DistributionPointName?
  /// The sort of certificates that it speaks of.
  public let certificates: Certificates
  /// The reasons that it speaks of; `nil` for all of them.
  public let onlySomeReasons: ReasonFlags?
  /// Whether it may speak of the certificates of other issuers than its own (`indirectCRL`).
  public let isIndirect: Bool

  init(der: ArraySlice<UInt8>) throws(CertificateError) {
    let field = "issuingDistributionPoint"
    var reader = try FieldReader(der: der, field)
    distributionPoint = try reader.next(if: .field(0)).map { (node) throws(CertificateError) in
      try DistributionPointName(node, field)
    }
    let users = try Self.boolean(1, &reader, field)
    let authorities = try Self.boolean(2, &reader, field)
    onlySomeReasons = try reader.next(if: .field(3)).map { (node) throws(CertificateError) in
      try ReasonFlags(node, field, tag: .field(3))
    }
    isIndirect = try Self.boolean(4, &reader, field)
    let attributes = try Self.boolean(5, &reader, field)
    try reader.end()
    switch (users, authorities, attributes) {
    case (false, false, false): certificates = .all
    case (true, false, false): certificates = .ofUsers
    case (false, true, false): certificates = .ofAuthorities
    case (false, false, true): certificates = .attributes
    default:
      throw CertificateError(field, "limits the list to more than one sort of certificates")
    }
    // An empty sequence is not allowed (RFC 5280 section 5.2.5).
    let isEmpty = distributionPoint == nil && certificates == .all && onlySomeReasons == nil
    guard !isEmpty || isIndirect else { throw CertificateError(field, "is empty") }
  }

  private static func boolean(
    _ number: UInt, _ reader: inout FieldReader, _ field: String
  ) throws(CertificateError) -> Bool {
    try reader.next(if: .field(number))?.booleanDefaultFalse(field, tag: .field(number)) ?? false
  }
}
