import TLSCrypto

/// What `verify` says of a signature; `nil` if it is good.
func verificationFailure(
  _ signature: [UInt8], of message: [UInt8], _ key: PublicKey, _ algorithm: SignatureAlgorithm
) -> CryptoError? {
  do throws(CryptoError) {
    try key.verify(signature.rawSpan, of: message.rawSpan, using: algorithm)
    return nil
  } catch {
    return error
  }
}

/// A signature whose randomness, if it has any, comes from the system.
func sign(
  _ message: [UInt8], _ key: PrivateKey, _ algorithm: SignatureAlgorithm
) throws -> [UInt8] {
  var random = SystemRandomSource()
  return try key.sign(message.rawSpan, using: algorithm, random: &random)
}

/// The bytes of a secret, to be compared; empty if there is none.
func revealed(_ secret: consuming SecretBytes?) -> [UInt8] {
  guard let secret else { return [] }
  return [UInt8](secret.bytes)
}

/// The same key for the same seed, RSA aside.
func generatedKey(_ kind: PrivateKey.Generation, seed: UInt8) throws -> PrivateKey {
  var random = DeterministicRandomSource(seed: [seed])
  return try PrivateKey.generate(kind, using: &random)
}
