public import TLSCrypto

/// What a connection's keys are made of, for whoever looks on: with the two randoms from the wire and
/// the master secret of a line of a ``KeyLog``, everything else can be computed (RFC 5246 sections 5,
/// 6.3 and 8.1).
///
/// ```swift
/// let schedule = try KeySchedule(
///   masterSecret: secret, clientRandom: hello, serverRandom: answer,
///   cipherSuite: .ecdheRSAWithAES128GCMSHA256)
/// var records = try schedule.records(writtenBy: .server)
/// let finished = try records.open(record)
/// ```
///
/// A connection has a key schedule of its own and needs none of this: it is for tools that read
/// recorded connections, and for tests.
///
/// > Warning: whoever has a master secret can read and forge everything on its connection, and on every
/// > connection that resumes its session. The secrets here are wiped when they go, and are in no
/// > description or error; what is made of them with ``RecordProtector/open(_:)`` is for the caller to
/// > look after.
public struct KeySchedule: ~Copyable, Sendable {
  private let master: MasterSecret
  private let clientRandom: HelloRandom
  private let serverRandom: HelloRandom
  private let parameters: CipherSuiteParameters

  /// The cipher suite.
  public let cipherSuite: CipherSuite

  /// Whether the records of a CBC suite are encrypted first (RFC 7366).
  public let usesEncryptThenMAC: Bool

  /// The keys of a connection whose master secret is known.
  ///
  /// - Parameters:
  ///   - masterSecret: 48 bytes.
  ///   - clientRandom: the 32 bytes of the ClientHello.
  ///   - serverRandom: the 32 bytes of the ServerHello. Of a connection that resumes a session, the
  ///     randoms are its own, and the master secret is the session's.
  ///   - cipherSuite: one that the engine speaks.
  ///   - usesEncryptThenMAC: whether RFC 7366 was agreed on. It matters with CBC suites only.
  /// - Throws: ``TLSError``, a misuse for what has not its length, and for a suite that is unknown or
  ///   only a signal.
  public init(
    masterSecret: RawSpan, clientRandom: [UInt8], serverRandom: [UInt8], cipherSuite: CipherSuite,
    usesEncryptThenMAC: Bool = false
  ) throws(TLSError) {
    let parameters = try cipherSuite.parametersToObserve()
    guard masterSecret.byteCount == MasterSecret.byteCount else {
      throw .misuse(
        "a master secret is \(MasterSecret.byteCount) bytes long, not \(masterSecret.byteCount)")
    }
    self.init(
      try MasterSecret(copying: masterSecret, using: parameters.hash),
      try HelloRandom(copying: clientRandom, "the client's random"),
      try HelloRandom(copying: serverRandom, "the server's random"), parameters, cipherSuite,
      usesEncryptThenMAC)
  }

  /// The keys of a connection whose premaster secret is known.
  ///
  /// - Parameters:
  ///   - premasterSecret: what the key exchange gave, as RFC 5246 section 8.1 and RFC 8422 section 5.10
  ///     have it; with a pre-shared key, both secrets and their lengths (RFC 4279 section 2).
  ///   - sessionHash: the hash of all messages up to ClientKeyExchange, with the suite's hash, if
  ///     extended_master_secret was agreed on (RFC 7627 section 4); `nil` if not.
  ///   - clientRandom: the 32 bytes of the ClientHello.
  ///   - serverRandom: the 32 bytes of the ServerHello.
  ///   - cipherSuite: one that the engine speaks.
  ///   - usesEncryptThenMAC: whether RFC 7366 was agreed on. It matters with CBC suites only.
  /// - Throws: ``TLSError``, a misuse for what has not its length, and for a suite that is unknown or
  ///   only a signal.
  public init(
    premasterSecret: RawSpan, sessionHash: [UInt8]?, clientRandom: [UInt8],
    serverRandom: [UInt8], cipherSuite: CipherSuite, usesEncryptThenMAC: Bool = false
  ) throws(TLSError) {
    let parameters = try cipherSuite.parametersToObserve()
    guard premasterSecret.byteCount > 0 else { throw .misuse("the premaster secret is empty") }
    if let sessionHash { try parameters.hash.check(sessionHash, "the session hash") }
    let client = try HelloRandom(copying: clientRandom, "the client's random")
    let server = try HelloRandom(copying: serverRandom, "the server's random")
    let master = try MasterSecret.derive(
      from: SecretBytes(copying: premasterSecret), client: client, server: server,
      sessionHash: sessionHash, using: parameters.hash)
    self.init(master, client, server, parameters, cipherSuite, usesEncryptThenMAC)
  }

