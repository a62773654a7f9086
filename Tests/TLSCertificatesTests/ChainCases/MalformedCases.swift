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
      MalformedCase.names, MalformedCase.extensions, MalformedCase.extensionValues,
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

  static var structures: [MalformedCase] {
    [
      .init(
        "trailing-byte", "A byte follows the certificate.", "X.690 8.1", "encoding",
        finish: { $0.trailer = [0] }),
      .init(
        "trailing-element", "A NULL follows the certificate.", "RFC 5280 4.1", "encoding",
        finish: { $0.trailer = TLV.null }),
      .init(
        "trailing-field", "A NULL follows the signature within the certificate.", "RFC 5280 4.1",
        "encoding", finish: { $0.moreFields = TLV.null }),
      .init(
        "no-signature", "There is no signature.", "RFC 5280 4.1", "encoding",
        finish: { $0.signature = [] }),
      .init(
        "signature-octets", "The signature is an OCTET STRING.", "RFC 5280 4.1.1.3",
        "signatureValue", finish: { $0.signature[0] = 4 }),
      .init(
        "signature-bits", "The signature is no number of whole bytes.", "RFC 5280 4.1.1.3",
        "signatureValue", finish: { $0.signature = TLV.bits([0x80], unused: 7) }),
      .init(
        "body-field", "A NULL follows the extensions.", "RFC 5280 4.1", "tbsCertificate"
      ) { $0.raw.moreBodyFields = TLV.null },
      .init(
        "algorithms-differ", "The algorithm within what is signed is not that without.",
        "RFC 5280 4.1.1.2", "signature"
      ) { $0.raw.innerAlgorithm = TLV.sequence(TLV.identifier("1.2.840.10045.4.3.3")) },
      .init(
        "algorithm-parameters", "ECDSA with SHA-256 has NULL parameters.", "RFC 5758 3.2",
        "signatureAlgorithm"
      ) {
        let algorithm = TLV.sequence(TLV.identifier("1.2.840.10045.4.3.2"), TLV.null)
        $0.raw.innerAlgorithm = algorithm
        $0.raw.outerAlgorithm = algorithm
      },
    ]
  }

  static var numbers: [MalformedCase] {
    func version(_ name: String, _ about: String, _ version: [UInt8]) -> MalformedCase {
      .init("version-\(name)", about, "RFC 5280 4.1.2.1", "version") { $0.raw.version = version }
    }
    func serial(_ name: String, _ about: String, _ number: [UInt8], _ field: String?)
      -> MalformedCase
    {
      .init("serial-\(name)", about, "RFC 5280 4.1.2.2", field) {
        $0.raw.serialNumber = TLV.element(2, number)
      }
    }
    return [
      version("default", "Version 1 is written out.", TLV.tagged(0, TLV.integer(0))),
      version("4", "The version is 4.", TLV.tagged(0, TLV.integer(3))),
      version("negative", "The version is negative.", TLV.tagged(0, TLV.integer(0xff))),
      version("huge", "The version has five bytes.", TLV.tagged(0, TLV.integer(0x7f, 0, 0, 0, 0))),
      version("1-with-extensions", "A certificate of version 1 has extensions.", []),
      version(
        "2-with-extensions", "A certificate of version 2 has extensions.",
        TLV.tagged(0, TLV.integer(1))),
      serial("negative", "The serial number is negative.", [0x80], "serialNumber"),
      serial("empty", "The serial number has no bytes.", [], "serialNumber"),
      serial("padded", "The serial number has a needless zero.", [0, 1], "serialNumber"),
      serial(
        "long", "The serial number has 21 bytes.", [UInt8](repeating: 1, count: 21),
        "serialNumber"),
      serial(
        "20-bytes", "The serial number has 20 bytes.", [UInt8](repeating: 0x7f, count: 20), nil),
      serial("zero", "The serial number is zero, as in old roots.", [0], nil),
    ]
  }

  static var times: [MalformedCase] {
    func time(_ name: String, _ about: String, _ time: [UInt8]) -> MalformedCase {
      .init("time-\(name)", about, "RFC 5280 4.1.2.5", "notAfter") { $0.raw.notAfter = time }
    }
    return [
      time("no-seconds", "A UTCTime has no seconds.", TLV.utcTime("4912312359Z")),
      time("zone", "A UTCTime has a time zone.", TLV.utcTime("491231235959+0100")),
      time("no-zone", "A UTCTime has no Z.", TLV.utcTime("491231235959")),
      time(
        "fraction", "A GeneralizedTime has a fraction of a second.",
        TLV.generalizedTime("20501231235959.5Z")),
      time("february-30", "The day is the 30th of February.", TLV.utcTime("490230000000Z")),
      time("month-13", "The month is the 13th.", TLV.utcTime("491301000000Z")),
      time("hour-24", "The hour is the 24th.", TLV.utcTime("491231240000Z")),
      time("letters", "The time is letters.", TLV.utcTime("abcdefghijklZ")),
      time("another-type", "The time is a UTF8String.", TLV.text(0x0c, "491231235959Z")),
      .init(
        "time-generalized-2049", "A year before 2050 is in GeneralizedTime: authorities must not.",
        "RFC 5280 4.1.2.5", nil
      ) { $0.raw.notAfter = TLV.generalizedTime("20491231235959Z") },
      .init(
        "ends-before-it-begins", "notAfter lies before notBefore.", "RFC 5280 4.1.2.5",
        "validity"
      ) {
        $0.raw.notBefore = TLV.utcTime("260101000000Z")
        $0.raw.notAfter = TLV.utcTime("250101000000Z")
      },
    ]
  }

  static var keys: [MalformedCase] {
    func key(_ name: String, _ about: String, _ key: [UInt8]) -> MalformedCase {
      .init("key-\(name)", about, "RFC 5280 4.1.2.7", "subjectPublicKeyInfo") {
        $0.raw.publicKey = key
      }
    }
    let p256 = TLV.sequence(
      TLV.identifier("1.2.840.10045.2.1"), TLV.identifier("1.2.840.10045.3.1.7"))
    let point = RawCertificate.basePoint
    var outside = point
    outside[64] ^= 1
    return [
      key("off-curve", "The point does not lie on P-256.", TLV.sequence(p256, TLV.bits(outside))),
      key(
        "short-point", "The point has too few bytes.",
        TLV.sequence(p256, TLV.bits(Array(point.dropLast())))),
      key("infinity", "The point is the one at infinity.", TLV.sequence(p256, TLV.bits([0]))),
      key(
        "no-curve", "An EC key names no curve.",
        TLV.sequence(TLV.sequence(TLV.identifier("1.2.840.10045.2.1")), TLV.bits(point))),
      key(
        "secp256k1", "The curve is secp256k1.",
        TLV.sequence(
          TLV.sequence(TLV.identifier("1.2.840.10045.2.1"), TLV.identifier("1.3.132.0.10")),
          TLV.bits(point))),
      key(
        "unknown", "Nobody knows the algorithm.",
        TLV.sequence(TLV.sequence(TLV.identifier("1.3.6.1.4.1.32473.3")), TLV.bits(point))),
      key(
        "unused-bits", "The key is no number of whole bytes.",
        TLV.sequence(p256, TLV.bits(Array(point.dropLast()) + [0], unused: 1))),
    ]
  }

  static var names: [MalformedCase] {
    func subject(_ name: String, _ about: String, _ subject: [UInt8]) -> MalformedCase {
      .init("subject-\(name)", about, "RFC 5280 4.1.2.4", "subject") { $0.raw.subject = subject }
    }
    func names(_ name: String, _ about: String, _ names: [UInt8]) -> MalformedCase {
      .init("names-\(name)", about, "RFC 5280 4.2.1.6", "subjectAltName") {
        $0.set("2.5.29.17", names)
      }
    }
    return [
      subject("set", "The subject is a SET.", TLV.element(0x31)),
      subject(
        "empty-part", "A relative name of the subject is empty.",
        TLV.sequence(TLV.element(0x31))),
      subject(
        "no-value", "An attribute of the subject has no value.",
        TLV.sequence(TLV.element(0x31, TLV.sequence(TLV.identifier("2.5.4.3"))))),
      subject(
        "bad-utf8", "The common name is no UTF-8.",
        TLV.sequence(TLV.relativeName("2.5.4.3", TLV.element(0x0c, [0xc3, 0x28])))),
      subject(
        "bad-printable", "A PrintableString holds an at sign.",
        TLV.sequence(TLV.relativeName("2.5.4.3", TLV.text(0x13, "a@b")))),
      names("empty", "There are no alternative names in the extension.", TLV.sequence()),
      names(
        "not-ascii", "A DNS name is not ASCII.",
        TLV.sequence(TLV.field(2, Array("müller.example".utf8)), NameDER.dns("example.com"))),
      names(
        "email-not-ascii", "An e-mail address is not ASCII.",
        TLV.sequence(NameDER.dns("example.com"), NameDER.email("müller@example.com"))),
      names(
        "uri-not-ascii", "A URI is not ASCII.",
        TLV.sequence(NameDER.dns("example.com"), NameDER.uri("https://müller.example/"))),
      names(
        "address-length", "An IP address has five bytes.",
        TLV.sequence(NameDER.dns("example.com"), NameDER.ip([192, 0, 2, 1, 0]))),
      names(
        "no-form", "A name is of no form that there is.",
        TLV.sequence(NameDER.dns("example.com"), TLV.field(9, [1]))),
      names(
        "trailing", "A byte follows the names.",
        TLV.sequence(NameDER.dns("example.com")) + [0]),
    ]
  }

  static var extensions: [MalformedCase] {
    let section = "RFC 5280 4.2"
    return [
      .init("extensions-twice", "There are two extensions of one kind.", section, "extensions") {
        $0.append("2.5.29.17", TLV.sequence(NameDER.dns("example.com")))
      },
      .init(
        "extensions-unknown-twice", "There are two extensions of a kind that nobody knows.",
        section,
        "extensions"
      ) {
        $0.append("1.3.6.1.4.1.32473.1", TLV.null)
        $0.append("1.3.6.1.4.1.32473.1", TLV.null)
      },
      .init("extensions-empty", "The list of extensions is empty.", section, "extensions") {
        $0.hasExtensions = false
        $0.raw.extensions = []
      },
      .init("extension-not-octets", "An extension's value is a NULL.", section, "extnValue") {
        $0.setEncoded(
          "1.3.6.1.4.1.32473.1", TLV.sequence(TLV.identifier("1.3.6.1.4.1.32473.1"), TLV.null))
      },
      .init("extension-boolean", "critical is a BOOLEAN that is 1.", "X.690 11.1", "critical") {
        $0.setEncoded(
          "1.3.6.1.4.1.32473.1",
          TLV.sequence(
            TLV.identifier("1.3.6.1.4.1.32473.1"), TLV.element(1, [1]), TLV.octets(TLV.null)))
      },
      .init("extension-default", "critical is FALSE, and written out.", "X.690 11.5", "critical") {
        $0.setEncoded(
          "1.3.6.1.4.1.32473.1",
          TLV.sequence(
            TLV.identifier("1.3.6.1.4.1.32473.1"), TLV.element(1, [0]), TLV.octets(TLV.null)))
      },
      .init("extension-trailing", "A NULL follows an extension's value.", section, "extension") {
        $0.setEncoded(
          "1.3.6.1.4.1.32473.1",
          TLV.sequence(
            TLV.identifier("1.3.6.1.4.1.32473.1"), TLV.octets(TLV.null), TLV.null))
      },
    ]
  }

  static var extensionValues: [MalformedCase] {
    func value(
      _ field: String, _ name: String, _ about: String, _ identifier: String, _ value: [UInt8]
    ) -> MalformedCase {
      .init("\(name)", about, "RFC 5280 4.2.1", field) { $0.set(identifier, value) }
    }
    let one = "1.2.3.4"
    return [
      value(
        "basicConstraints", "basic-constraints-boolean", "cA is a BOOLEAN that is 1.",
        "2.5.29.19", TLV.sequence(TLV.element(1, [1]))),
      value(
        "basicConstraints", "basic-constraints-default", "cA is FALSE, and written out.",
        "2.5.29.19", TLV.sequence(TLV.element(1, [0]))),
      value(
        "basicConstraints", "basic-constraints-negative", "The path length is negative.",
        "2.5.29.19", TLV.sequence(TLV.true, TLV.integer(0xff))),
      value(
        "basicConstraints", "basic-constraints-leaf-length", "No authority has a path length.",
        "2.5.29.19", TLV.sequence(TLV.integer(0))),
      value(
        "basicConstraints", "basic-constraints-trailing", "basicConstraints have a third field.",
        "2.5.29.19", TLV.sequence(TLV.true, TLV.integer(0), TLV.null)),
      value(
        "keyUsage", "key-usage-nothing", "keyUsage allows nothing.", "2.5.29.15",
        TLV.bits([0])),
      value(
        "keyUsage", "key-usage-empty", "keyUsage is an empty BIT STRING.", "2.5.29.15",
        TLV.bits([])),
      value(
        "keyUsage", "key-usage-octets", "keyUsage is an OCTET STRING.", "2.5.29.15",
        TLV.octets([0x80])),
      value(
        "extKeyUsage", "extended-key-usage-empty", "extKeyUsage is empty.", "2.5.29.37",
        TLV.sequence()),
      value(
        "extKeyUsage", "extended-key-usage-text", "A purpose is a UTF8String.", "2.5.29.37",
        TLV.sequence(TLV.text(0x0c, one))),
      value(
        "subjectKeyIdentifier", "subject-key-identifier-bits",
        "subjectKeyIdentifier is a BIT STRING.", "2.5.29.14", TLV.bits([1])),
      value(
        "authorityKeyIdentifier", "authority-key-identifier-octets",
        "authorityKeyIdentifier is an OCTET STRING.", "2.5.29.35", TLV.octets([1])),
      value(
        "authorityKeyIdentifier", "authority-key-identifier-half",
        "authorityKeyIdentifier has a serial number and no issuer.", "2.5.29.35",
        TLV.sequence(TLV.field(2, [1]))),
      value(
        "nameConstraints", "name-constraints-empty", "nameConstraints are empty.", "2.5.29.30",
        TLV.sequence()),
      value(
        "nameConstraints", "name-constraints-minimum", "A subtree has the minimum 1.",
        "2.5.29.30",
        TLV.sequence(
          TLV.tagged(0, TLV.sequence(NameDER.dns("example.com"), TLV.field(0, [1]))))),
      value(
        "nameConstraints", "name-constraints-range", "An IP range has four bytes.", "2.5.29.30",
        TLV.sequence(TLV.tagged(0, TLV.sequence(NameDER.ip([192, 0, 2, 0]))))),
      value(
        "nameConstraints", "name-constraints-mask", "An IP range's mask has a gap.",
        "2.5.29.30",
        TLV.sequence(
          TLV.tagged(0, TLV.sequence(NameDER.ip([192, 0, 2, 0, 255, 0, 255, 0]))))),
      value(
        "certificatePolicies", "policies-empty", "certificatePolicies are empty.", "2.5.29.32",
        TLV.sequence()),
      value(
        "certificatePolicies", "policies-twice", "A policy is there twice.", "2.5.29.32",
        TLV.sequence(TLV.sequence(TLV.identifier(one)), TLV.sequence(TLV.identifier(one)))),
      value(
        "policyMappings", "policy-mappings-empty", "policyMappings are empty.", "2.5.29.33",
        TLV.sequence()),
      value(
        "policyMappings", "policy-mappings-any", "anyPolicy is mapped to another.",
        "2.5.29.33",
        TLV.sequence(TLV.sequence(TLV.identifier("2.5.29.32.0"), TLV.identifier(one)))),
      value(
        "policyConstraints", "policy-constraints-empty", "policyConstraints are empty.",
        "2.5.29.36", TLV.sequence()),
      value(
        "requireExplicitPolicy", "policy-constraints-negative",
        "requireExplicitPolicy is negative.", "2.5.29.36", TLV.sequence(TLV.field(0, [0xff]))),
      value(
        "inhibitAnyPolicy", "inhibit-any-policy-negative", "inhibitAnyPolicy is negative.",
        "2.5.29.54", TLV.integer(0xff)),
      value(
        "inhibitAnyPolicy", "inhibit-any-policy-octets",
        "inhibitAnyPolicy is an OCTET STRING.", "2.5.29.54", TLV.octets([0])),
      value(
        "cRLDistributionPoints", "distribution-points-empty",
        "There are no distribution points in the extension.", "2.5.29.31", TLV.sequence()),
      value(
        "cRLDistributionPoints", "distribution-points-reasons-only",
        "A distribution point has reasons alone.", "2.5.29.31",
        TLV.sequence(TLV.sequence(TLV.field(1, [6, 0x40])))),
      value(
        "authorityInfoAccess", "information-access-empty",
        "authorityInfoAccess is empty.", "1.3.6.1.5.5.7.1.1", TLV.sequence()),
      value(
        "tlsFeature", "tls-feature-text", "A TLS feature is a UTF8String.",
        "1.3.6.1.5.5.7.1.24", TLV.sequence(TLV.text(0x0c, "5"))),
      value(
        "freshestCRL", "freshest-list-empty", "freshestCRL is empty.", "2.5.29.46",
        TLV.sequence()),
      value(
        "subjectInfoAccess", "subject-information-access-empty", "subjectInfoAccess is empty.",
        "1.3.6.1.5.5.7.1.11", TLV.sequence()),
      value(
        "ocsp-nocheck", "ocsp-no-check-text", "ocsp-nocheck is a UTF8String.",
        "1.3.6.1.5.5.7.48.1.5", TLV.text(0x0c, "")),
      value(
        "signedCertificateTimestampList", "timestamps-short",
        "A list of certificate timestamps ends too early.",
        "1.3.6.1.4.1.11129.2.4.2", TLV.octets([0, 5, 0])),
      value(
        "issuerAltName", "issuer-names-empty", "issuerAltName is empty.", "2.5.29.18",
        TLV.sequence()),
    ]
  }
}
