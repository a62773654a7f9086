internal import SwiftASN1
public import TLSCrypto

extension RevocationListBuilder {
  /// The version of a list (RFC 5280 section 5.1.2.1).
  public enum Version: Sendable, Hashable {
    /// Without extensions.
    case v1
    /// With extensions.
    case v2
  }

  /// One revoked certificate (RFC 5280 section 5.3).
  public struct Entry: Sendable, Hashable {
    /// Its serial number, big-endian.
    public var serialNumber: [UInt8]
    /// When it was revoked.
    public var revocationDate: Timestamp
    /// Why; `nil` leaves it out.
    public var reason: RevocationReason?
    /// Since when it is thought to have been no good; `nil` leaves it out.
    public var invalidityDate: Timestamp?
    /// Who issued it and those after it, in an indirect list; `nil` leaves it out.
    public var certificateIssuer: DistinguishedName?
    /// Further extensions.
    public var extraExtensions: [CertificateBuilder.Extension] = []

    /// A certificate with this number.
    public init(
      serialNumber: [UInt8], revocationDate: Timestamp, reason: RevocationReason? = nil,
      invalidityDate: Timestamp? = nil, certificateIssuer: DistinguishedName? = nil
    ) {
      self.serialNumber = serialNumber
      self.revocationDate = revocationDate
      self.reason = reason
      self.invalidityDate = invalidityDate
      self.certificateIssuer = certificateIssuer
    }

    func der() throws(CertificateBuilderError) -> [UInt8] {
      let date = try TimeWriter.time(revocationDate)
      let extensions = EncodedExtension.list(try extensions())
      return DER.Serializer.bytes { serializer in
        serializer.sequence { serializer in
          serializer.unsignedInteger(serialNumber)
          serializer.serializeRawBytes(date)
          serializer.serializeRawBytes(extensions)
        }
      }
    }

    private func extensions() throws(CertificateBuilderError) -> [EncodedExtension] {
      let invalidity = try invalidityDate.map(TimeWriter.generalizedTime)
      let standard = [
        reason.map { reason in
          EncodedExtension(ObjectIdentifiers.reasonCode) { serializer in
            serializer.primitive(.enumerated, [UInt8(reason.rawValue)])
          }
        },
        invalidity.map { EncodedExtension(ObjectIdentifiers.invalidityDate, false, $0) },
        certificateIssuer.map { issuer in
          EncodedExtension(ObjectIdentifiers.certificateIssuer, isCritical: true) { serializer in
            serializer.sequence { $0.directoryName(issuer.der) }
          }
        },
      ].compactMap(\.self)
      return try EncodedExtension.replacing(standard, omitting: [], adding: extraExtensions)
    }
  }

  /// Which certificates a list speaks of: its `issuingDistributionPoint` (RFC 5280 section 5.2.5).
  public struct Scope: Sendable, Hashable {
    /// The URIs that the list is called by; none for no name.
    public var uniformResourceIdentifiers: [String] = []
    /// The sort of certificates.
    public var certificates = IssuingDistributionPoint.Certificates.all
    /// The reasons; `nil` for all of them.
    public var onlySomeReasons: ReasonFlags?
    /// Whether it may speak of the certificates of other issuers.
    public var isIndirect = false

    /// A scope without bounds, which is to be changed: as it is it may not be written.
    public init() {}

    var encoded: EncodedExtension {
      EncodedExtension(ObjectIdentifiers.issuingDistributionPoint, isCritical: true) { serializer in
        serializer.sequence { serializer in
          if !uniformResourceIdentifiers.isEmpty {
            serializer.explicit(0) { serializer in
              serializer.explicit(0) { serializer in
                for uri in uniformResourceIdentifiers { serializer.implicit(6, Array(uri.utf8)) }
              }
            }
          }
          if certificates == .ofUsers { serializer.implicit(1, [0xff]) }
          if certificates == .ofAuthorities { serializer.implicit(2, [0xff]) }
          if let onlySomeReasons {
            serializer.implicit(3, KeyUsage(rawValue: onlySomeReasons.rawValue).namedBits)
          }
          if isIndirect { serializer.implicit(4, [0xff]) }
          if certificates == .attributes { serializer.implicit(5, [0xff]) }
        }
      }
    }
  }
}

extension DER.Serializer {
  /// A `GeneralName` that is a directory's. The tag is explicit, since a name is a CHOICE.
  mutating func directoryName(_ name: [UInt8]) {
    explicit(4) { $0.serializeRawBytes(name) }
  }
}
