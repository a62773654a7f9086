public import TLSCrypto

extension PrivateKey {
  /// The key as PKCS#8 has it: a `OneAsymmetricKey` of version 1 in DER (RFC 5958 section 2), which
  /// everybody reads.
  ///
  /// It is wiped when it goes; keep it where nobody else may read it.
  public func pkcs8() -> SecretBytes {
    var der = SecretDER()
    prependKey(to: &der)
    der.wrap(SecretDER.Tag.octetString, since: 0)
    der.prepend(public: publicKey.algorithmIdentifier)
    der.prependInteger(public: [0])
    der.wrap(SecretDER.Tag.sequence, since: 0)
    return der.finish()
  }

  /// The key in PKCS#8 as a text (RFC 7468 section 10), with the label `PRIVATE KEY`.
  ///
  /// It is wiped when it goes; keep it where nobody else may read it.
  public func pkcs8PEM() -> SecretBytes {
    let der = pkcs8()
    return PEM.encode(label: "PRIVATE KEY", secret: der.bytes)
  }

  /// Writes what stands in the `privateKey` of a `OneAsymmetricKey`.
  private func prependKey(to der: inout SecretDER) {
    if let rsaNumbers {
      prependRSA(rsaNumbers, to: &der)
    } else if let scalar = ecdsaScalar {
      prependECDSA(scalar, to: &der)
    } else if let seed = ed25519Seed {
      // CurvePrivateKey is an OCTET STRING within the other (RFC 8410 section 7).
      der.prepend(seed.bytes)
      der.wrap(SecretDER.Tag.octetString, since: 0)
    }
  }

  /// RSAPrivateKey (RFC 8017 appendix A.1.2), its last number first.
  private func prependRSA(_ numbers: RSANumbers, to der: inout SecretDER) {
    der.prependInteger(numbers.coefficient)
    der.prependInteger(numbers.exponent2)
    der.prependInteger(numbers.exponent1)
    der.prependInteger(numbers.prime2)
    der.prependInteger(numbers.prime1)
    der.prependInteger(numbers.privateExponent)
    der.prependInteger(public: publicKey.rsaExponent ?? [])
    der.prependInteger(public: publicKey.rsaModulus ?? [])
    der.prependInteger(public: [0])
    der.wrap(SecretDER.Tag.sequence, since: 0)
  }

  /// ECPrivateKey (RFC 5915 section 3). The curve is outside; the public key is here, since some
  /// readers do not compute it.
  private func prependECDSA(_ scalar: borrowing SecretBytes, to der: inout SecretDER) {
    der.prepend(public: [0] + publicKey.subjectPublicKey)
    der.wrap(SecretDER.Tag.bitString, since: 0)
    der.wrap(SecretDER.Tag.explicitOne, since: 0)
    let count = der.count
    der.prepend(scalar.bytes)
    der.wrap(SecretDER.Tag.octetString, since: count)
    der.prependInteger(public: [1])
    der.wrap(SecretDER.Tag.sequence, since: 0)
  }
}
