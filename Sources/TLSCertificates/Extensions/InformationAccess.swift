import SwiftASN1

/// How to get at something of an authority's or a subject's (RFC 5280 section 4.2.2).
public struct AccessDescription: Sendable, Hashable {
  /// What is there, such as ``OID/ocsp``.
  public let accessMethod: OID
  /// Where it is.
  public let accessLocation: GeneralName

  private static let maximumCount = 64

  static func list(
    der: ArraySlice<UInt8>, _ field: String
  ) throws(CertificateError) -> [AccessDescription] {
    var reader = try FieldReader(der: der, field)
    return try reader.elements(atMost: maximumCount, "descriptions") {
      (node) throws(CertificateError) in
      var fields = try FieldReader(node, field)
      let method = try fields.next("accessMethod").objectIdentifier(field)
      let location = try GeneralName(try fields.next("accessLocation"), field)
      try fields.end()
      return AccessDescription(
        accessMethod: OID(method), accessLocation: location)
    }
  }
}

/// Where to learn more about who issued a certificate (RFC 5280 section 4.2.2.1).
public struct AuthorityInformationAccess: Sendable, Hashable {
  /// The places, in their order.
  public let descriptions: [AccessDescription]

  init(der: ArraySlice<UInt8>) throws(CertificateError) {
    descriptions = try AccessDescription.list(der: der, "authorityInfoAccess")
  }

  /// Where OCSP is answered, as it stands there.
  public var ocspURLs: [String] { urls(of: .ocsp) }
  /// Where certificates of the issuer are, as it stands there.
  public var caIssuerURLs: [String] { urls(of: .caIssuers) }

  private func urls(of method: OID) -> [String] {
    descriptions.compactMap { description in
      guard description.accessMethod == method,
        case .uniformResourceIdentifier(let url) = description.accessLocation
      else { return nil }
      return url
    }
  }
}

/// Where to get what a certificate's subject has to offer (RFC 5280 section 4.2.2.2).
public struct SubjectInformationAccess: Sendable, Hashable {
  /// The places, in their order.
  public let descriptions: [AccessDescription]

  init(der: ArraySlice<UInt8>) throws(CertificateError) {
    descriptions = try AccessDescription.list(der: der, "subjectInfoAccess")
  }
}
