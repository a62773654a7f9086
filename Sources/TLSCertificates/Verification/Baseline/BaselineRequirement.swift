/// A rule of the CA/Browser Forum's Baseline Requirements for publicly trusted TLS server
/// certificates, by the numbers of version 2.2.6.
///
/// They are asked of servers' certificates where ``ChainVerifier/Policy/profile`` says so, on top of
/// RFC 5280. What an authority must do and no certificate shows is not among them, nor what says where
/// its documents and its revocation lists are: policies, authorityInfoAccess, cRLDistributionPoints.
/// A root is asked for its key alone.
@nonexhaustive
public enum BaselineRequirement: Sendable, Hashable, CaseIterable {
  /// Certificates are of version 3.
  case version
  /// Serial numbers are greater than zero and less than 2^159.
  case serialNumber
  /// No unique identifiers are there.
  case noUniqueIdentifiers
  /// The issuer's name is that of the issuer's certificate, byte for byte.
  case issuerName
  /// RSA keys have 2048 bits or more, and a multiple of 8; other keys lie on P-256, P-384 or P-521.
  case key
  /// RSA signatures are with SHA-256, SHA-384 or SHA-512; ECDSA's with the hash of the key's curve.
  case signature
  /// No subscriber's certificate is valid for longer than was allowed when it was issued.
  case lifetime
  /// Extended key usages are there, and serverAuth is one of them.
  case serverAuthentication
  /// No extended key usage is there that is for other things than TLS.
  case purposes
  /// A subscriber's key is for handshakes and not for certificates; the extension is critical.
  case keyUsage
  /// A subscriber is no authority.
  case notAnAuthority
  /// A subscriber has no name constraints.
  case noNameConstraints
  /// Subject alternative names are there.
  case alternativeNames
  /// They are critical if there is no subject, and not if there is one.
  case alternativeNamesCriticality
  /// They are DNS names and IP addresses, and nothing else.
  case alternativeNameForms
  /// A DNS name is made of labels of letters, digits and hyphens, the first perhaps an asterisk.
  case dnsName
  /// A DNS name ends in a domain that the public has.
  case internalName
  /// A DNS name is none of those that stand for addresses.
  case reverseZone
  /// An IP address is none of those that are reserved.
  case reservedAddress
  /// A common name, if one is there, is one of the alternative names.
  case commonName
  /// The authority's key is named, in all certificates but a root's.
  case authorityKeyIdentifier
  /// An authority's key has a name.
  case subjectKeyIdentifier
  /// An authority's basicConstraints are critical.
  case basicConstraints
  /// An authority's key may sign certificates and revocation lists, and the extension is critical.
  case authorityKeyUsage

  /// Where the rule stands.
  public var section: String {
    switch self {
    case .version: "7.1.1"
    case .serialNumber, .noUniqueIdentifiers, .issuerName: "7.1.2.7"
    case .key: "6.1.5"
    case .signature: "7.1.3.2"
    case .lifetime: "6.3.2"
    case .serverAuthentication, .purposes: "7.1.2.7.10"
    case .keyUsage: "7.1.2.7.11"
    case .notAnAuthority: "7.1.2.7.8"
    case .noNameConstraints: "7.1.2.7.6"
    case .alternativeNames, .alternativeNamesCriticality, .alternativeNameForms, .dnsName,
      .internalName, .reverseZone, .reservedAddress:
      "7.1.2.7.12"
    case .commonName: "7.1.4.3"
    case .authorityKeyIdentifier: "7.1.2.11.1"
    case .subjectKeyIdentifier: "7.1.2.11.4"
    case .basicConstraints: "7.1.2.6.1"
    case .authorityKeyUsage: "7.1.2.10.7"
    }
  }

  /// What the rule wants.
  public var expected: String {
    switch self {
    case .version: "version 3"
    case .serialNumber: "a serial number from 1 to 2^159 - 1"
    case .noUniqueIdentifiers: "no unique identifiers"
    case .issuerName: "the issuer's name byte for byte"
    case .key: "RSA of 2048 bits or more and a multiple of 8, or ECDSA P-256, P-384 or P-521"
    case .signature: "RSA with SHA-2, or ECDSA with the hash of its curve"
    case .lifetime: "a lifetime no longer than allowed on the day of notBefore"
    case .serverAuthentication: "extKeyUsage with serverAuth"
    case .purposes: "no purposes but those of TLS"
    case .keyUsage: "a critical keyUsage for handshakes alone"
    case .notAnAuthority: "a certificate that is no authority's"
    case .noNameConstraints: "no nameConstraints"
    case .alternativeNames: "subjectAltName"
    case .alternativeNamesCriticality: "subjectAltName critical if and only if the subject is empty"
    case .alternativeNameForms: "DNS names and IP addresses alone"
    case .dnsName:
      "a DNS name of letters, digits and hyphens, with an asterisk at most as its first label"
    case .internalName: "a DNS name below a public top-level domain"
    case .reverseZone: "no DNS name in in-addr.arpa or ip6.arpa"
    case .reservedAddress: "an IP address that is not reserved"
    case .commonName: "one common name at most, and of the alternative names"
    case .authorityKeyIdentifier: "authorityKeyIdentifier with a keyIdentifier"
    case .subjectKeyIdentifier: "subjectKeyIdentifier"
    case .basicConstraints: "critical basicConstraints"
    case .authorityKeyUsage:
      "a critical keyUsage with keyCertSign and cRLSign, and no more than digitalSignature"
    }
  }
}
