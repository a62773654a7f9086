internal import CGcrypt

/// Why the arithmetic failed. Never holds key material.
public enum CryptoError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The libgcrypt that was found is older than the one the module was written for.
  case libraryTooOld(found: String, required: String)
  /// libgcrypt refused an operation.
  case library(operation: String, code: UInt32, message: String)
  /// An AEAD tag does not match.
  case authenticationFailed
  /// A signature does not verify, or is malformed.
  case invalidSignature
  /// A public key, or a peer's half of a key exchange, cannot be used; the sentence says why.
  case invalidPublicKey(String)
  /// A private or symmetric key cannot be used; the sentence says why.
  case invalidKey(String)
  /// A caller's lengths do not fit together.
  case invalidInput(String)
  /// Something that the module does not do.
  case unsupported(String)

  /// What went wrong, in a sentence without its full stop.
  public var description: String {
    switch self {
    case .libraryTooOld(let found, let required):
      "libgcrypt \(found) is installed, and at least \(required) is needed"
    case .library(let operation, let code, let message):
      "libgcrypt failed in \(operation): \(message) (\(code))"
    case .authenticationFailed: "the data does not authenticate"
    case .invalidSignature: "the signature does not verify"
    case .invalidPublicKey(let sentence), .invalidKey(let sentence),
      .invalidInput(let sentence), .unsupported(let sentence):
      sentence
    }
  }
}

extension CryptoError {
  /// Turns a libgcrypt error code into an error.
  static func check(_ code: gcry_error_t, _ operation: StaticString) throws(CryptoError) {
    guard code != 0 else { return }
    throw library(code, operation)
  }

  /// The error that a libgcrypt error code stands for.
  static func library(_ code: gcry_error_t, _ operation: StaticString) -> CryptoError {
    let message = unsafe String(cString: gcry_strerror(code))
    return .library(operation: "\(operation)", code: UInt32(code), message: message)
  }
}
