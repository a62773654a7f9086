import TLSCrypto

@testable import TLSCertificates

extension ChainTopic {
  /// Signatures (RFC 5280 section 6.1.3 (a)(1)), whatever their algorithm.
  static func signatures() throws -> ChainTopic {
    var topic = ChainTopic("signatures")
    topic.rule = "RFC 5280 6.1.3 (a)(1)"
    try topic.addForgeries()
    try topic.addAlgorithms()
    return topic
  }

  /// The encoding with one bit of one byte, counted from the end, flipped.
  private static func flipped(_ party: Party, fromEnd offset: Int) -> [UInt8] {
    var der = party.der
    der[der.count - offset] ^= 1
    return der
  }

  private mutating func addForgeries() throws {
    let root = try Party.anchor()
    let middle = try root.issuer()
    let leaf = try middle.server()
    let noKeyNames: (inout CertificateBuilder) -> Void = { $0.omittedExtensions = ["2.5.29.35"] }
    let stranger = try Party.anchor("Root", key: Party.key("stranger"))
    add(
      "leaf-flipped", "A bit of the leaf's signature is flipped.",
      .refused("badSignature", at: 0), [Self.flipped(leaf, fromEnd: 1), middle], [root])
    add(
      "intermediate-flipped", "A bit of the signature of the authority in the middle is flipped.",
      .refused("badSignature", at: 1), [leaf, Self.flipped(middle, fromEnd: 1)], [root])
    add(
      "root-flipped", "A bit of the root's own signature is flipped: nobody needs to look at it.",
      .accepted, [leaf, middle], [Self.flipped(root, fromEnd: 1)])
    let text = Array("example.com".utf8)
    var renamed = leaf.der
    for index in renamed.indices where renamed[index...].starts(with: text) {
      renamed[index] = UInt8(ascii: "f")
    }
    add(
      "leaf-renamed", "The leaf's name was changed after it was signed.",
      .refused("badSignature", at: 0), [renamed, middle], [root]
    ) { $0.name = "fxample.com" }
    add(
      "leaf-by-another-key", "Another key signed the leaf in the root's name.",
      .refused("badSignature", at: 0), [try stranger.server { noKeyNames(&$0) }], [root])
    let forged = try stranger.issuer { noKeyNames(&$0) }
    add(
      "intermediate-by-another-key", "Another key signed the authority in the root's name.",
      .refused("badSignature", at: 1), [try forged.server(), forged], [root])
    add(
      "leaf-by-another-key-that-says-so",
      "Another key of the root's name signed the leaf, and the leaf names that key.",
      .refused("untrustedRoot", at: 0), [try stranger.server()], [root])
  }

  private mutating func addAlgorithms() throws {
    let kinds: [(String, PrivateKey.Generation)] = [
      ("p256", .ecdsa(.secp256r1)), ("p384", .ecdsa(.secp384r1)), ("p521", .ecdsa(.secp521r1)),
      ("ed25519", .ed25519),
    ]
    for (name, kind) in kinds {
      let root = try Party.anchor(key: Party.key("Root \(name)", kind))
      let middle = try root.issuer(key: Party.key("Middle \(name)", kind))
      let leaf = try middle.server(key: Party.key("Leaf \(name)", kind))
      add(
        "\(name)", "All keys are of the kind \(name).", .accepted, [leaf, middle], [root])
      add(
        "\(name)-flipped", "All keys are of the kind \(name), and a signature is spoilt.",
        .refused("badSignature", at: 0), [Self.flipped(leaf, fromEnd: 3), middle], [root])
    }
    let rsa = try PrivateKey(pem: Array(OpenSSLKeys.rsaPKCS8.utf8))
    let root = try Party.anchor(key: rsa)
    for hash in [HashFunction.sha256, .sha384, .sha512] {
      for (name, algorithm) in [
        ("rsa-pkcs1-\(hash)", SignatureAlgorithm.rsaPKCS1(hash)),
        ("rsa-pss-\(hash)", .rsaPSS(hash)),
      ] {
        let leaf = try root.server { $0.signature = .algorithm(algorithm) }
        let file = name.lowercased().filter { $0 != " " }.replacing("sha-", with: "sha")
        add(
          file, "An RSA key of 2048 bits signed the leaf: \(algorithm).", .accepted, [leaf], [root])
        guard hash == .sha256 else { continue }
        add(
          "\(file)-flipped",
          "An RSA key signed the leaf (\(algorithm)), and the signature is spoilt.",
          .refused("badSignature", at: 0), [Self.flipped(leaf, fromEnd: 3)], [root])
      }
    }
    let p384 = try Party.anchor(key: Party.key("Root p384", .ecdsa(.secp384r1)))
    add(
      "p384-sha256", "A P-384 key signed the leaf with SHA-256.", .accepted,
      [try p384.server { $0.signature = .algorithm(.ecdsa(.sha256)) }], [p384])
    let p256 = try Party.anchor()
    add(
      "p256-sha512", "A P-256 key signed the leaf with SHA-512.", .accepted,
      [try p256.server { $0.signature = .algorithm(.ecdsa(.sha512)) }], [p256])
    add(
      "another-kind-of-key", "The leaf says RSA, and its issuer's key is ECDSA.",
      .refused("untrustedRoot", at: 0),
      [
        try p256.server {
          $0.signature = .unsigned(
            algorithm: "1.2.840.113549.1.1.11", parameters: TLV.null, signature: [1, 2, 3])
        }
      ], [p256])
  }
}
