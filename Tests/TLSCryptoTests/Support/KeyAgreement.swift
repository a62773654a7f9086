import TLSCrypto

/// A source whose bytes are known beforehand: a scalar, or a salt. It must not be asked for more.
struct FixedRandomSource: RandomSource {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

  /// How many bytes were not asked for.
  var remaining: Int { bytes.count }

  mutating func fill(_ output: inout MutableRawSpan) {
    for offset in output.byteOffsets { output[byte: offset] = bytes.removeFirst() }
  }
}

/// Why an ephemeral key, made from a seed, shares no secret with a peer; `nil` if it does.
func sharedSecretFailure(
  _ group: KeyAgreementGroup, seed: UInt8, with peer: [UInt8]
) throws -> CryptoError? {
  var random = DeterministicRandomSource(seed: [seed])
  let key = try EphemeralPrivateKey(group, using: &random)
  do throws(CryptoError) {
    _ = try key.sharedSecret(with: peer.rawSpan)
    return nil
  } catch {
    return error
  }
}

/// One side of a key exchange.
struct Exchange {
  var publicKey: [UInt8]
  var secret: [UInt8]
}

/// What a key made from `random` says, and the secret that it shares with `peer`.
func exchange(
  _ group: KeyAgreementGroup, _ random: inout some RandomSource, with peer: [UInt8]
) throws -> Exchange {
  let key = try EphemeralPrivateKey(group, using: &random)
  let publicKey = key.publicKey
  let secret = try key.sharedSecret(with: peer.rawSpan)
  return Exchange(publicKey: publicKey, secret: [UInt8](secret.bytes))
}
