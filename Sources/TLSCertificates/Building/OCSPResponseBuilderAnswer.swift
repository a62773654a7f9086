internal import SwiftASN1
public import TLSCrypto

extension OCSPResponseBuilder {
  /// What a response says of one certificate: `SingleResponse`.
  public struct Answer: Sendable {
    /// The certificate's serial number, big-endian.
    public var serialNumber: [UInt8]
    /// Who issued it.
    public var issuer: Certificate
    /// The hash by which the issuer is told apart.
    public var hashAlgorithm = OCSPCertificateID.HashAlgorithm.sha1
    /// What it says.
    public var status: OCSPSingleResponse.Status
    /// When that was known to be right.
    public var thisUpdate: Timestamp
    /// When there will be something newer at the latest; `nil` leaves it out.
    public var nextUpdate: Timestamp?
    /// Further extensions.
    public var extraExtensions: [CertificateBuilder.Extension] = []

    /// What it says of a certificate.
    public init(
      of certificate: Certificate, issuedBy issuer: Certificate,
      status: OCSPSingleResponse.Status, thisUpdate: Timestamp, nextUpdate: Timestamp?
    ) {
      serialNumber = certificate.serialNumber
      self.issuer = issuer
      self.status = status
      self.thisUpdate = thisUpdate
      self.nextUpdate = nextUpdate
    }

    func der() throws(CertificateBuilderError) -> [UInt8] {
      let identifier = try identifierDER()
      let status = try statusDER()
      let start = try TimeWriter.generalizedTime(thisUpdate)
      let end = try nextUpdate.map(TimeWriter.generalizedTime)
      let extensions = EncodedExtension.list(
        try EncodedExtension.replacing([], omitting: [], adding: extraExtensions))
      return DER.Serializer.bytes { serializer in
        serializer.sequence { serializer in
          serializer.serializeRawBytes(identifier)
          serializer.serializeRawBytes(status)
          serializer.serializeRawBytes(start)
          if let end { serializer.explicit(0) { $0.serializeRawBytes(end) } }
          if !extensions.isEmpty { serializer.explicit(1) { $0.serializeRawBytes(extensions) } }
        }
      }
    }

    /// `CertID`.
    private func identifierDER() throws(CertificateBuilderError) -> [UInt8] {
      let identifier: OCSPCertificateID
      do {
        identifier = try OCSPCertificateID(
          serialNumber: serialNumber, issuerName: issuer.subject.der,
          issuerKey: issuer.subjectPublicKey, using: hashAlgorithm)
      } catch {
        throw .crypto(error)
      }
      return DER.Serializer.bytes { serializer in
        serializer.sequence { serializer in
          serializer.sequence { serializer in
            serializer.objectIdentifier(hashAlgorithm.identifier)
            serializer.null()
          }
          serializer.octetString(identifier.issuerNameHash)
          serializer.octetString(identifier.issuerKeyHash)
          serializer.unsignedInteger(serialNumber)
        }
      }
    }

    /// `CertStatus`.
    private func statusDER() throws(CertificateBuilderError) -> [UInt8] {
      switch status {
      case .good: return DER.Serializer.bytes { $0.implicit(0, []) }
      case .unknown: return DER.Serializer.bytes { $0.implicit(2, []) }
      case .revoked(let time, let reason):
        let date = try TimeWriter.generalizedTime(time)
        return DER.Serializer.bytes { serializer in
          serializer.explicit(1) { serializer in
            serializer.serializeRawBytes(date)
            guard let reason else { return }
            serializer.explicit(0) { $0.primitive(.enumerated, [UInt8(reason.rawValue)]) }
          }
        }
      }
    }
  }
}

extension OCSPCertificateID.HashAlgorithm {
  /// The object identifier; that of SHA-1 for what is not known, which is not written.
  fileprivate var identifier: ASN1ObjectIdentifier {
    switch self {
    case .sha1, .other: ObjectIdentifiers.sha1
    case .sha2(.sha256): ObjectIdentifiers.sha256
    case .sha2(.sha384): ObjectIdentifiers.sha384
    case .sha2(.sha512): ObjectIdentifiers.sha512
    }
  }
}
