import TLSCrypto
import TestSupport

/// The numbers of an RSA key, big-endian, to be put together or spoilt.
struct RSAParts: Sendable {
  var modulus: [UInt8]
  var publicExponent: [UInt8]
  var privateExponent: [UInt8]
  var prime1: [UInt8]
  var prime2: [UInt8]

  init(_ record: VectorRecord) throws {
    modulus = try record.bytes("n")
    publicExponent = try record.bytes("e")
    privateExponent = try record.bytes("d")
    prime1 = try record.bytes("p")
    prime2 = try record.bytes("q")
  }

  func key() throws(CryptoError) -> PrivateKey {
    try PrivateKey.rsa(
      modulus: modulus.rawSpan, publicExponent: publicExponent.rawSpan,
      privateExponent: privateExponent.rawSpan, prime1: prime1.rawSpan, prime2: prime2.rawSpan)
  }
}
