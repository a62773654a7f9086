internal import CGcrypt

extension Hash {
  /// The SHA-1 (FIPS 180-4) of a name or a key, by which OCSP says which certificate it means
  /// (RFC 6960 section 4.1.1).
  ///
  /// It tells apart what nobody has an interest in confusing, and proves nothing. No signature and no
  /// key schedule can be given it, since it is not among ``HashFunction``.
  ///
  /// - Throws: ``CryptoError`` if libgcrypt cannot be used.
  package static func identifierSHA1(of bytes: RawSpan) throws(CryptoError) -> Digest {
    let function = IdentifierSHA1()
    let handle = try MessageDigestHandle.open(function, isKeyed: false)
    handle.update(bytes)
    return Digest(count: function.digestByteCount) { handle.read(into: &$0) }
  }
}

/// SHA-1 without a key, for nothing but identifiers.
private struct IdentifierSHA1: MessageDigestAlgorithm {
  var digestByteCount: Int { 20 }
  var algorithm: Int32 { Int32(bitPattern: GCRY_MD_SHA1.rawValue) }
  var description: String { "SHA-1" }
}
