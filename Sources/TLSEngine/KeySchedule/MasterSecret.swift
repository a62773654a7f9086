import TLSCrypto

/// The master secret and all that is derived from it (RFC 5246 section 8.1, RFC 7627).
struct MasterSecret: ~Copyable, Sendable {
  static let byteCount = 48

  private let secret: SecretBytes
  let hash: HashFunction

  /// The PRF's HMAC under the secret, once something was derived: it takes the key once for all that a
  /// handshake derives.
  private var hmac: HMAC?

  private init(_ secret: consuming SecretBytes, _ hash: HashFunction) {
    self.secret = secret
    self.hash = hash
    hmac = nil
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
    var hmac = try keyed(premaster.bytes, hash)
    var output = SecretBytes(count: byteCount)
    var bytes = output.mutableBytes
    if let sessionHash {
      PRF.fill(
        &bytes, &hmac, label: "extended master secret", seed: sessionHash.rawSpan, using: hash)
    } else {
      PRF.fill(
        &bytes, &hmac, label: "master secret", seed: client.bytes.rawSpan, server.bytes.rawSpan,
        using: hash)
    }
    return MasterSecret(output, hash)
  }

  /// The keys of both directions (RFC 5246 section 6.3).
  ///
  /// - Parameter encryptThenMAC: whether RFC 7366 was agreed on; it matters with CBC suites only.
  mutating func keyBlock(
    client: HelloRandom, server: HelloRandom, for suite: CipherSuiteParameters,
    encryptThenMAC: Bool
  ) throws(TLSError) -> KeyBlock {
    let output = try expand(
      label: "key expansion", seed: server.bytes.rawSpan, client.bytes.rawSpan,
      byteCount: KeyBlock.byteCount(for: suite.cipher))
    return KeyBlock(output, suite.cipher, encryptThenMAC: encryptThenMAC)
  }

  /// One side's Finished over a transcript (RFC 5246 section 7.4.9).
  mutating func finished(
    by side: ConnectionSide, transcript: Digest
  ) throws(TLSError) -> Finished {
    try finished(by: side, transcriptHash: transcript.rawSpan)
  }

  mutating func finished(
    by side: ConnectionSide, transcriptHash: RawSpan
  ) throws(TLSError) -> Finished {
    let data = try expand(
      label: side.finishedLabel, seed: transcriptHash, byteCount: Finished.verifyDataByteCount)
    return Finished(verifyData: [UInt8](data.bytes))
  }

  /// So many bytes that are derived from the secret; an exporter's too (RFC 5705 section 4).
  mutating func expand(
    label: String, seed: RawSpan, _ more: RawSpan = RawSpan(), byteCount: Int
  ) throws(TLSError) -> SecretBytes {
    var hmac: HMAC
    switch self.hmac.take() {
    case .some(let keyed): hmac = keyed
    case .none: hmac = try Self.keyed(secret.bytes, hash)
    }
    var output = SecretBytes(count: byteCount)
    var bytes = output.mutableBytes
    PRF.fill(&bytes, &hmac, label: label, seed: seed, more, using: hash)
    self.hmac = consume hmac
    return output
  }

  private static func keyed(_ secret: RawSpan, _ hash: HashFunction) throws(TLSError) -> HMAC {
    do {
      return try HMAC(hash, key: secret)
    } catch {
      throw TLSError(error)
    }
  }
}
