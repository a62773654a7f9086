internal import SwiftASN1

/// The subject of a certificate that is being made: a common name and an organization at most.
struct SubjectNameWriter {
  let commonName: String?
  let organization: String?

  /// The bound that RFC 5280 appendix A.1 sets for both (`ub-common-name`,
  /// `ub-organization-name`).
  private static let maximumCharacterCount = 64

  /// A `Name` in DER (RFC 5280 section 4.1.2.4), the organization first, as in X.500 the larger
  /// comes first. Without either it is the empty sequence.
  func der() throws(CertificateBuilderError) -> [UInt8] {
    let attributes: [(ASN1ObjectIdentifier, String?)] = [
      (ASN1ObjectIdentifier.NameAttributes.organizationName, organization),
      (ObjectIdentifiers.commonName, commonName),
    ]
    for case (_, let text?) in attributes {
      guard (1...Self.maximumCharacterCount).contains(text.unicodeScalars.count) else {
        throw .invalidSubject(text)
      }
    }
    return DER.Serializer.bytes { serializer in
      serializer.sequence { serializer in
        for case (let type, let text?) in attributes {
          serializer.relativeDistinguishedName(type, text)
        }
      }
    }
  }
}

extension DER.Serializer {
  fileprivate mutating func relativeDistinguishedName(
    _ type: ASN1ObjectIdentifier, _ text: String
  ) {
    setOfOne { serializer in
      serializer.sequence { serializer in
        serializer.objectIdentifier(type)
        serializer.primitive(.utf8String, Array(text.utf8))
      }
    }
  }
}
