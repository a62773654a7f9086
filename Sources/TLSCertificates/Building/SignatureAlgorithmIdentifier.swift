internal import SwiftASN1
internal import TLSCrypto

extension SignatureAlgorithm {
  /// The algorithm as certificates name it: an `AlgorithmIdentifier` in DER.
  var algorithmIdentifier: [UInt8] {
    DER.Serializer.bytes { serializer in
      serializer.sequence { serializer in
        switch self {
        case .rsaPKCS1(let hash):
          // The parameters are NULL (RFC 4055 section 5).
          serializer.objectIdentifier(hash.withRSA)
          serializer.null()
        case .rsaPSS(let hash):
          serializer.objectIdentifier(ObjectIdentifiers.rsaPSS)
          serializer.pssParameters(hash)
        case .ecdsa(let hash):
          // There may be no parameters (RFC 5758 section 3.2).
          serializer.objectIdentifier(hash.withECDSA)
        case .ed25519:
          serializer.objectIdentifier(ObjectIdentifiers.ed25519)
        }
      }
    }
  }

  /// What a key of this kind signs with unless told otherwise: a hash as strong as the key.
  static func standard(for key: PublicKey) -> SignatureAlgorithm {
    switch key.kind {
    case .rsa: .rsaPKCS1(.sha256)
    case .ecdsa(.secp256r1): .ecdsa(.sha256)
    case .ecdsa(.secp384r1): .ecdsa(.sha384)
    case .ecdsa(.secp521r1): .ecdsa(.sha512)
    case .ed25519: .ed25519
    }
  }
}

extension DER.Serializer {
  /// `RSASSA-PSS-params` with one hash throughout and a salt as long as its digest (RFC 4055
  /// section 3.1). None of it is the default, which is SHA-1.
  fileprivate mutating func pssParameters(_ hash: HashFunction) {
    sequence { serializer in
      serializer.explicit(0) { $0.hashAlgorithm(hash) }
      serializer.explicit(1) { serializer in
        serializer.sequence { serializer in
          serializer.objectIdentifier(ObjectIdentifiers.mgf1)
          serializer.hashAlgorithm(hash)
        }
      }
      serializer.explicit(2) { $0.unsignedInteger([UInt8(hash.digestByteCount)]) }
    }
  }

  private mutating func hashAlgorithm(_ hash: HashFunction) {
    sequence { serializer in
      serializer.objectIdentifier(hash.identifier)
      serializer.null()
    }
  }
}

extension HashFunction {
  fileprivate var identifier: ASN1ObjectIdentifier {
    switch self {
    case .sha256: ObjectIdentifiers.sha256
    case .sha384: ObjectIdentifiers.sha384
    case .sha512: ObjectIdentifiers.sha512
    }
  }

  fileprivate var withRSA: ASN1ObjectIdentifier {
    switch self {
    case .sha256: ObjectIdentifiers.sha256WithRSA
    case .sha384: ObjectIdentifiers.sha384WithRSA
    case .sha512: ObjectIdentifiers.sha512WithRSA
    }
  }

  fileprivate var withECDSA: ASN1ObjectIdentifier {
    switch self {
    case .sha256: ObjectIdentifiers.ecdsaWithSHA256
    case .sha384: ObjectIdentifiers.ecdsaWithSHA384
    case .sha512: ObjectIdentifiers.ecdsaWithSHA512
    }
  }
}
