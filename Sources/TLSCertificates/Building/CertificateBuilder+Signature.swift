internal import SwiftASN1
internal import TLSCrypto

/// How certificates, lists and responses that are being made are signed.
extension CertificateBuilder.Signature {
  /// The `AlgorithmIdentifier` in DER.
  func algorithmIdentifier(for key: PublicKey) throws(CertificateBuilderError) -> [UInt8] {
    switch self {
    case .standard: return SignatureAlgorithm.standard(for: key).algorithmIdentifier
    case .algorithm(let algorithm): return algorithm.algorithmIdentifier
    case .unsigned(let algorithm, let parameters, _):
      guard let identifier = ASN1ObjectIdentifier(checking: algorithm) else {
        throw .invalidObjectIdentifier(algorithm)
      }
      return DER.Serializer.bytes { serializer in
        serializer.sequence { serializer in
          serializer.objectIdentifier(identifier)
          serializer.serializeRawBytes(parameters)
        }
      }
    }
  }

  /// The signature of what is signed.
  func bits(
    of body: [UInt8], _ key: PrivateKey, _ random: inout some RandomSource
  ) throws(CertificateBuilderError) -> [UInt8] {
    let algorithm: SignatureAlgorithm
    switch self {
    case .standard: algorithm = .standard(for: key.publicKey)
    case .algorithm(let chosen): algorithm = chosen
    case .unsigned(_, _, let bits): return bits
    }
    do {
      return try key.sign(body.rawSpan, using: algorithm, random: &random)
    } catch {
      throw .crypto(error)
    }
  }
}
