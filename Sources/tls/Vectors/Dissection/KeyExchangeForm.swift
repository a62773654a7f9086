import TLSEngine

/// What ServerKeyExchange and ClientKeyExchange consist of with a suite.
struct KeyExchangeForm: Equatable, Sendable {
  /// What the secret is agreed on with.
  enum Key: Sendable {
    /// Elliptic curves (RFC 8422).
    case ellipticCurve
    /// Finite fields (RFC 5246 section 7.4.3).
    case finiteField
    /// The client's choice, encrypted for the server (RFC 5246 section 7.4.7.1).
    case rsa
    /// Nothing but a key that both sides have.
    case none
  }

  let key: Key

  /// Whether a key that both sides have is part of it (RFC 4279, RFC 5489).
  let hasPreSharedKey: Bool

  /// Whether the server's part is signed.
  let isSigned: Bool

  /// As the suite's name says it; `nil` for a suite or a form that is not known.
  init?(_ suite: CipherSuite) {
    guard let name = RegisteredNames.cipherSuites[suite.rawValue] else { return nil }
    let words = name.split(separator: "_")
    guard let end = words.firstIndex(of: "WITH"), end > 1 else { return nil }
    switch words[1..<end].joined(separator: "_") {
    case "ECDHE_ECDSA", "ECDHE_RSA": self.init(key: .ellipticCurve, isSigned: true)
    case "DHE_RSA", "DHE_DSS": self.init(key: .finiteField, isSigned: true)
    case "ECDH_anon": self.init(key: .ellipticCurve)
    case "DH_anon": self.init(key: .finiteField)
    case "ECDHE_PSK": self.init(key: .ellipticCurve, hasPreSharedKey: true)
    case "DHE_PSK", "PSK_DHE": self.init(key: .finiteField, hasPreSharedKey: true)
    case "RSA_PSK": self.init(key: .rsa, hasPreSharedKey: true)
    case "PSK": self.init(key: .none, hasPreSharedKey: true)
    case "RSA": self.init(key: .rsa)
    default: return nil
    }
  }

  private init(key: Key, hasPreSharedKey: Bool = false, isSigned: Bool = false) {
    self.key = key
    self.hasPreSharedKey = hasPreSharedKey
    self.isSigned = isSigned
  }
}
