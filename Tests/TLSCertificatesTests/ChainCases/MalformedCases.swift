import TLSCrypto

@testable import TLSCertificates

extension ChainTopic {
  /// Encodings (RFC 5280 section 4.1, X.690 sections 8 and 10).
  ///
  /// The leaf is good but for one field, and its signature is good.
  static func malformed() throws -> ChainTopic {
    var topic = ChainTopic("malformed")
    let root = try Party.anchor()
    topic.rule = "RFC 5280 4.1"
    topic.add(
      "unspoilt", "The leaf from which the others are spoilt.", .accepted,
      [try SpoiltCertificate.make(below: root) { _ in }], [root])
    let good = try SpoiltCertificate.make(below: root) { _ in }
    topic.rule = "X.690 10.1"
    topic.add(
      "indefinite-length", "The certificate has the indefinite length of BER.",
      .malformed("encoding"), [[0x30, 0x80] + good.dropFirst(4) + [0, 0]], [root],
      openSSL: .differs("it reads BER"))
    for group in [
      MalformedCase.structures, MalformedCase.numbers, MalformedCase.times, MalformedCase.keys,
      MalformedCase.names, MalformedCase.extensions, MalformedCase.constraintValues,
      MalformedCase.usageValues, MalformedCase.policyValues, MalformedCase.pointValues,
    ] {
      for one in group { try topic.add(one, below: root) }
    }
    let middle = try root.issuer()
    let spoilt = try SpoiltCertificate.make(below: root) {
      $0.raw.subject = middle.certificate.subject.der
      $0.raw.publicKey = middle.key.publicKey.subjectPublicKeyInfo
      $0.set("2.5.29.19", critical: true, TLV.sequence(TLV.element(1, [1])))
    }
    topic.rule = "X.690 11.1"
    topic.add(
      "intermediate-boolean", "The authority in the middle has a BOOLEAN that is 1.",
      .malformed("basicConstraints", at: 1), [try middle.server(), spoilt], [root])
    return topic
  }

  private mutating func add(_ one: MalformedCase, below root: Party) throws {
    rule = one.rule
    let der = try SpoiltCertificate.make(below: root, one.change, finish: one.finish)
    add(
      one.name, one.about, one.field.map { .malformed($0) } ?? .accepted, [der], [root],
      openSSL: Leniency.openSSL[one.name].map { .differs($0) },
      certtool: Leniency.certtool[one.name].map { .differs($0) })
  }
}

/// A field that is spoilt, and what is said of it.
struct MalformedCase {
  let name: String
  let about: String
  let rule: String
  /// The field that is named, or `nil` if the certificate is read all the same.
  let field: String?
  var change: (inout SpoiltCertificate) -> Void = { _ in }
  var finish: (inout RawCertificate) -> Void = { _ in }

  init(
    _ name: String, _ about: String, _ rule: String, _ field: String?,
    _ change: @escaping (inout SpoiltCertificate) -> Void = { _ in },
    finish: @escaping (inout RawCertificate) -> Void = { _ in }
  ) {
    self.name = name
    self.about = about
    self.rule = rule
    self.field = field
    self.change = change
    self.finish = finish
  }
}
