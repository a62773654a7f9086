import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("Private keys of OpenSSL's")
struct PrivateKeyTests {
  private static func key(_ fixture: String) throws -> PrivateKey {
    try PrivateKey(pem: Array(fixture.utf8))
  }

  private static let forms: [(String, String)] = [
    (OpenSSLKeys.rsaPKCS8, OpenSSLChain.leafRSA), (OpenSSLKeys.rsaPKCS1, OpenSSLChain.leafRSA),
    (OpenSSLKeys.rsa1024PKCS8, OpenSSLSignatures.leafRSA1024),
    (OpenSSLKeys.p256PKCS8, OpenSSLChain.leafP256), (OpenSSLKeys.p256SEC1, OpenSSLChain.leafP256),
    (OpenSSLKeys.p256SEC1WithoutPublicKey, OpenSSLChain.leafP256),
    (OpenSSLKeys.p384PKCS8, OpenSSLChain.leafP384), (OpenSSLKeys.p384SEC1, OpenSSLChain.leafP384),
    (OpenSSLKeys.p521PKCS8, OpenSSLChain.leafP521), (OpenSSLKeys.p521SEC1, OpenSSLChain.leafP521),
    (OpenSSLKeys.ed25519PKCS8, OpenSSLChain.leafEd25519),
  ]

  @Test("PKCS#8, PKCS#1 and SEC 1 give the key of the certificate", arguments: forms)
  func reads(_ fixture: String, _ certificate: String) throws {
    let key = try Self.key(fixture)
    #expect(key.publicKey == (try Certificate(fixture: certificate).publicKey))
    let contents = try #require(try PEM.documents(in: Array(fixture.utf8)).first).contents
    #expect(try PrivateKey(der: contents).publicKey == key.publicKey)
  }

  @Test("what a key signs, its certificate's key verifies", arguments: forms)
  func signs(_ fixture: String, _ certificate: String) throws {
    let key = try Self.key(fixture)
    let algorithm = SignatureAlgorithm.standard(for: key.publicKey)
    var random = DeterministicRandomSource(seed: [])
    let message = Array("message".utf8)
    let signature = try key.sign(message.rawSpan, using: algorithm, random: &random)
    try Certificate(fixture: certificate).publicKey
      .verify(signature.rawSpan, of: message.rawSpan, using: algorithm)
  }

  @Test("a key after other blocks is found, and of several the first")
  func amongOthers() throws {
    #expect(try Self.key(OpenSSLKeys.withParameters).publicKey.kind == .ecdsa(.secp256r1))
    let text = [OpenSSLChain.root, OpenSSLKeys.p384PKCS8, OpenSSLKeys.p256PKCS8]
      .joined(separator: "\n")
    #expect(try Self.key(text).publicKey.kind == .ecdsa(.secp384r1))
  }

