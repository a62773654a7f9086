import SwiftASN1
public import TLSCrypto

/// How a certificate is signed.
public enum CertificateSignature: Sendable, Hashable, CustomStringConvertible {
  /// In a way that can be verified.
  case known(SignatureAlgorithm)
  /// In a way that is known, and too weak to be worth verifying.
  case weak(String)
  /// In some other way.
  case unknown(String)

  /// The name, or the object identifier.
  public var description: String {
    switch self {
    case .known(let algorithm): algorithm.description
    case .weak(let name): name
    case .unknown(let identifier): "algorithm \(identifier)"
    }
  }

  /// Reads an AlgorithmIdentifier (RFC 5280 section 4.1.1.2).
  init(_ node: ASN1Node, _ field: String) throws(CertificateError) {
    var reader = try FieldReader(node, field)
    let identifier = try reader.next("algorithm").objectIdentifier(field)
    let parameters = reader.next()
    try reader.end()
    switch identifier {
    case ObjectIdentifiers.sha256WithRSA: self = .known(.rsaPKCS1(.sha256))
    case ObjectIdentifiers.sha384WithRSA: self = .known(.rsaPKCS1(.sha384))
    case ObjectIdentifiers.sha512WithRSA: self = .known(.rsaPKCS1(.sha512))
    case ObjectIdentifiers.ecdsaWithSHA256: self = .known(.ecdsa(.sha256))
    case ObjectIdentifiers.ecdsaWithSHA384: self = .known(.ecdsa(.sha384))
    case ObjectIdentifiers.ecdsaWithSHA512: self = .known(.ecdsa(.sha512))
    case ObjectIdentifiers.ed25519: self = .known(.ed25519)
    case ObjectIdentifiers.rsaPSS:
      self =
        try PSSParameters.hash(parameters).map { .known(.rsaPSS($0)) }
        ?? .weak("RSA-PSS with other parameters than TLS uses")
    default:
      let name = ObjectIdentifiers.weakSignatures[identifier]
      self = name.map { .weak($0) } ?? .unknown(identifier.text)
    }
    try Self.checkParameters(parameters, of: identifier, field)
  }

  /// RSA's PKCS#1 algorithms have NULL or nothing (RFC 4055 section 5), ECDSA and Ed25519 nothing.
  private static func checkParameters(
    _ parameters: ASN1Node?, of identifier: ASN1ObjectIdentifier, _ field: String
  ) throws(CertificateError) {
    guard let parameters else { return }
    switch identifier {
    case ObjectIdentifiers.sha256WithRSA, ObjectIdentifiers.sha384WithRSA,
      ObjectIdentifiers.sha512WithRSA:
      guard parameters.identifier == .null else {
        throw CertificateError(field, "has parameters that are not NULL")
      }
    case ObjectIdentifiers.ecdsaWithSHA256, ObjectIdentifiers.ecdsaWithSHA384,
      ObjectIdentifiers.ecdsaWithSHA512, ObjectIdentifiers.ed25519:
      throw CertificateError(field, "has parameters where there are none")
    default: break
    }
  }
}

/// RSASSA-PSS-params (RFC 4055 section 3.1).
private enum PSSParameters {
  /// The hash, if it is one of the SHA-2 family, MGF1 uses it too, and the salt is as long.
  static func hash(_ node: ASN1Node?) throws(CertificateError) -> HashFunction? {
    let field = "RSASSA-PSS parameters"
    guard let node else { return nil }
    var reader = try FieldReader(node, field)
    guard let hash = reader.next(if: .field(0)), let mask = reader.next(if: .field(1)),
      let salt = reader.next(if: .field(2))
    else { return nil }
    // The trailer field has but one value, its default.
    guard reader.next() == nil else { return nil }
    var generator = try FieldReader(try mask.inner(field), field)
    guard try generator.next("mask generation").objectIdentifier(field) == ObjectIdentifiers.mgf1
    else { return nil }
    let outer = try function(try hash.inner(field), field)
    let inner = try function(try generator.next("mask's hash"), field)
    let saltCount = try salt.inner(field).smallInteger(field)
    guard let outer, outer == inner, saltCount == outer.digestByteCount else { return nil }
    return outer
  }

  private static func function(
    _ node: ASN1Node, _ field: String
  ) throws(CertificateError) -> HashFunction? {
    var reader = try FieldReader(node, field)
    return switch try reader.next("hash").objectIdentifier(field) {
    case ObjectIdentifiers.sha256: .sha256
    case ObjectIdentifiers.sha384: .sha384
    case ObjectIdentifiers.sha512: .sha512
    default: nil
    }
  }
}
