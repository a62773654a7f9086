public import TLSCertificates
public import TLSCrypto

/// A certificate chain and the key that goes with it.
public struct Identity: Sendable {
  /// The chain, leaf first; the root may be left out.
  public let certificates: [Certificate]

  /// What the issuer says about the leaf's revocation: an OCSP response, in DER (RFC 6960), which is
  /// sent to clients that ask for it (RFC 6066 section 8). It lives for days only: take care to renew
  /// it.
  public var stapledStatus: [UInt8]?

  /// What public logs say of the leaf, for clients that ask (RFC 6962 section 3.3.1): each the
  /// `SignedCertificateTimestamp` of one log as the log made it, and together at most 32768 bytes,
  /// two for the length of each among them.
  public var signedCertificateTimestamps: [[UInt8]] = []

  /// How its key signs, the favourite first, in place of the configuration's `signatureSchemes`: for a
  /// key that cannot do everything, as some devices' keys for RSA cannot do PSS. `nil` for all that its
  /// kind can do.
  public var signatureSchemes: [SignatureScheme]?

  /// Who signs.
  let signer: Signer

  enum Signer: Sendable {
    case key(PrivateKey)
    case elsewhere
  }

  /// An identity whose key is here.
  ///
  /// - Throws: ``IdentityError`` if there is no certificate or the key is not the leaf's.
  public init(certificates: [Certificate], privateKey: PrivateKey) throws(IdentityError) {
    guard let leaf = certificates.first else { throw .noCertificate }
    guard leaf.publicKey == privateKey.publicKey else {
      throw .keyMismatch(certificate: leaf.publicKey, key: privateKey.publicKey)
    }
    self.certificates = certificates
    signer = .key(privateKey)
  }

  /// An identity whose key is somewhere else: in an HSM, an agent, another process.
  ///
  /// The engine asks ``Question/sign(_:)`` for each signature and waits for the answer.
  ///
  /// - Throws: ``IdentityError/noCertificate``.
  public init(signingElsewhereWith certificates: [Certificate]) throws(IdentityError) {
    guard !certificates.isEmpty else { throw .noCertificate }
    self.certificates = certificates
    signer = .elsewhere
  }

  /// The leaf's public key.
  var publicKey: PublicKey? { certificates.first?.publicKey }

  /// Whether the leaf is a certificate for `name`, exactly or by a wildcard.
  func covers(_ name: ServerName) -> Bool {
    certificates.first?.matches(name) ?? false
  }

  /// The same for a name that has not been read.
  func covers(_ name: String) -> Bool {
    guard let name = try? ServerName(name) else { return false }
    return covers(name)
  }

  /// Whether the leaf has `name` itself among its names, and not only a wildcard that covers it.
  func names(exactly name: String) -> Bool {
    let names = certificates.first?.subjectAlternativeNames?.dnsNames ?? []
    return names.contains { $0.lowercased() == name }
  }

  /// The schemes of `allowed` that the key can sign with, the best for its curve first; its own, in
  /// their order, where it has such.
  func schemes(among allowed: [SignatureScheme]) -> [SignatureScheme] {
    guard let kind = publicKey?.kind else { return [] }
    if let signatureSchemes { return signatureSchemes.filter { $0.suits(kind) } }
    let possible = allowed.filter { $0.suits(kind) }
    return possible.filter { $0.matchesStrength(of: kind) }
      + possible.filter { !$0.matchesStrength(of: kind) }
  }
}

/// Why certificates and a key make no identity.
public enum IdentityError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is no certificate.
  case noCertificate

  /// The key does not belong to the leaf certificate.
  case keyMismatch(certificate: PublicKey, key: PublicKey)

  /// What is wrong, in a sentence.
  public var description: String {
    switch self {
    case .noCertificate: "an identity needs at least one certificate"
    case .keyMismatch(let certificate, let key):
      certificate.kind == key.kind
        ? "the private key is another \(key) than the one in the certificate"
        : "the private key is \(key), and the certificate is for \(certificate)"
    }
  }
}
