import TLSCrypto

@testable import TLSCertificates

/// A server's certificate that is good until a case spoils one of its fields; then it is signed.
struct SpoiltCertificate {
  var raw = RawCertificate()
  /// By their identifiers, in order.
  private(set) var extensions: [(identifier: String, der: [UInt8])] = []
  /// Whether there is a list of extensions at all.
  var hasExtensions = true

  private init(below issuer: Party) throws {
    let key = try Party.key("leaf")
    raw.issuer = issuer.certificate.subject.der
    raw.notBefore = TLV.utcTime("200101000000Z")
    raw.notAfter = TLV.utcTime("491231235959Z")
    raw.subject = TLV.commonName("Leaf")
    raw.publicKey = key.publicKey.subjectPublicKeyInfo
    set("2.5.29.19", critical: true, TLV.sequence())
    set("2.5.29.15", critical: true, TLV.bits([0x80], unused: 7))
    set("2.5.29.37", TLV.sequence(TLV.identifier("1.3.6.1.5.5.7.3.1")))
    set("2.5.29.17", TLV.sequence(NameDER.dns("example.com")))
    set("2.5.29.14", TLV.octets(try key.publicKey.keyIdentifier()))
    set(
      "2.5.29.35",
      TLV.sequence(TLV.field(0, try issuer.certificate.publicKey.keyIdentifier())))
  }

  /// Sets an extension to a value, which need not be one.
  mutating func set(_ identifier: String, critical: Bool = false, _ value: [UInt8]) {
    let der = TLV.certificateExtension(identifier, critical: critical, value)
    setEncoded(identifier, der)
  }

  /// Sets an extension to something that need not be one at all.
  mutating func setEncoded(_ identifier: String, _ der: [UInt8]) {
    if let index = extensions.firstIndex(where: { $0.identifier == identifier }) {
      extensions[index].der = der
    } else {
      extensions.append((identifier, der))
    }
  }

  /// Adds an extension, whether there is one of the same kind or not.
  mutating func append(_ identifier: String, critical: Bool = false, _ value: [UInt8]) {
    extensions.append(
      (identifier, TLV.certificateExtension(identifier, critical: critical, value)))
  }

  mutating func remove(_ identifier: String) {
    extensions.removeAll { $0.identifier == identifier }
  }

  /// The encoding, signed with an issuer's P-256 key.
  ///
  /// - Parameter finish: spoils what is not signed.
  static func make(
    below issuer: Party, _ change: (inout SpoiltCertificate) -> Void,
    finish: (inout RawCertificate) -> Void = { _ in }
  ) throws -> [UInt8] {
    var certificate = try SpoiltCertificate(below: issuer)
    change(&certificate)
    if certificate.hasExtensions {
      certificate.raw.extensions = certificate.extensions.map(\.der)
    }
    var random = DeterministicRandomSource(seed: [])
    let body = certificate.raw.body
    let signature = try issuer.key.sign(body.rawSpan, using: .ecdsa(.sha256), random: &random)
    certificate.raw.signature = TLV.bits(signature)
    finish(&certificate.raw)
    return certificate.raw.der
  }
}
