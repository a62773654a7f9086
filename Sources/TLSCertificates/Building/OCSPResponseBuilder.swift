internal import SwiftASN1
public import TLSCrypto

/// An OCSP response to be made (RFC 6960 section 4.2), for tests, demonstrations and development
/// authorities.
///
/// ```swift
/// var builder = OCSPResponseBuilder(producedAt: now)
/// builder.answers.append(
///   .init(of: leaf, issuedBy: authority, status: .good, thisUpdate: now, nextUpdate: tomorrow))
/// let response = try builder.build(signedBy: issuer, random: &random)
/// ```
///
/// The same builder, keys and randomness make the same bytes.
public struct OCSPResponseBuilder: Sendable {
  /// How the signer is called.
  public enum ResponderID: Sendable, Hashable {
    /// By the subject of its certificate.
    case name
    /// By the SHA-1 of its key.
    case keyHash
  }

  /// When the response is signed.
  public var producedAt: Timestamp

  /// What it says of each certificate.
  public var answers: [Answer] = []

  /// How the signer is called.
  public var responderID = ResponderID.name

  /// The certificates that come with it: the signer's, unless the issuer itself signs.
  public var certificates: [Certificate] = []

  /// The extensions of the whole, such as a nonce.
  public var extraExtensions: [CertificateBuilder.Extension] = []

  /// How it is signed.
  public var signature: CertificateBuilder.Signature = .standard

  /// A response about nothing yet.
  public init(producedAt: Timestamp) {
    self.producedAt = producedAt
  }

  /// Makes the response, and signs it.
  ///
  /// - Parameters:
  ///   - signer: who signs, be it the issuer of the certificates or one to whom that has left it.
  ///   - random: the salt of RSA-PSS.
  /// - Throws: ``CertificateBuilderError`` if what the builder holds makes no response.
  public func build(
    signedBy signer: CertificateBuilder.Issuer, random: inout some RandomSource
  ) throws(CertificateBuilderError) -> OCSPResponse {
    try Self.parse(try der(signedBy: signer, random: &random))
  }

  /// A response without an answer, which nobody signs.
  ///
  /// - Parameter status: why there is none.
  /// - Throws: ``CertificateBuilderError`` if the status is that there is one.
  public static func build(
    withoutAnswer status: OCSPResponse.Status
  ) throws(CertificateBuilderError) -> OCSPResponse {
    try parse(
      DER.Serializer.bytes { serializer in
        serializer.sequence { $0.primitive(.enumerated, [UInt8(status.rawValue)]) }
      })
  }

  private static func parse(
    _ der: [UInt8]
  ) throws(CertificateBuilderError) -> OCSPResponse {
    do {
      return try OCSPResponse(der: der)
    } catch {
      throw .malformedResponse(error)
    }
  }

  /// The DER of the response, which may be one that does not parse.
  ///
  /// - Throws: ``CertificateBuilderError`` if there is no way to write what the builder holds.
  public func der(
    signedBy signer: CertificateBuilder.Issuer, random: inout some RandomSource
  ) throws(CertificateBuilderError) -> [UInt8] {
    let data = try dataDER(signer.certificate)
    let algorithm = try signature.algorithmIdentifier(for: signer.key.publicKey)
    let bits = try signature.bits(of: data, signer.key, &random)
    let basic = DER.Serializer.bytes { serializer in
      serializer.sequence { serializer in
        serializer.serializeRawBytes(data)
        serializer.serializeRawBytes(algorithm)
        serializer.bitString(bits)
        guard !certificates.isEmpty else { return }
        serializer.explicit(0) { serializer in
          serializer.sequence { serializer in
            for certificate in certificates { serializer.serializeRawBytes(certificate.der) }
          }
        }
      }
    }
    return DER.Serializer.bytes { serializer in
      serializer.sequence { serializer in
        serializer.primitive(.enumerated, [UInt8(OCSPResponse.Status.successful.rawValue)])
        serializer.explicit(0) { serializer in
          serializer.sequence { serializer in
            serializer.objectIdentifier(ObjectIdentifiers.ocspBasic)
            serializer.octetString(basic)
          }
        }
      }
    }
  }

  /// `ResponseData`: what is signed.
  private func dataDER(_ signer: Certificate) throws(CertificateBuilderError) -> [UInt8] {
    let responder = try responderDER(signer)
    let time = try TimeWriter.generalizedTime(producedAt)
    var list: [UInt8] = []
    for answer in answers { list += try answer.der() }
    let extensions = EncodedExtension.list(
      try EncodedExtension.replacing([], omitting: [], adding: extraExtensions))
    return DER.Serializer.bytes { serializer in
      serializer.sequence { serializer in
        serializer.serializeRawBytes(responder)
        serializer.serializeRawBytes(time)
        serializer.sequence { $0.serializeRawBytes(list) }
        if !extensions.isEmpty { serializer.explicit(1) { $0.serializeRawBytes(extensions) } }
      }
    }
  }

  private func responderDER(_ signer: Certificate) throws(CertificateBuilderError) -> [UInt8] {
    switch responderID {
    case .name:
      return DER.Serializer.bytes { serializer in
        serializer.explicit(1) { $0.serializeRawBytes(signer.subject.der) }
      }
    case .keyHash:
      let hash: [UInt8]
      do {
        hash = try OCSPCertificateID.HashAlgorithm.sha1.hash(signer.subjectPublicKey)
      } catch {
        throw .crypto(error)
      }
      return DER.Serializer.bytes { serializer in
        serializer.explicit(2) { $0.octetString(hash) }
      }
    }
  }
}
