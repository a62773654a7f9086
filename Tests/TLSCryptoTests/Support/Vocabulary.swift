import TLSCrypto
import TestSupport

/// What the words in the headers of the vectors' sections mean.
enum Word {
  static let hash = Dictionary(
    uniqueKeysWithValues: HashFunction.allCases.map { ($0.description, $0) })
  static let curve = Dictionary(
    uniqueKeysWithValues: EllipticCurve.allCases.map { ($0.description, $0) })
  static let group = Dictionary(
    uniqueKeysWithValues: KeyAgreementGroup.allCases.map { ($0.description, $0) })
  static let finiteField = Dictionary(
    uniqueKeysWithValues: FiniteFieldGroup.allCases.map { ($0.description, $0) })
  static let aead = Dictionary(
    uniqueKeysWithValues: AEADAlgorithm.allCases.map { ($0.description, $0) })
  static let blockCipher = Dictionary(
    uniqueKeysWithValues: BlockCipherAlgorithm.allCases.map { ($0.description, $0) })
  static let validity = ["valid": true, "invalid": false]
}

extension CryptoError {
  /// Which case it is, when the sentence does not matter.
  enum Kind {
    case libraryTooOld
    case library
    case authenticationFailed
    case invalidSignature
    case invalidPublicKey
    case invalidKey
    case invalidInput
    case unsupported
  }

  var kind: Kind {
    switch self {
    case .libraryTooOld: .libraryTooOld
    case .library: .library
    case .authenticationFailed: .authenticationFailed
    case .invalidSignature: .invalidSignature
    case .invalidPublicKey: .invalidPublicKey
    case .invalidKey: .invalidKey
    case .invalidInput: .invalidInput
    case .unsupported: .unsupported
    }
  }
}

extension [UInt8] {
  /// The same bytes but for one bit, counted from the first byte's lowest.
  func flipping(bit: Int) -> [UInt8] {
    var bytes = self
    bytes[bit / 8] ^= 1 << (bit % 8)
    return bytes
  }

  /// Bytes that follow a pattern, to be hashed, signed or sealed.
  static func pattern(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
  }
}
