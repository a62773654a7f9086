import SwiftASN1
public import TLSCrypto

/// Which certificate an OCSP response means: CertID (RFC 6960 section 4.1.1).
public struct OCSPCertificateID: Sendable, Hashable {
  /// How the issuer is told apart. Nothing rests on it: that the issuer signed is seen by its key.
  public enum HashAlgorithm: Sendable, Hashable, CustomStringConvertible {
    /// SHA-1, which nearly all responders use here.
    case sha1
    /// One of the SHA-2 family.
    case sha2(HashFunction)
    /// Some other, by its object identifier, which no certificate matches.
    case other(String)

    /// The name, or the object identifier.
    public var description: String {
      switch self {
      case .sha1: "SHA-1"
      case .sha2(let function): function.description
      case .other(let identifier): "algorithm \(identifier)"
      }
    }
  }

  /// The hash function of both hashes.
  public let hashAlgorithm: HashAlgorithm
  /// The hash of the issuer's name.
  public let issuerNameHash: [UInt8]
  /// The hash of the issuer's key.
  public let issuerKeyHash: [UInt8]
  /// The certificate's serial number, big-endian.
  public let serialNumber: [UInt8]

  init(_ node: ASN1Node) throws(CertificateError) {
    var reader = try FieldReader(node, "certID")
    hashAlgorithm = try Self.algorithm(try reader.next("hashAlgorithm"))
    issuerNameHash = Array(
      try reader.next("issuerNameHash").primitive(.octetString, "issuerNameHash"))
    issuerKeyHash = Array(
      try reader.next("issuerKeyHash").primitive(.octetString, "issuerKeyHash"))
    serialNumber = try reader.next("serialNumber").serialNumber("serialNumber")
    try reader.end()
    guard let count = hashAlgorithm.byteCount else { return }
    guard issuerNameHash.count == count, issuerKeyHash.count == count else {
      throw CertificateError("certID", "has hashes that are not those of \(hashAlgorithm)")
    }
  }

  /// What a responder would say who means this certificate.
  ///
  /// - Parameters:
  ///   - issuerName: the issuer's name in DER.
  ///   - issuerKey: the bits of the issuer's key.
  /// - Throws: `CryptoError` if libgcrypt cannot be used, or does not know the hash.
  init(
    serialNumber: [UInt8], issuerName: [UInt8], issuerKey: [UInt8],
    using algorithm: HashAlgorithm
  ) throws(CryptoError) {
    hashAlgorithm = algorithm
    issuerNameHash = try algorithm.hash(issuerName)
    issuerKeyHash = try algorithm.hash(issuerKey)
    self.serialNumber = serialNumber
  }

  private static func algorithm(_ node: ASN1Node) throws(CertificateError) -> HashAlgorithm {
    let field = "hashAlgorithm"
    var reader = try FieldReader(node, field)
    let identifier = try reader.next("algorithm").objectIdentifier(field)
    // NULL or nothing (RFC 5754 section 2).
    let parameters = reader.next()
    try reader.end()
    let algorithm: HashAlgorithm =
      switch identifier {
      case ObjectIdentifiers.sha1: .sha1
      case ObjectIdentifiers.sha256: .sha2(.sha256)
      case ObjectIdentifiers.sha384: .sha2(.sha384)
      case ObjectIdentifiers.sha512: .sha2(.sha512)
      default: .other(identifier.text)
      }
    if let parameters, algorithm.byteCount != nil {
      guard try parameters.primitive(.null, field).isEmpty else {
        throw CertificateError(field, "has a NULL with something in it")
      }
    }
    return algorithm
  }
}

extension OCSPCertificateID.HashAlgorithm {
  /// The length of a hash; `nil` if nobody here knows.
  var byteCount: Int? {
    switch self {
    case .sha1: 20
    case .sha2(let function): function.digestByteCount
    case .other: nil
    }
  }

  func hash(_ bytes: [UInt8]) throws(CryptoError) -> [UInt8] {
    switch self {
    case .sha1: return try Hash.identifierSHA1(of: bytes.rawSpan).array
    case .sha2(let function): return try Hash.digest(of: bytes.rawSpan, using: function).array
    case .other: throw .unsupported("\(self) is not available")
    }
  }
}

extension ASN1Node {
  /// An ENUMERATED from 0 to 127.
  func enumerated(_ field: String) throws(CertificateError) -> Int {
    let bytes = try primitive(.enumerated, field)
    guard bytes.count == 1, let byte = bytes.first, byte < 0x80 else {
      throw CertificateError(field, "is none that there is")
    }
    return Int(byte)
  }
}

extension [UInt8] {
  /// Two digits a byte.
  var hexadecimal: String {
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
