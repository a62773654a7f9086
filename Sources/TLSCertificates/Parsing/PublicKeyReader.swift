import SwiftASN1
import TLSCrypto

/// Reads public keys (RFC 5280 section 4.1.2.7, RFC 3279, RFC 5480, RFC 8410).
enum PublicKeyReader {
  private static let field = "subjectPublicKeyInfo"

  static func parse(_ node: ASN1Node) throws(CertificateError) -> PublicKey {
    var reader = try FieldReader(node, field)
    let algorithm = try reader.next("algorithm")
    let key = try reader.next("subjectPublicKey").octets(field)
    try reader.end()
    var fields = try FieldReader(algorithm, field)
    let identifier = try fields.next("algorithm").objectIdentifier(field)
    let parameters = fields.next()
    try fields.end()
    do {
      return try publicKey(identifier, parameters: parameters, key)
    } catch let error as CertificateError {
      throw error
    } catch {
      throw CertificateError(field, "cannot be used: \(error)")
    }
  }

  /// The bits of a key, whatever it is.
  static func bits(_ node: ASN1Node) throws(CertificateError) -> ArraySlice<UInt8> {
    var reader = try FieldReader(node, field)
    _ = try reader.next("algorithm")
    return try reader.next("subjectPublicKey").octets(field)
  }

  private static func publicKey(
    _ identifier: ASN1ObjectIdentifier, parameters: ASN1Node?, _ key: ArraySlice<UInt8>
  ) throws -> PublicKey {
    switch identifier {
    case ObjectIdentifiers.rsaEncryption:
      guard parameters?.identifier == .null else {
        throw CertificateError(field, "is an RSA key without NULL parameters")
      }
      return try rsa(key)
    case ObjectIdentifiers.ecPublicKey:
      guard let parameters, let curve = try curve(parameters, field) else {
        throw CertificateError(
          field, "is a point on a curve that is not supported", isUnsupported: true)
      }
      return try .ecdsa(curve, point: Array(key).rawSpan)
    case ObjectIdentifiers.ed25519:
      guard parameters == nil else {
        throw CertificateError(field, "is an Ed25519 key with parameters")
      }
      return try .ed25519(Array(key).rawSpan)
    default:
      throw CertificateError(
        field, "has the algorithm \(identifier.text), which is not supported",
        isUnsupported: true)
    }
  }

  private static func rsa(_ key: ArraySlice<UInt8>) throws -> PublicKey {
    var reader = try FieldReader(der: key, "RSAPublicKey")
    let modulus = try reader.next("modulus").unsignedInteger("RSA modulus")
    let exponent = try reader.next("publicExponent").unsignedInteger("RSA exponent")
    try reader.end()
    return try .rsa(modulus: Array(modulus).rawSpan, exponent: Array(exponent).rawSpan)
  }

  /// A named curve, if it is one that is supported.
  static func curve(
    _ node: ASN1Node, _ field: String
  ) throws(CertificateError) -> EllipticCurve? {
    guard node.identifier == .objectIdentifier else { return nil }
    return switch try node.objectIdentifier(field) {
    case ObjectIdentifiers.secp256r1: .secp256r1
    case ObjectIdentifiers.secp384r1: .secp384r1
    case ObjectIdentifiers.secp521r1: .secp521r1
    default: nil
    }
  }
}
