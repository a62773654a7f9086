public import TLSCrypto

/// The keys of a connection, for whoever takes over its records: the kernel, or a network card.
///
/// > Warning: whoever has these can read and forge everything on the connection, and with the master
/// > secret every connection that resumes its session too.
public struct TrafficSecrets: ~Copyable, Sendable {
  /// The keys of one direction.
  public struct Direction: ~Copyable, Sendable {
    /// The key of the cipher.
    public let key: SecretBytes

    /// What the nonces begin with: 4 bytes for AES-GCM and AES-CCM, 12 for ChaCha20-Poly1305, none
    /// for CBC suites.
    public let fixedIV: SecretBytes

    /// The key of the MAC; empty for AEAD suites.
    public let macKey: SecretBytes

    /// The number of the next record.
    public let sequenceNumber: UInt64

    init(
      key: consuming SecretBytes, fixedIV: consuming SecretBytes, macKey: consuming SecretBytes,
      sequenceNumber: UInt64
    ) {
      self.key = key
      self.fixedIV = fixedIV
      self.macKey = macKey
      self.sequenceNumber = sequenceNumber
    }

    /// A copy of keys that come from elsewhere, to open or seal single records with a
    /// ``RecordProtector``. That says whether they are what the suite wants.
    ///
    /// - Parameters:
    ///   - key: the key of the cipher.
    ///   - fixedIV: what the nonces begin with; empty for CBC suites.
    ///   - macKey: the key of the MAC; empty for AEAD suites.
    ///   - sequenceNumber: the number of the next record.
    public init(
      copying key: RawSpan, fixedIV: RawSpan, macKey: RawSpan, sequenceNumber: UInt64 = 0
    ) {
      self.init(
        key: SecretBytes(copying: key), fixedIV: SecretBytes(copying: fixedIV),
        macKey: SecretBytes(copying: macKey), sequenceNumber: sequenceNumber)
    }
  }

  /// The cipher suite.
  public let cipherSuite: CipherSuite

  /// Whether the records of a CBC suite are encrypted first (RFC 7366).
  public let usesEncryptThenMAC: Bool

  /// What this side writes with.
  public let sending: Direction

  /// What the peer writes with.
  public let receiving: Direction

  /// The master secret, 48 bytes (RFC 5246 section 8.1).
  public let masterSecret: SecretBytes
}

extension Connection {
  /// Gives the connection's keys away, say to the kernel (`setsockopt` with `SOL_TLS`).
  ///
  /// The connection forgets them, and every later call says so: two that seal with one key and one
  /// number would give both plaintexts away. What ``takeOutgoing()`` had was sealed with these keys and
  /// has to be sent before. The explicit nonces of AES-GCM and AES-CCM go on as the sequence number.
  ///
  /// > Warning: nothing is safe that these keys get out of hand for. Most programs never need this.
  ///
  /// - Throws: ``TLSError``, a misuse before the handshake is complete, while ``hasOutgoing``, and while
  ///   part of a record has been received and waits for its rest.
  public mutating func dangerouslyTakeTrafficSecrets() throws(TLSError) -> TrafficSecrets {
    try core.checkUsable()
    guard !hasOutgoing else {
      throw .misuse("bytes wait to be sent that were sealed with these keys; take them first")
    }
    guard incoming.isEmpty else {
      throw .misuse(
        "\(incoming.count) bytes of a record wait for the rest of it; receive that first")
    }
    let secrets = try core.trafficSecrets()
    core.retire(TLSError(nil, .keysGivenAway))
    return secrets
  }
}

extension ConnectionCore {
  fileprivate func trafficSecrets() throws(TLSError) -> TrafficSecrets {
    let secrets = try secrets()
    guard let summary else { throw .misuse("the handshake is not complete") }
    let keys = try keyBlock()
    return TrafficSecrets(
      cipherSuite: summary.cipherSuite, usesEncryptThenMAC: summary.usesEncryptThenMAC,
      sending: keys.direction(of: side, channel.records.sealer.sequenceNumber),
      receiving: keys.direction(of: side.other, channel.records.opener.sequenceNumber),
      masterSecret: SecretBytes(copying: secrets.master.masterSecret().bytes))
  }

  /// The keys of both directions, made anew from the master secret.
  func keyBlock() throws(TLSError) -> KeyBlock {
    let secrets = try secrets()
    guard let summary, let suite = summary.cipherSuite.parameters else {
      throw .misuse("the handshake is not complete")
    }
    var master = secrets.master.masterSecret()
    return try master.keyBlock(
      client: secrets.clientRandom, server: secrets.serverRandom, for: suite,
      encryptThenMAC: summary.usesEncryptThenMAC)
  }
}
