/// Why others read what we refuse to read, by the names of the cases of `malformed`.
///
/// None of it is needed for a path: a reader that takes it is lenient, not wrong. We refuse all that
/// RFC 5280 and DER forbid, since two readers that understand one encoding differently are how
/// certificates are forged.
enum Leniency {
  private static let ber = "it reads BER, where DER is demanded"
  private static let unread = "it does not read this extension where it is not needed"
  private static let text = "it does not look into the text"
  private static let number = "it takes any number, since there are old certificates with such"
  private static let key = "it does not look at the leaf's key"
  private static let rest = "it reads one certificate, and not what follows"

  private static func table(_ groups: [String: String]) -> [String: String] {
    var table: [String: String] = [:]
    for (reason, names) in groups {
      for name in names.split(separator: " ") { table[String(name)] = reason }
    }
    return table
  }

  static let openSSL = table([
    ber: "basic-constraints-default extension-default",
    unread: """
    distribution-points-empty information-access-empty inhibit-any-policy-negative \
    inhibit-any-policy-octets freshest-list-empty issuer-names-empty ocsp-no-check-text \
      subject-information-access-empty timestamps-short name-constraints-empty name-constraints-mask \
    name-constraints-minimum name-constraints-range policies-empty \
    policy-mappings-any \
    policy-mappings-empty tls-feature-text
    """,
    text: "names-email-not-ascii names-not-ascii names-uri-not-ascii subject-bad-printable",
    number: "serial-long serial-negative version-4 version-huge",
    key: "key-infinity",
    rest: "trailing-byte trailing-element names-trailing",
    "it does not look at the parameters of ECDSA": "algorithm-parameters",
    "it looks for duplicates of extensions that it knows": "extensions-unknown-twice",
    "it does not look at the length of an address": "names-address-length",
  ])

  static let certtool = table([
    ber: "basic-constraints-boolean basic-constraints-default extension-default serial-padded",
    unread: """
    authority-key-identifier-half authority-key-identifier-octets basic-constraints-leaf-length \
    basic-constraints-negative basic-constraints-trailing distribution-points-empty \
    distribution-points-reasons-only extended-key-usage-empty information-access-empty \
    inhibit-any-policy-negative inhibit-any-policy-octets freshest-list-empty issuer-names-empty ocsp-no-check-text \
      subject-information-access-empty timestamps-short key-usage-empty \
    key-usage-nothing key-usage-octets name-constraints-empty name-constraints-mask \
    name-constraints-minimum name-constraints-range policies-empty policies-twice \
    policy-constraints-empty policy-constraints-negative policy-mappings-any \
    policy-mappings-empty subject-key-identifier-bits tls-feature-text
    """,
    text: """
    names-email-not-ascii names-not-ascii names-uri-not-ascii subject-bad-printable \
    subject-bad-utf8 subject-empty-part
    """,
    number: "serial-empty serial-long serial-negative version-4",
    key: """
    key-infinity key-no-curve key-off-curve key-secp256k1 key-short-point key-unknown \
    key-unused-bits
    """,
    "it does not look at the parameters of ECDSA": "algorithm-parameters",
    "it does not look at the length of an address": "names-address-length",
    "it reads times that there are not": "time-february-30 time-no-seconds",
  ])
}
