import SwiftASN1

/// Which policies of the issuer's are as good as which of the subject's
/// (RFC 5280 section 4.2.1.5).
public struct PolicyMappings: Sendable, Hashable {
  /// Two policies that the issuer takes for the same.
  public struct Mapping: Sendable, Hashable {
    /// The policy of whoever issued the certificate.
    public let issuerDomainPolicy: OID
    /// The policy of the certificate's subject.
    public let subjectDomainPolicy: OID
  }

  /// The mappings, in their order.
  public let mappings: [Mapping]

  private static let maximumCount = 64

  init(der: ArraySlice<UInt8>) throws(CertificateError) {
    let field = "policyMappings"
    var reader = try FieldReader(der: der, field)
    mappings = try reader.elements(atMost: Self.maximumCount, "mappings") {
      (node) throws(CertificateError) in
      var fields = try FieldReader(node, field)
      let issuer = try fields.next("issuerDomainPolicy").objectIdentifier(field)
      let subject = try fields.next("subjectDomainPolicy").objectIdentifier(field)
      try fields.end()
      // RFC 5280 section 6.1.4 (a).
      guard issuer != ObjectIdentifiers.anyPolicy, subject != ObjectIdentifiers.anyPolicy else {
        throw CertificateError(field, "map anyPolicy")
      }
      return Mapping(
        issuerDomainPolicy: OID(issuer), subjectDomainPolicy: OID(subject)
      )
    }
  }
}

/// What the policies of a path must be like (RFC 5280 section 4.2.1.11). At least one is there.
public struct PolicyConstraints: Sendable, Hashable {
  /// After how many more certificates a policy that is acceptable must be in each.
  public let requireExplicitPolicy: Int?
  /// After how many more certificates policies are no longer mapped.
  public let inhibitPolicyMapping: Int?

  init(der: ArraySlice<UInt8>) throws(CertificateError) {
    let field = "policyConstraints"
    var reader = try FieldReader(der: der, field)
    requireExplicitPolicy = try reader.next(if: .field(0))?
      .smallInteger("requireExplicitPolicy", tag: .field(0))
    inhibitPolicyMapping = try reader.next(if: .field(1))?
      .smallInteger("inhibitPolicyMapping", tag: .field(1))
    try reader.end()
    guard requireExplicitPolicy != nil || inhibitPolicyMapping != nil else {
      throw CertificateError(field, "constrain nothing")
    }
  }
}

/// Reads the number of an inhibitAnyPolicy (RFC 5280 section 4.2.1.14).
enum InhibitAnyPolicyReader {
  static func read(der: ArraySlice<UInt8>) throws(CertificateError) -> Int {
    let field = "inhibitAnyPolicy"
    return try FieldReader.parse(der, field).smallInteger(field)
  }
}
