import SwiftASN1
public import TLSCrypto

extension PrivateKey {
  /// Reads the first private key of a text: PKCS#8 (`PRIVATE KEY`), PKCS#1 (`RSA PRIVATE KEY`) or
  /// SEC 1 (`EC PRIVATE KEY`).
  ///
  /// - Throws: ``PrivateKeyError``; ``PrivateKeyError/encrypted`` says how to decrypt it.
  public init(pem text: [UInt8]) throws(PrivateKeyError) {
    var document = try Self.keyDocument(text)
    defer { document.wipe() }
    switch document.label {
    case "PRIVATE KEY": self = try .pkcs8(document.bytes)
    case "RSA PRIVATE KEY": self = try .pkcs1(document.bytes)
    default: self = try .sec1(document.bytes, curve: nil)
    }
  }

  /// Reads the first private key of a text that is wiped: nothing of it stays behind.
  ///
  /// - Throws: ``PrivateKeyError``, as ``init(pem:)-([UInt8])`` does.
  public init(pem text: borrowing SecretBytes) throws(PrivateKeyError) {
    var characters = Array(text.bytes)
    defer { characters.wipe() }
    self = try PrivateKey(pem: characters)
  }

  /// Reads a private key in DER, of any of these three forms.
  ///
  /// - Throws: ``PrivateKeyError``.
  public init(der bytes: [UInt8]) throws(PrivateKeyError) {
    let form = try Self.form(bytes)
    switch form {
    case .pkcs8: self = try .pkcs8(bytes)
    case .pkcs1: self = try .pkcs1(bytes)
    case .sec1: self = try .sec1(bytes, curve: nil)
    }
  }

  /// One block of a text, wiped when it has been read.
  private struct KeyDocument {
    let label: String
    var bytes: [UInt8]

    mutating func wipe() { bytes.wipe() }
  }

  private static func keyDocument(_ text: [UInt8]) throws(PrivateKeyError) -> KeyDocument {
    var scanner = PEMScanner(text)
    var others: [String] = []
    do {
      while let document = try scanner.next() {
        switch document.label {
        case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY":
          return KeyDocument(label: document.label, bytes: document.contents)
        case "ENCRYPTED PRIVATE KEY": throw PrivateKeyError.encrypted
        default: others.append(document.label)
        }
      }
    } catch let error as PrivateKeyError {
      throw error
    } catch let error as PEMError {
      throw error.problem == "the block is encrypted" ? .encrypted : .malformedText(error)
    } catch {
      throw .malformed("\(error)")
    }
    throw .noKey(found: others)
  }

  private enum Form {
    case pkcs8
    case pkcs1
    case sec1
  }

  /// Tells the forms apart: by what follows the version.
  private static func form(_ bytes: [UInt8]) throws(PrivateKeyError) -> Form {
    do {
      var reader = try FieldReader(der: bytes[...], "key")
      let first = try reader.next("version")
      let second = try reader.next("second field")
      switch (first.identifier, second.identifier) {
      // An EncryptedPrivateKeyInfo has no version (RFC 5958 section 3).
      case (.sequence, .octetString): throw PrivateKeyError.encrypted
      case (_, .sequence): return .pkcs8
      case (_, .octetString): return .sec1
      default: return .pkcs1
      }
    } catch let error as PrivateKeyError {
      throw error
    } catch {
      throw .malformed("\(error)")
    }
  }

  /// Runs what reads a key, and turns its errors into ours.
  private static func reading(
    _ body: () throws -> PrivateKey
  ) throws(PrivateKeyError) -> PrivateKey {
    do {
      return try body()
    } catch let error as PrivateKeyError {
      throw error
    } catch let error as CryptoError {
      throw .invalid(error)
    } catch let error as CertificateError {
      throw .malformed("its \(error.field) \(error.problem)")
    } catch {
      throw .malformed("\(error)")
    }
  }

  /// OneAsymmetricKey (RFC 5958 section 2).
  private static func pkcs8(_ bytes: [UInt8]) throws(PrivateKeyError) -> PrivateKey {
    try reading {
      var reader = try FieldReader(der: bytes[...], "key")
      let version = try reader.next("version").smallInteger("version")
      guard version <= 1 else { throw PrivateKeyError.unsupported("its version is \(version)") }
      var algorithm = try FieldReader(try reader.next("algorithm"), "algorithm")
      let identifier = try algorithm.next("identifier").objectIdentifier("algorithm")
      let parameters = algorithm.next()
      try algorithm.end()
      var contents = Array(try reader.next("privateKey").primitive(.octetString, "privateKey"))
      defer { contents.wipe() }
      _ = reader.next(if: .field(0))
      let publicKey = reader.next(if: .field(1))
      try reader.end()
      let key = try key(identifier, parameters, contents)
      if let publicKey { try check(publicKey, isOf: key, version) }
      return key
    }
  }