  @Test("an Ed25519 key of version 2 is read, and its public half compared")
  func versionTwo() throws {
    let key = try Self.key(OpenSSLKeys.ed25519VersionTwo)
    #expect(key.publicKey.kind == .ed25519)
    var contents = try #require(
      try PEM.documents(in: Array(OpenSSLKeys.ed25519VersionTwo.utf8)).first
    ).contents
    contents[contents.count - 1] ^= 1
    #expect(throws: PrivateKeyError.malformed("its public key is another key's")) {
      try PrivateKey(der: contents)
    }
    contents[contents.count - 1] ^= 1
    // The public half explicitly tagged, as ring wrote it: two bytes more.
    var explicit = contents.dropLast(35) + [0xa1, 0x23, 0x03] + contents.suffix(34)
    explicit[1] += 2
    #expect(contents[contents.count - 35] == 0x81)
    #expect(try PrivateKey(der: Array(explicit)).publicKey == key.publicKey)
    explicit[explicit.count - 1] ^= 1
    #expect(throws: PrivateKeyError.malformed("its public key is another key's")) {
      try PrivateKey(der: Array(explicit))
    }
    // Version 1 has no public half.
    contents[4] = 0
    #expect(throws: PrivateKeyError.malformed("its version has no public key")) {
      try PrivateKey(der: contents)
    }
  }

  @Test(
    "encrypted keys of both forms are an error that says how to decrypt them",
    arguments: [OpenSSLKeys.encryptedPKCS8, OpenSSLKeys.encryptedSEC1])
  func encrypted(_ fixture: String) {
    let error = #expect(throws: PrivateKeyError.self) { try Self.key(fixture) }
    #expect(error == .encrypted)
    #expect(
      error?.description
        == "the private key is encrypted; decrypt it first: openssl pkey -in KEY -out DECRYPTED")
  }

  @Test("an encrypted key in DER is known for what it is")
  func encryptedDER() throws {
    let contents = try #require(
      try PEM.documents(in: Array(OpenSSLKeys.encryptedPKCS8.utf8)).first
    ).contents
    #expect(throws: PrivateKeyError.encrypted) { try PrivateKey(der: contents) }
  }

  private static let otherCurve = PrivateKeyError.unsupported(
    "its curve is none of P-256, P-384 and P-521")

  private static let unsupported: [(String, PrivateKeyError, String)] = [
    (
      OpenSSLKeys.secp256k1PKCS8, otherCurve,
      "the private key is not supported: its curve is none of P-256, P-384 and P-521"
    ),
    (
      OpenSSLKeys.secp256k1SEC1, otherCurve,
      "the private key is not supported: its curve is none of P-256, P-384 and P-521"
    ),
    (
      OpenSSLKeys.explicitCurve, otherCurve,
      "the private key is not supported: its curve is none of P-256, P-384 and P-521"
    ),
    (
      OpenSSLKeys.x25519, .unsupported("its algorithm is 1.3.101.110"),
      "the private key is not supported: its algorithm is 1.3.101.110"
    ),
    (
      OpenSSLKeys.threePrimes, .unsupported("it has more than two primes"),
      "the private key is not supported: it has more than two primes"
    ),
  ]

  @Test("keys that TLS has no use for are refused by name", arguments: unsupported)
  func refuses(_ fixture: String, _ expected: PrivateKeyError, _ sentence: String) {
    let error = #expect(throws: PrivateKeyError.self) { try Self.key(fixture) }
    #expect(error == expected)
    #expect(error?.description == sentence)
  }

  @Test("a text without a key is an error that says what there is")
  func noKey() {
    let error = #expect(throws: PrivateKeyError.self) { try Self.key(OpenSSLChain.root) }
    #expect(error == .noKey(found: ["CERTIFICATE"]))
    #expect(
      error?.description == "there is no private key in the text, but \"CERTIFICATE\"")
    let nothing = #expect(throws: PrivateKeyError.self) { try Self.key("") }
    #expect(nothing?.description == "there is no private key in the text")
  }

  @Test("a text that is malformed is an error that says where")
  func malformedText() {
    let text = OpenSSLKeys.p256PKCS8.replacing("-----END PRIVATE KEY-----", with: "")
    #expect(
      throws: PrivateKeyError.malformedText(
        PEMError(line: 1, problem: "\"PRIVATE KEY\" begins here and never ends"))
    ) { try Self.key(text) }
  }

  private static let scalar = [UInt8](repeating: 1, count: 32)
  private static let p256 = TLV.identifier("1.2.840.10045.3.1.7")
  private static let p384 = TLV.identifier("1.3.132.0.34")
  private static let ecPublicKey = TLV.identifier("1.2.840.10045.2.1")
  private static let ed25519 = TLV.sequence(TLV.identifier("1.3.101.112"))

  private static func pkcs8(
    version: UInt8 = 0, _ algorithm: [UInt8], _ key: [UInt8], _ rest: [UInt8] = []
  ) -> [UInt8] {
    TLV.sequence(TLV.integer(version), algorithm, TLV.octets(key), rest)
  }

  private static let malformed: [([UInt8], PrivateKeyError)] = [
    ([], .malformed("the certificate's key is not DER")),
    (TLV.sequence([]), .malformed("the certificate's key has no version")),
    (pkcs8(version: 2, ed25519, TLV.octets(scalar)), .unsupported("its version is 2")),
    (
      pkcs8(ed25519, TLV.octets(Array(scalar.dropLast()))),
      .invalid(.invalidKey("a seed of Ed25519 has 32 bytes, not 31"))
    ),
    (pkcs8(ed25519, scalar), .malformed("its privateKey is not DER")),
    (pkcs8(ed25519, TLV.octets(scalar) + [0]), .malformed("its privateKey is not DER")),
    (
      pkcs8(ed25519, TLV.octets(scalar), TLV.null),
      .malformed("its key has more fields than it may")
    ),
    (
      pkcs8(TLV.sequence(ecPublicKey), TLV.sequence(TLV.integer(1), TLV.octets(scalar))),
      .unsupported("its curve is none of P-256, P-384 and P-521")
    ),
    (
      pkcs8(
        TLV.sequence(ecPublicKey, p384),
        TLV.sequence(TLV.integer(1), TLV.octets(scalar), TLV.tagged(0, p256))),
      .malformed("it names two curves")
    ),
    (
      pkcs8(
        TLV.sequence(ecPublicKey, p256, TLV.null),
        TLV.sequence(TLV.integer(1), TLV.octets(scalar))),
      .malformed("its algorithm has more fields than it may")
    ),
    (
      TLV.sequence(TLV.integer(2), TLV.octets(scalar), TLV.tagged(0, p256)),
      .unsupported("its version is not 1")
    ),
    (
      TLV.sequence(TLV.integer(1), TLV.octets(scalar)),
      .unsupported("its curve is none of P-256, P-384 and P-521")
    ),
    (
      TLV.sequence(
        TLV.integer(1), TLV.octets(scalar), TLV.tagged(0, p256),
        TLV.tagged(1, TLV.bits(RawCertificate.basePoint))),
      .malformed("its public key is another key's")
    ),
    (
      TLV.sequence(TLV.integer(0), TLV.integer(33)),
      .malformed("its RSA key has no publicExponent")
    ),
    (
      TLV.sequence(TLV.integer(0), TLV.integer(0x81)), .malformed("its modulus is negative")
    ),
  ]

  @Test("a malformed key is an error that says where", arguments: malformed)
  func refuses(_ der: [UInt8], _ expected: PrivateKeyError) {
    #expect(throws: expected) { try PrivateKey(der: der) }
  }

  @Test("a scalar that is zero, the order, or of another length is refused")
  func scalars() {
    let order = RawCertificate.bytes(
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
    let scalars = [
      [UInt8](repeating: 0, count: 32), order, [UInt8](repeating: 0xff, count: 32), [1], [],
      [0] + Self.scalar,
    ]
    for scalar in scalars {
      let der = TLV.sequence(TLV.integer(1), TLV.octets(scalar), TLV.tagged(0, Self.p256))
      let error = #expect(throws: PrivateKeyError.self) { try PrivateKey(der: der) }
      #expect(error?.description.hasPrefix("the private key cannot be used: ") == true)
    }
  }

  @Test("RSA numbers that do not belong together are refused")
  func rsaNumbers() {
    let one = TLV.integer(1)
    let modulus = TLV.element(2, [0x7f] + [UInt8](repeating: 0xff, count: 255))
    func key(_ privateExponent: UInt8, _ prime1: UInt8) -> [UInt8] {
      let numbers: [[UInt8]] = [
        TLV.integer(0), modulus, TLV.integer(3), TLV.integer(privateExponent),
        TLV.integer(prime1), TLV.integer(7), one, one, one,
      ]
      return TLV.sequence(numbers.flatMap(\.self))
    }
    refuses(
      key(7, 5), .invalid(.invalidKey("the primes of an RSA key are not its modulus's")))
    refuses(key(0, 5), .invalid(.invalidKey("a number of an RSA key is zero")))
    refuses(key(7, 0), .invalid(.invalidKey("a number of an RSA key is zero")))
  }

  @Test("no description of a key holds its numbers", arguments: forms)
  func descriptions(_ fixture: String, _ certificate: String) throws {
    let key = try Self.key(fixture)
    var dumped = ""
    dump(key, to: &dumped)
    let contents = try #require(try PEM.documents(in: Array(fixture.utf8)).first).contents
    // Some bytes of a private number: as a list, as `dump` lists them, or in hexadecimal.
    let secret = try #require(Self.secret(of: key))
    #expect(contents.firstRange(of: secret) != nil)
    let decimal = secret.map { "\($0)" }.joined(separator: ", ")
    let listed = secret.map { "- \($0)" }
    let hex = secret.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    for text in ["\(key)", String(reflecting: key), dumped] {
      #expect(!text.contains(decimal))
      #expect(!text.lowercased().contains(hex))
      let lines = text.split(separator: "\n").map { $0.trimmingPrefix(while: \.isWhitespace) }
      #expect(lines.map(String.init).firstRange(of: listed) == nil)
    }
  }

  /// Some bytes of the private number.
  private static func secret(of key: PrivateKey) -> [UInt8]? {
    if let scalar = key.ecdsaScalar { return middle(of: scalar) }
    if let seed = key.ed25519Seed { return middle(of: seed) }
    if let numbers = key.rsaNumbers { return middle(of: numbers.privateExponent) }
    return nil
  }

  private static func middle(of secret: borrowing SecretBytes) -> [UInt8] {
    let bytes = secret.bytes
    return (8..<16).map { bytes[byte: $0] }
  }
}
