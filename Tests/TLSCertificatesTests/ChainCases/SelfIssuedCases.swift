import TLSCrypto

@testable import TLSCertificates

/// Self-issued certificates, and critical extensions.
extension ChainTopic {
  /// Certificates whose issuer has their subject's name (RFC 5280 sections 3.2 and 6.1).
  static func selfIssued() throws -> ChainTopic {
    var topic = ChainTopic("self-issued")
    topic.rule = "RFC 5280 3.2"
    let old = try Party.anchor("Root", key: Party.key("old"))
    let newWithOld = try old.issuer("Root", key: Party.key("new"))
    let new = try Party.anchor("Root", key: Party.key("new"))
    let oldWithNew = try new.issuer("Root", key: Party.key("old"))
    topic.add(
      "new-with-old", "A root's new key is certified by its old one, which is trusted.", .accepted,
      [try newWithOld.server(), newWithOld], [old])
    topic.add(
      "old-with-new", "A root's old key is certified by its new one, which is trusted.", .accepted,
      [try oldWithNew.server(), oldWithNew], [new])
    topic.add(
      "both-trusted", "Both certificates of a root are trusted, and came along.", .accepted,
      [try newWithOld.server(), newWithOld, oldWithNew], [old, new])
    topic.add(
      "wrong-key", "The root's other key is trusted, and did not sign this.",
      .refused("untrustedRoot", at: 0), [try newWithOld.server()], [old])
    let own = try Party.anchor("Own") {
      $0.isCertificateAuthority = false
      $0.keyUsage = .digitalSignature
      $0.names = ["example.com"]
    }
    topic.rule = "RFC 5280 6.1"
    topic.add(
      "self-signed", "The leaf signed itself, and is not trusted.",
      .refused("selfSigned", at: 0), [own], [old])
    topic.add(
      "self-signed-authority", "A root came as the leaf, and is not trusted.",
      .refused("selfSigned", at: 0),
      [
        try Party.anchor("Own") {
          $0.names = ["example.com"]
          $0.keyUsage.insert(.digitalSignature)
        }
      ], [old])
    let middle = try old.issuer { $0.permittedNames = ["example.org"] }
    let leaf = try middle.server(commonName: "Middle", key: Party.key("leaf"))
    topic.rule = "RFC 5280 6.1.3 (b)"
    topic.add(
      "leaf-is-not-exempt", "A self-issued leaf breaks the name constraints of its issuer.",
      .refused("nameConstraints", at: 0), [leaf, middle], [old])
    return topic
  }

  /// Critical extensions (RFC 5280 sections 4.2, 6.1.4 (o) and 6.1.5 (f)).
  static func criticalExtensions() throws -> ChainTopic {
    var topic = ChainTopic("critical-extensions")
    let root = try Party.anchor()
    let middle = try root.issuer()
    topic.rule = "RFC 5280 6.1.5 (f)"
    topic.add(
      "leaf-unknown", "The leaf has a critical extension that nobody knows.",
      .refused("unknownCriticalExtension", at: 0),
      [try middle.server { $0.extraExtensions = [.unknown(isCritical: true)] }, middle], [root])
    topic.add(
      "leaf-not-critical", "The leaf has an extension that nobody knows.", .accepted,
      [try middle.server { $0.extraExtensions = [.unknown(isCritical: false)] }, middle], [root])
    topic.add(
      "precertificate", "The leaf has the poison of Certificate Transparency (RFC 6962 3.1).",
      .refused("unknownCriticalExtension", at: 0),
      [
        try middle.server {
          $0.extraExtensions = [
            .init(identifier: "1.3.6.1.4.1.11129.2.4.3", isCritical: true, der: TLV.null)
          ]
        }, middle,
      ], [root])
    topic.add(
      "names-critical", "The leaf's alternative names are critical beside a subject.", .accepted,
      [
        try middle.server {
          $0.extraExtensions = [.names([NameDER.dns("example.com")], isCritical: true)]
        }, middle,
      ], [root])
    topic.rule = "RFC 5280 6.1.4 (o)"
    let critical = try root.issuer { $0.extraExtensions = [.unknown(isCritical: true)] }
    topic.add(
      "intermediate-unknown",
      "The authority in the middle has a critical extension that nobody knows.",
      .refused("unknownCriticalExtension", at: 1), [try middle.server(), critical], [root])
    let notCritical = try root.issuer { $0.extraExtensions = [.unknown(isCritical: false)] }
    topic.add(
      "intermediate-not-critical",
      "The authority in the middle has an extension that nobody knows.",
      .accepted, [try middle.server(), notCritical], [root])
    let anchor = try Party.anchor { $0.extraExtensions = [.unknown(isCritical: true)] }
    topic.add(
      "root-unknown", "The root has a critical extension that nobody knows.",
      .refused("unknownCriticalExtension", at: .root), [try middle.server(), middle], [anchor])
    return topic
  }
}