  private init(
    _ master: consuming MasterSecret, _ clientRandom: HelloRandom, _ serverRandom: HelloRandom,
    _ parameters: CipherSuiteParameters, _ cipherSuite: CipherSuite, _ usesEncryptThenMAC: Bool
  ) {
    self.master = master
    self.clientRandom = clientRandom
    self.serverRandom = serverRandom
    self.parameters = parameters
    self.cipherSuite = cipherSuite
    self.usesEncryptThenMAC = usesEncryptThenMAC
  }

  /// The master secret, 48 bytes.
  public var masterSecret: RawSpan {
    @_lifetime(borrow self)
    borrowing get { master.bytes }
  }

  /// The key block, as long as the suite needs it (RFC 5246 section 6.3).
  public func keyBlock() throws(TLSError) -> SecretBytes {
    try block().bytes()
  }

  /// What the records that `side` writes are protected with, from its Finished on.
  public func keys(
    ofRecordsWrittenBy side: ConnectionSide
  ) throws(TLSError) -> TrafficSecrets.Direction {
    try block().direction(of: side, 0)
  }

  /// What seals and opens the records that `side` writes, from its Finished on.
  public func records(writtenBy side: ConnectionSide) throws(TLSError) -> RecordProtector {
    let keys = try keys(ofRecordsWrittenBy: side)
    return try RecordProtector(
      keys, cipherSuite: cipherSuite, usesEncryptThenMAC: usesEncryptThenMAC)
  }

  /// The `verify_data` of a Finished (RFC 5246 section 7.4.9).
  ///
  /// - Parameter transcriptHash: the hash of all messages before that Finished, with the suite's hash.
  /// - Throws: ``TLSError``, a misuse if it has not the length of one.
  public func verifyData(
    by side: ConnectionSide, transcriptHash: [UInt8]
  ) throws(TLSError) -> [UInt8] {
    try parameters.hash.check(transcriptHash, "the transcript's hash")
    var master = master.copy()
    return try master.finished(by: side, transcriptHash: transcriptHash.rawSpan).verifyData
  }

  /// What both sides' ``Connection/exportKeyingMaterial(label:context:byteCount:)`` gives (RFC 5705).
  ///
  /// That refuses a connection without extended_master_secret, for which it is not safe; here the caller
  /// has to know.
  ///
  /// - Throws: ``TLSError``, a misuse for a label that the handshake itself uses or that is not visible
  ///   ASCII, for a context of more than 65,535 bytes, and for a `byteCount` that is not 1 to 16,384.
  public func exportKeyingMaterial(
    label: String, context: [UInt8]? = nil, byteCount: Int
  ) throws(TLSError) -> SecretBytes {
    var master = master.copy()
    return try master.export(
      label: label, context: context, byteCount: byteCount, client: clientRandom,
      server: serverRandom)
  }

  private func block() throws(TLSError) -> KeyBlock {
    var master = master.copy()
    return try master.keyBlock(
      client: clientRandom, server: serverRandom, for: parameters,
      encryptThenMAC: usesEncryptThenMAC)
  }
}

extension CipherSuite {
  /// What the suite is made of, of one that records can be protected with.
  func parametersToObserve() throws(TLSError) -> CipherSuiteParameters {
    if let parameters { return parameters }
    throw .misuse(
      isSignal ? "\(self) is a signal, and no cipher suite" : "the cipher suite \(self) is unknown")
  }
}

extension HashFunction {
  fileprivate func check(_ digest: [UInt8], _ name: String) throws(TLSError) {
    guard digest.count == digestByteCount else {
      throw .misuse(
        "\(name) is \(digest.count) bytes long, and \(self) gives \(digestByteCount)")
    }
  }
}
