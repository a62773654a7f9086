internal import SwiftASN1
public import TLSCrypto

extension PublicKey {
  /// The key as certificates hold it: a `SubjectPublicKeyInfo` in DER (RFC 5280 section 4.1.2.7).
  public var subjectPublicKeyInfo: [UInt8] {
    DER.Serializer.bytes { serializer in
      serializer.sequence { serializer in
        serializer.serializeRawBytes(algorithmIdentifier)
        serializer.bitString(subjectPublicKey)
      }
    }
  }

  /// The leftmost 160 bits of the SHA-256 of the key's bits: what `subjectKeyIdentifier` and
  /// `authorityKeyIdentifier` call the key by (RFC 7093 section 2, method 1).
  func keyIdentifier() throws(CryptoError) -> [UInt8] {
    let digest = try Hash.digest(of: subjectPublicKey.rawSpan, using: .sha256)
    return Array(digest.array.prefix(20))
  }

  /// What sort of key it is: an `AlgorithmIdentifier` in DER.
  var algorithmIdentifier: [UInt8] {
    DER.Serializer.bytes { serializer in
      serializer.sequence { serializer in
        switch kind {
        case .rsa:
          // The parameters are NULL, and may not be left out (RFC 3279 section 2.3.1).
          serializer.objectIdentifier(ObjectIdentifiers.rsaEncryption)
          serializer.null()
        case .ecdsa(let curve):
          serializer.objectIdentifier(ObjectIdentifiers.ecPublicKey)
          serializer.objectIdentifier(curve.identifier)
        case .ed25519:
          // There may be no parameters (RFC 8410 section 3).
          serializer.objectIdentifier(ObjectIdentifiers.ed25519)
        }
      }
    }
  }

  /// The content of the key's BIT STRING.
  var subjectPublicKey: [UInt8] {
    switch components {
    case .rsa(let modulus, let exponent):
      DER.Serializer.bytes { serializer in
        serializer.sequence { serializer in
          serializer.unsignedInteger(modulus)
          serializer.unsignedInteger(exponent)
        }
      }
    case .ecdsa(let point): point
    case .ed25519(let bytes): bytes
    }
  }
}

extension EllipticCurve {
  /// The name of the curve (RFC 5480 section 2.1.1.1).
  var identifier: ASN1ObjectIdentifier {
    switch self {
    case .secp256r1: ObjectIdentifiers.secp256r1
    case .secp384r1: ObjectIdentifiers.secp384r1
    case .secp521r1: ObjectIdentifiers.secp521r1
    }
  }
}