  /// What stands in the `privateKey` of a OneAsymmetricKey.
  private static func key(
    _ algorithm: ASN1ObjectIdentifier, _ parameters: ASN1Node?, _ contents: [UInt8]
  ) throws -> PrivateKey {
    switch algorithm {
    case ObjectIdentifiers.rsaEncryption: return try pkcs1(contents)
    case ObjectIdentifiers.ecPublicKey:
      guard let parameters, let curve = try PublicKeyReader.curve(parameters, "curve") else {
        throw PrivateKeyError.unsupported("its curve is none of P-256, P-384 and P-521")
      }
      return try sec1(contents, curve: curve)
    case ObjectIdentifiers.ed25519:
      // CurvePrivateKey is an OCTET STRING within the other (RFC 8410 section 7).
      let node = try FieldReader.parse(contents[...], "privateKey")
      var seed = Array(try node.primitive(.octetString, "seed"))
      defer { seed.wipe() }
      return try .ed25519(seed: seed.rawSpan)
    default: throw PrivateKeyError.unsupported("its algorithm is \(algorithm.text)")
    }
  }

  /// The public half of a OneAsymmetricKey, which only version 2 has: an implicitly tagged BIT
  /// STRING of whole bytes.
  private static func check(_ node: ASN1Node, isOf key: PrivateKey, _ version: Int) throws {
    guard version == 1 else {
      throw PrivateKeyError.malformed("its version has no public key")
    }
    // ring tagged it explicitly for years, and many keys are still so.
    let bits =
      if case .constructed = node.content {
        try node.inner("publicKey").primitive(.bitString, "publicKey")
      } else {
        try node.primitive(.field(1), "publicKey")
      }
    guard bits.elementsEqual([0] + key.publicKey.subjectPublicKey) else {
      throw PrivateKeyError.malformed("its public key is another key's")
    }
  }

  /// RSAPrivateKey (RFC 8017 appendix A.1.2).
  private static func pkcs1(_ bytes: [UInt8]) throws(PrivateKeyError) -> PrivateKey {
    try reading {
      var reader = try FieldReader(der: bytes[...], "RSA key")
      guard try reader.next("version").smallInteger("version") == 0 else {
        throw PrivateKeyError.unsupported("it has more than two primes")
      }
      func number(_ field: String) throws -> [UInt8] {
        Array(try reader.next(field).unsignedInteger(field))
      }
      let modulus = try number("modulus")
      let publicExponent = try number("publicExponent")
      var privateExponent = try number("privateExponent")
      defer { privateExponent.wipe() }
      var prime1 = try number("prime1")
      defer { prime1.wipe() }
      var prime2 = try number("prime2")
      defer { prime2.wipe() }
      // They follow from the others, and are computed anew.
      for field in ["exponent1", "exponent2", "coefficient"] {
        _ = try reader.next(field).unsignedInteger(field)
      }
      try reader.end()
      return try .rsa(
        modulus: modulus.rawSpan, publicExponent: publicExponent.rawSpan,
        privateExponent: privateExponent.rawSpan, prime1: prime1.rawSpan, prime2: prime2.rawSpan)
    }
  }

  /// ECPrivateKey (SEC 1 appendix C.4, RFC 5915).
  ///
  /// - Parameter known: the curve, where something outside of the structure says it.
  private static func sec1(
    _ bytes: [UInt8], curve known: EllipticCurve?
  ) throws(PrivateKeyError) -> PrivateKey {
    try reading {
      var reader = try FieldReader(der: bytes[...], "EC key")
      guard try reader.next("version").smallInteger("version") == 1 else {
        throw PrivateKeyError.unsupported("its version is not 1")
      }
      var scalar = Array(try reader.next("privateKey").primitive(.octetString, "privateKey"))
      defer { scalar.wipe() }
      let parameters = try reader.next(if: .field(0))?.inner("parameters")
      let named = try parameters.flatMap { try PublicKeyReader.curve($0, "parameters") }
      guard let curve = named ?? known, parameters == nil || named != nil else {
        throw PrivateKeyError.unsupported("its curve is none of P-256, P-384 and P-521")
      }
      guard known == nil || known == curve else {
        throw PrivateKeyError.malformed("it names two curves")
      }
      let point = try reader.next(if: .field(1))?.inner("publicKey").octets("publicKey")
      try reader.end()
      let key = try PrivateKey.ecdsa(curve, scalar: scalar.rawSpan)
      guard point == nil || point.map(Array.init) == key.publicKey.point else {
        throw PrivateKeyError.malformed("its public key is another key's")
      }
      return key
    }
  }
}
