import TLSCrypto

/// The key of one period, and the form of the tickets under it:
///
///     struct {
///       opaque key_name[16];
///       opaque salt[32];
///       opaque sealed_state[…];     AES-256-GCM, its tag at the end; key_name and salt authenticated
///     } ticket;
///
/// This is what RFC 5077 section 4 recommends, with a newer cipher. Each ticket is sealed under a key
/// of its own, HKDF-SHA-256 of the period's key and a random salt, and the nonce is all zeros. With
/// random nonces of 12 bytes under one key, two would become likely to be the same after 2^32 tickets
/// or so (NIST SP 800-38D section 8.3), and the machines of a fleet, which never talk, could not count
/// to that number together. Two salts of 32 bytes are never the same.
///
/// It is a class because it goes from hand to hand, and its secret is not copied on the way. It is
/// wiped when the last hand lets go.
final class TicketKey: Sendable {
  private static let nameByteCount = 16
  private static let saltByteCount = 32
  private static let tagByteCount = 16
  private static let headByteCount = nameByteCount + saltByteCount

  /// How much longer a ticket is than what it holds, in bytes.
  static let overhead = headByteCount + tagByteCount

  /// The number of the period.
  let epoch: Int64

  private let name: [UInt8]
  private let secret: SecretBytes

  private init(epoch: Int64, _ material: borrowing SecretBytes) {
    self.epoch = epoch
    name = [UInt8](material.bytes.extracting(first: Self.nameByteCount))
    secret = SecretBytes(copying: material.bytes.extracting(droppingFirst: Self.nameByteCount))
  }

  /// The bytes of a name and a key.
  private static let materialByteCount = nameByteCount + AEADAlgorithm.aes256GCM.keyByteCount

  /// A key that nobody else has.
  static func draw(epoch: Int64, using random: inout some RandomSource) -> TicketKey {
    var material = SecretBytes(count: materialByteCount)
    fill(&material, using: &random)
    return TicketKey(epoch: epoch, material)
  }

  private static func fill(_ secret: inout SecretBytes, using random: inout some RandomSource) {
    var bytes = secret.mutableBytes
    random.fill(&bytes)
  }

  /// The key that everybody with the same secret has in this period.
  ///
  /// - Parameter period: its length in seconds, which is part of what the key is made of: the epochs
  ///   of another length are other epochs.
  static func derive(
    from secret: borrowing SecretBytes, epoch: Int64, period: Int64
  ) throws(TLSError) -> TicketKey {
    var info = Writer()
    info.write(Timestamp(secondsSince1970: period))
    info.write(Timestamp(secondsSince1970: epoch))
    let salt = [UInt8]("swift-tls-engine ticket key of a period".utf8)
    do {
      let material = try derive(
        from: secret, salt: salt.rawSpan, info: info.bytes.rawSpan, count: materialByteCount)
      return TicketKey(epoch: epoch, material)
    } catch {
      throw TLSError(error)
    }
  }

  /// Whether a ticket says that it was sealed under this key.
  func isNamed(by ticket: RawSpan) -> Bool {
    guard ticket.byteCount >= Self.overhead else { return false }
    let name = name
    return ConstantTime.areEqual(ticket.extracting(first: Self.nameByteCount), name.rawSpan)
  }

  /// A ticket that holds `state`.
  func seal(
    _ state: RawSpan, using random: inout some RandomSource
  ) throws(TLSError) -> [UInt8] {
    let head = name + random.bytes(Self.saltByteCount)
    var ticket = head + [UInt8](repeating: 0, count: state.byteCount + Self.tagByteCount)
    do {
      var key = try Self.key(ofTicketBeginningWith: head.rawSpan, secret)
      var bytes = ticket.mutableRawSpan
      var sealed = bytes._mutatingExtracting(Self.headByteCount..<bytes.byteCount)
      try key.seal(
        state, into: &sealed, nonce: AEADKey.Nonce(repeating: 0), authenticating: head.rawSpan)
    } catch {
      throw TLSError(error)
    }
    return ticket
  }

  /// What a ticket holds, or `nil` if it is not one of this key's.
  func open(_ ticket: RawSpan) -> SecretBytes? {
    guard isNamed(by: ticket) else { return nil }
    let head = ticket.extracting(first: Self.headByteCount)
    var state = SecretBytes(count: ticket.byteCount - Self.overhead)
    do {
      var key = try Self.key(ofTicketBeginningWith: head, secret)
      try Self.open(ticket.extracting(droppingFirst: Self.headByteCount), head, &key, into: &state)
      return state
    } catch {
      return nil
    }
  }

  private static func open(
    _ sealed: RawSpan, _ head: RawSpan, _ key: inout AEADKey, into state: inout SecretBytes
  ) throws(CryptoError) {
    var bytes = state.mutableBytes
    try key.open(
      sealed, into: &bytes, nonce: AEADKey.Nonce(repeating: 0), authenticating: head)
  }

  private static func key(
    ofTicketBeginningWith head: RawSpan, _ secret: borrowing SecretBytes
  ) throws(CryptoError) -> AEADKey {
    let algorithm = AEADAlgorithm.aes256GCM
    let info = [UInt8]("swift-tls-engine ticket".utf8)
    let derived = try derive(
      from: secret, salt: head.extracting(droppingFirst: nameByteCount), info: info.rawSpan,
      count: algorithm.keyByteCount)
    return try AEADKey(algorithm, key: derived.bytes)
  }

  /// HKDF-SHA-256.
  private static func derive(
    from secret: borrowing SecretBytes, salt: RawSpan, info: RawSpan, count: Int
  ) throws(CryptoError) -> SecretBytes {
    let key = try HKDF.extract(from: secret.bytes, salt: salt, using: .sha256)
    return try HKDF.expand(key.bytes, info: info, count: count, using: .sha256)
  }
}
