public import TLSCrypto

/// Why a file gives no private key. Never says anything of the key.
public enum PrivateKeyError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The text is not PEM.
  case malformedText(PEMError)
  /// There is no key in it; these are the labels of what there is.
  case noKey(found: [String])
  /// The key is encrypted.
  case encrypted
  /// The encoding is malformed; says which field.
  case malformed(String)
  /// The key is of a kind that is not supported.
  case unsupported(String)
  /// The numbers of the key cannot be used.
  case invalid(CryptoError)

  /// What is wrong, in a sentence without its full stop.
  public var description: String {
    switch self {
    case .malformedText(let error): error.description
    case .noKey(let found):
      found.isEmpty
        ? "there is no private key in the text"
        : "there is no private key in the text, but "
          + found.prefix(5).map(\.quoted).joined(separator: ", ")
    case .encrypted:
      "the private key is encrypted; decrypt it first: openssl pkey -in KEY -out DECRYPTED"
    case .malformed(let problem): "the private key is malformed: \(problem)"
    case .unsupported(let problem): "the private key is not supported: \(problem)"
    case .invalid(let error): "the private key cannot be used: \(error)"
    }
  }
}
