@testable import TLSCertificates

/// The fields of a certificate, without its names and extensions.
extension MalformedCase {
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
}
