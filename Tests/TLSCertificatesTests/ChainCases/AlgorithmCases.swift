import TLSCrypto

@testable import TLSCertificates

extension ChainTopic {
  /// Keys and signatures that are accepted, by preset (RFC 9325 section 4.5).
  static func algorithms() throws -> ChainTopic {
    var topic = ChainTopic("algorithms")
    topic.rule = "RFC 9325 4.5"
    try topic.addRSASizes()
    try topic.addCurves()
    try topic.addWeakSignatures()
    try topic.addOpenSSLSignatures()
    return topic
  }

  private static func rsa(_ pem: String) throws -> PrivateKey {
    try PrivateKey(pem: Array(pem.utf8))
  }

  private mutating func addRSASizes() throws {
    let (short, usual) = (
      try Self.rsa(OpenSSLKeys.rsa1024PKCS8), try Self.rsa(OpenSSLKeys.rsaPKCS8)
    )
    let noProfile = PeerAnswer.differs("certtool looks at sizes only under --verify-profile")
    let root = try Party.anchor()
    let middle = try root.issuer(key: short)
    let old = try Party.anchor(key: short)
    let places: [(String, [Party], Party, ChainAnswer.Place)] = [
      ("leaf", [try root.server(key: short)], root, 0),
      ("intermediate", [try middle.server(), middle], root, 1),
      ("root", [try old.server()], old, .root),
    ]
    for (name, chain, anchor, place) in places {
      add(
        "rsa-1024-\(name)", "The \(name) has an RSA key of 1024 bits.",
        .refused("weakKey", at: place), chain, [anchor], certtool: noProfile)
      add(
        "rsa-1024-\(name)-legacy", "The \(name) has an RSA key of 1024 bits, which is accepted.",
        .accepted, chain, [anchor]
      ) { $0.more["algorithms"] = "legacy" }
    }
    let leaf = try root.server(key: usual)
    add("rsa-2048-leaf", "The leaf has an RSA key of 2048 bits.", .accepted, [leaf], [root])
    add(
      "rsa-2048-leaf-strict", "The leaf has an RSA key of 2048 bits, and 3072 are wanted.",
      .refused("weakKey", at: 0), [leaf], [root], certtool: noProfile
    ) { $0.more["algorithms"] = "strict" }
    add(
      "p256-strict", "All keys are P-256, and 128 bits of strength are wanted.", .accepted,
      [try root.server()], [root]
    ) { $0.more["algorithms"] = "strict" }
  }

  private mutating func addCurves() throws {
    let own = PeerAnswer.notAsked("its presets do not tell curves apart")
    let root = try Party.anchor()
    let leaf = try root.server(key: Party.key("Leaf p384", .ecdsa(.secp384r1)))
    for (name, curves, answer) in [
      ("both", "P-256 P-384", ChainAnswer.accepted), ("leaf", "P-256", .refused("weakKey", at: 0)),
      ("root", "P-384", .refused("weakKey", at: .root)),
    ] {
      add(
        "curves-\(name)", "The leaf's key is P-384, the root's P-256; accepted are \(curves).",
        answer, [leaf], [root], openSSL: own, certtool: own
      ) { $0.more["curves"] = curves }
    }
    let edwards = try root.server(key: Party.key("Leaf ed25519", .ed25519))
    add(
      "ed25519-refused", "The leaf's key is Ed25519, which is not accepted.",
      .refused("weakKey", at: 0), [edwards], [root], openSSL: own, certtool: own
    ) { $0.more["ed25519"] = "refused" }
    add("ed25519", "The leaf's key is Ed25519.", .accepted, [edwards], [root])
  }

  private mutating func addWeakSignatures() throws {
    let root = try Party.anchor()
    let rsa = try Party.anchor(key: Self.rsa(OpenSSLKeys.rsaPKCS8))
    let algorithms: [(String, String, [UInt8], Party)] = [
      ("ecdsa-sha1", "1.2.840.10045.4.1", [], root),
      ("ecdsa-sha224", "1.2.840.10045.4.3.1", [], root),
      ("rsa-md2", "1.2.840.113549.1.1.2", TLV.null, rsa),
      ("rsa-sha224", "1.2.840.113549.1.1.14", TLV.null, rsa),
      ("unknown", "1.3.6.1.4.1.32473.9", [], root),
    ]
    for (name, identifier, parameters, issuer) in algorithms {
      let signature = CertificateBuilder.Signature.unsigned(
        algorithm: identifier, parameters: parameters, signature: [UInt8](repeating: 1, count: 64))
      add(
        "signed-\(name)", "The leaf is signed with \(name).", .refused("weakSignature", at: 0),
        [try issuer.server { $0.signature = signature }], [issuer])
      guard name == "ecdsa-sha1" else { continue }
      let middle = try root.issuer { $0.signature = signature }
      add(
        "intermediate-signed-\(name)", "The authority in the middle is signed with \(name).",
        .refused("weakSignature", at: 1), [try middle.server(), middle], [root])
      let anchor = try Party.anchor { $0.signature = signature }
      add(
        "root-signed-\(name)", "The root signed itself with \(name): nobody needs to look at it.",
        .accepted, [try anchor.server()], [anchor])
    }
  }

  /// Signatures that are good, made by OpenSSL.
  private mutating func addOpenSSLSignatures() throws {
    let root = try Party.anchor()
    let issuing = try root.issuer(key: Self.rsa(OpenSSLKeys.rsaPKCS8))
    let weak = ChainAnswer.refused("weakSignature", at: 0)
    let salt = PeerAnswer.differs("it takes any length of the salt; TLS has the hash's")
    let cases: [(String, String, String, ChainAnswer, PeerAnswer?)] = [
      ("pss-sha256", "RSA-PSS", OpenSSLLongLeaves.pss, .accepted, nil),
      ("sha1", "SHA-1 and RSA", OpenSSLLongLeaves.sha1, weak, nil),
      ("md5", "MD5 and RSA", OpenSSLLongLeaves.md5, weak, nil),
      ("pss-sha1", "RSA-PSS with SHA-1", OpenSSLLongLeaves.pssSHA1, weak, nil),
      (
        "pss-long-salt", "RSA-PSS with SHA-256 and a salt of 64 bytes",
        OpenSSLLongLeaves.pssLongSalt, weak, salt
      ),
    ]
    for (name, about, fixture, answer, openSSL) in cases {
      add(
        "openssl-\(name)", "OpenSSL signed the leaf with \(about); the signature is good.", answer,
        [try Certificate(fixture: fixture), issuing], [root], openSSL: openSSL)
    }
  }
}
