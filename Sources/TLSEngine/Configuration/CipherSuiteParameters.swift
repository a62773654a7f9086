public import TLSCrypto

/// What a cipher suite is made of.
public struct CipherSuiteParameters: Sendable, Hashable {
  /// Which kind of group the ephemeral keys are of.
  @nonexhaustive public enum KeyExchange: Sendable, Hashable, CustomStringConvertible {
    /// Elliptic curves (RFC 8422).
    case ecdhe
    /// Finite fields (RFC 5246 section 7.4.3, RFC 7919).
    case dhe

    /// The name, such as `ECDHE`.
    public var description: String {
      switch self {
      case .ecdhe: "ECDHE"
      case .dhe: "DHE"
      }
    }
  }

  /// What proves who the server is.
  @nonexhaustive public enum Authentication: Sendable, Hashable, CustomStringConvertible {
    /// A signature by ECDSA, or Ed25519 (RFC 8422 section 2.1).
    case ecdsa
    /// A signature by RSA.
    case rsa
    /// A key that both sides have already (RFC 5489, RFC 8442).
    case preSharedKey

    /// The name, such as `ECDSA`.
    public var description: String {
      switch self {
      case .ecdsa: "ECDSA"
      case .rsa: "RSA"
      case .preSharedKey: "PSK"
      }
    }
  }

  /// How the secret is agreed on.
  public let keyExchange: KeyExchange

  /// What proves who the server is.
  public let authentication: Authentication

  /// What protects the records.
  let cipher: RecordCipher

  /// The hash of the PRF (RFC 5246 section 5) and of the transcript.
  public let hash: HashFunction

  /// The name of what encrypts the records, such as `AES-128-GCM`.
  public var cipherName: String {
    switch cipher {
    case .aead(let algorithm): algorithm.description
    case .cbc(let algorithm, _): algorithm.description
    }
  }

  /// The name of what authenticates the records, such as `HMAC-SHA-1`: `AEAD` where the cipher does
  /// it itself.
  public var macName: String {
    switch cipher {
    case .aead: "AEAD"
    case .cbc(_, let mac): mac.description
    }
  }
}
