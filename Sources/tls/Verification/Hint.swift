import TLSCertificates
import TLSCrypto

/// What to do about a failure, where there is something to be done.
struct Hint {
  let failure: VerificationFailure
  /// Who is trusted, as far as that is known.
  let roots: TrustRoots?
  /// Whether a certificate that was tried must come with an OCSP response, whatever the options say.
  let mustStaple: Bool

  /// How many names are listed.
  private static let shownNameCount = 20

  /// A sentence or two without the last full stop.
  var text: String? {
    switch failure.rule {
    case .expired(let notAfter, let now):
      "it expired \(TimeWords.length(from: notAfter, to: now)) ago, and has to be issued anew"
    case .notYetValid(let notBefore, let now):
      "it begins in \(TimeWords.length(from: now, to: notBefore)): is the clock of this machine "
        + "right?"
    case .nameMismatch(let presented, let expected): names(presented, expected)
    case .untrustedRoot: issuer
    case .selfSigned:
      "give it with --ca to trust it, once its SHA-256 was compared with what its owner says"
    case .badSignature:
      "the issuer's name is right and its key is another: give the certificate of the key that "
        + "signed this one, with --untrusted, or with --ca if it is a root"
    case .notACertificateAuthority:
      "a certificate that may issue others has basicConstraints with cA: this one belongs to a "
        + "server or a person, and somebody used its key"
    case .extendedKeyUsage(let required, let found): usage(required, found)
    case .weakKey, .weakSignature: algorithm
    default: revocation
    }
  }

  private func names(_ presented: [String], _ expected: ServerName) -> String {
    guard presented.isEmpty else {
      let shown = presented.prefix(Self.shownNameCount).joined(separator: ", ")
      let more = presented.count - min(presented.count, Self.shownNameCount)
      return "use one of its names (\(shown)\(more > 0 ? " and \(more) more" : "")), or have it "
        + "issued for \(expected) too"
    }
    let isCommonName = failure.certificate?.subject.commonName?.lowercased() == expected.description
    return isCommonName
      ? "\(expected) is its common name alone, which counts for nothing: have it issued with a "
        + "subjectAltName"
      : "it has no subjectAltName: have it issued for \(expected)"
  }

  private var issuer: String {
    if let name = failure.certificate?.issuer, let roots, roots.subjects().contains(name) {
      return "a root of that name is trusted, and it has another key: was the authority made anew? "
        + "Trust the one whose key signed this, or have this issued by the other"
    }
    let places = failure.certificate?.authorityInformationAccess?.caIssuerURLs ?? []
    let place = places.first.map { "; it may be at \($0)" } ?? ""
    return
      "give the issuer's certificate: with --untrusted if something that is trusted issued it, "
      + "with --ca if it is a root to be trusted itself\(place)"
  }

  private func usage(_ required: OID, _ found: ExtendedKeyUsage) -> String? {
    switch (required, found) {
    case (.serverAuth, let found) where found.allowsClientAuthentication:
      "it is a client's certificate: 'tls verify --usage client' judges it as one"
    case (.clientAuth, let found) where found.allowsServerAuthentication:
      "it is a server's certificate: have one issued for clients"
    default: nil
    }
  }

  private var algorithm: String {
    if case .weakKey = failure.rule, case .rsa = failure.certificate?.publicKey.kind {
      return "have it issued for a stronger key; --algorithms legacy takes RSA from 1024 bits on"
    }
    return "have it issued anew with a key and a signature of today"
  }

  private var revocation: String? {
    switch failure.rule {
    case .revoked: "nothing makes it good again: have another issued for a new key"
    case .revocationUnknown:
      "give a list that is newer, or that speaks of it, with --crl; --crl-unknown accept goes on "
        + "without"
    case .badStapledStatus:
      "get a response that is newer from the issuer's responder"
        + (mustStaple ? "" : "; --ocsp-check soft goes on without")
    case .missingStapledStatus: "the server has to staple an OCSP response"
    case .notPinned:
      "if the change of keys is meant, give the pin of one of these keys with --pin"
    case .tooManyPaths, .tooManySignatures, .tooManyCertificates:
      "leave out certificates that do not lead from this one to a root"
    default: nil
    }
  }
}
