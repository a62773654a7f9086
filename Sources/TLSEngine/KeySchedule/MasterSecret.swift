import TLSCrypto

/// The master secret and all that is derived from it (RFC 5246 section 8.1, RFC 7627).
struct MasterSecret: ~Copyable, Sendable {
  static let byteCount = 48

  private let secret: SecretBytes
  let hash: HashFunction

  private init(_ secret: consuming SecretBytes, _ hash: HashFunction) {
    self.secret = secret
    self.hash = hash
  }

  /// The secret of a session that is resumed.
  ///
  /// - Throws: if it has not the length of one (RFC 5246 section 8.1).
  init(copying bytes: RawSpan, using hash: HashFunction) throws(TLSError) {
    guard bytes.byteCount == Self.byteCount else {
      throw .malformed(
        "master_secret", "is \(bytes.byteCount) bytes long, and must be \(Self.byteCount)")
    }
    self.init(SecretBytes(copying: bytes), hash)
  }

  /// A second copy, which is wiped by itself.
  borrowing func copy() -> MasterSecret {
    MasterSecret(secret.copy(), hash)
  }

  /// The secret's bytes, for the key log and for sessions that are stored.
  var bytes: RawSpan {
    @_lifetime(borrow self)
    borrowing get { secret.bytes }
  }

  /// Bound to everything up to ClientKeyExchange (RFC 7627 section 4), if both sides can do that, or
  /// to the randoms only (RFC 5246 section 8.1).
  static func derive(
    from premaster: consuming SecretBytes, client: HelloRandom, server: HelloRandom,
    transcript: borrowing Transcript, isExtended: Bool, using hash: HashFunction
  ) throws(TLSError) -> MasterSecret {
    let sessionHash = isExtended ? try transcript.digest().array : nil
    return try derive(
      from: premaster, client: client, server: server, sessionHash: sessionHash, using: hash)
  }

  /// Bound to the hash of everything up to ClientKeyExchange, or, without one, to the randoms only.
  static func derive(
    from premaster: consuming SecretBytes, client: HelloRandom, server: HelloRandom,
    sessionHash: [UInt8]?, using hash: HashFunction
  ) throws(TLSError) -> MasterSecret {
    if let sessionHash {
      return try derive(premaster, "extended master secret", sessionHash, hash)
    }
    return try derive(premaster, "master secret", client.bytes + server.bytes, hash)
  }

  private static func derive(
    _ premaster: consuming SecretBytes, _ label: String, _ seed: [UInt8], _ hash: HashFunction
  ) throws(TLSError) -> MasterSecret {
    MasterSecret(try expand(premaster.bytes, label, seed, byteCount, hash), hash)
  }

  /// The keys of both directions (RFC 5246 section 6.3).
  ///
  /// - Parameter encryptThenMAC: whether RFC 7366 was agreed on; it matters with CBC suites only.
  func keyBlock(
    client: HelloRandom, server: HelloRandom, for suite: CipherSuiteParameters,
    encryptThenMAC: Bool
  ) throws(TLSError) -> KeyBlock {
    let count = KeyBlock.byteCount(for: suite.cipher)
    return KeyBlock(
      try Self.expand(secret.bytes, "key expansion", server.bytes + client.bytes, count, hash),
      suite.cipher, encryptThenMAC: encryptThenMAC)
  }

  /// What an exporter makes of it (RFC 5705 section 4).
  func expand(label: String, seed: [UInt8], byteCount: Int) throws(TLSError) -> SecretBytes {
    try Self.expand(secret.bytes, label, seed, byteCount, hash)
  }

  /// One side's Finished over a transcript (RFC 5246 section 7.4.9).
  func finished(by side: ConnectionSide, transcript: Digest) throws(TLSError) -> Finished {
    try finished(by: side, transcriptHash: transcript.array)
  }

  func finished(
    by side: ConnectionSide, transcriptHash: [UInt8]
  ) throws(TLSError) -> Finished {
    let data = try Self.expand(
      secret.bytes, side.finishedLabel, transcriptHash, Finished.verifyDataByteCount, hash)
    return Finished(verifyData: [UInt8](data.bytes))
  }

  private static func expand(
    _ secret: RawSpan, _ label: String, _ seed: [UInt8], _ count: Int, _ hash: HashFunction
  ) throws(TLSError) -> SecretBytes {
    var output = SecretBytes(count: count)
    do {
      var bytes = output.mutableBytes
      try PRF.fill(&bytes, secret: secret, label: label, seed: seed, using: hash)
    } catch {
      throw TLSError(error)
    }
    return output
  }
}
