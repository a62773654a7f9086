import TLSCrypto

/// A key that both sides have already, and the name by which they call it (RFC 4279, RFC 5489).
public struct PreSharedKey: Sendable, CustomStringConvertible {
  /// The longest identity that is sent or looked up, in bytes.
  static let maximumIdentityByteCount = 65_535

  /// The longest key, in bytes.
  private static let maximumKeyByteCount = 65_535

  /// The key, shared by all copies and wiped with the last.
  private final class Storage: Sendable {
    let key: SecretBytes

    init(_ key: consuming SecretBytes) {
      self.key = key
    }
  }

  /// What the client calls the key by, on the wire and in the clear.
  public let identity: [UInt8]

  private let storage: Storage

  /// A key of at least 16 bytes: whoever watches a handshake can try keys at leisure only if there
  /// are few of them, so it must not be a password (RFC 9257 section 6).
  ///
  /// - Parameters:
  ///   - identity: what it is called; up to 65,535 bytes, and usually text.
  ///   - key: the key, of which a copy is kept that is wiped in the end.
  /// - Throws: ``TLSError/Reason/misuse(_:)`` if the identity or the key are too long, or the key is
  ///   too short.
  public init(identity: [UInt8], key: RawSpan) throws(TLSError) {
    guard identity.count <= Self.maximumIdentityByteCount else {
      throw .misuse("an identity of \(identity.count) bytes is too long for a pre-shared key")
    }
    guard (16...Self.maximumKeyByteCount).contains(key.byteCount) else {
      throw .misuse(
        "a pre-shared key has 16 to \(Self.maximumKeyByteCount) bytes, not \(key.byteCount)")
    }
    self.identity = identity
    storage = Storage(SecretBytes(copying: key))
  }

  /// The key with this text as its identity.
  ///
  /// - Throws: ``TLSError/Reason/misuse(_:)`` if the identity or the key are too long, or the key is
  ///   too short.
  public init(identity: String, key: RawSpan) throws(TLSError) {
    try self.init(identity: [UInt8](identity.utf8), key: key)
  }

  /// The premaster secret of ECDHE_PSK: the secret of the key exchange and then the key, each after
  /// its length (RFC 5489 section 2).
  func premasterSecret(with agreed: borrowing SecretBytes) -> SecretBytes {
    Self.premasterSecret(agreed, storage.key)
  }

  // A span of what a class holds has to be taken where that was lent.
  private static func premasterSecret(
    _ agreed: borrowing SecretBytes, _ key: borrowing SecretBytes
  ) -> SecretBytes {
    var secret = SecretBytes(count: 4 + agreed.count + key.count)
    var bytes = secret.mutableBytes
    bytes.storeBytes(
      of: UInt16(truncatingIfNeeded: agreed.count).bigEndian, toByteOffset: 0, as: UInt16.self)
    bytes.copy(agreed.bytes, at: 2)
    bytes.storeBytes(
      of: UInt16(truncatingIfNeeded: key.count).bigEndian, toByteOffset: 2 + agreed.count,
      as: UInt16.self)
    bytes.copy(key.bytes, at: 4 + agreed.count)
    return secret
  }

  /// The identity as text, and nothing of the key.
  public var description: String { "pre-shared key \(Self.quoted(identity))" }

  /// An identity as a sentence shows it: its beginning only, for a peer may send a long one.
  static func quoted(_ identity: [UInt8]) -> String {
    let shown = ProtocolName.text(Array(identity.prefix(shownByteCount)))
    return "\"\(shown)\(identity.count > shownByteCount ? "…" : "")\""
  }

  private static let shownByteCount = 64
}

/// Where the pre-shared key comes from.
@nonexhaustive public enum PreSharedKeySource: Sendable {
  /// There is none: suites with pre-shared keys cannot be configured.
  case none

  /// Of these keys: a server finds the client's choice among them, a client uses the first.
  case keys([PreSharedKey])

  /// The engine asks ``Question/preSharedKey(_:)`` and waits for the answer.
  case ask
}
