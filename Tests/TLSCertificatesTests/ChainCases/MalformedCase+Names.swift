@testable import TLSCertificates

/// Names, and extensions as such.
extension MalformedCase {
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
}
