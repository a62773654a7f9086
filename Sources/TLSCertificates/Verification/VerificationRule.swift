public import TLSCrypto

/// A rule that a certificate, a path or the search for one breaks, with the values compared.
@nonexhaustive
public enum VerificationRule: Sendable, Hashable {
  /// There is no certificate at all.
  case emptyChain
  /// There are more certificates than are looked at.
  case tooManyCertificates(limit: Int, found: Int)
  /// The certificate is no longer valid.
  case expired(notAfter: Timestamp, now: Timestamp)
  /// The certificate is not yet valid.
  case notYetValid(notBefore: Timestamp, now: Timestamp)
  /// The certificate is for other names.
  case nameMismatch(presented: [String], expected: ServerName)
  /// Nothing that is trusted, and nothing that came with it, issued the certificate.
  case untrustedRoot(issuer: String)
  /// The certificate was issued by itself, and is not trusted.
  case selfSigned
  /// The signature is not the issuer's.
  case badSignature(issuer: String)
  /// The certificate was used to issue another, which it may not do.
  case notACertificateAuthority
  /// More authorities follow than the certificate allows.
  case pathTooLong(limit: Int, found: Int)
  /// The key may not be used for this.
  case keyUsage(missing: KeyUsage, found: KeyUsage)
  /// The certificate is for other purposes.
  case extendedKeyUsage(required: OID, found: ExtendedKeyUsage)
  /// The root is trusted for other purposes.
  case rootPurpose(required: TrustRoots.Purposes, found: TrustRoots.Purposes)
  /// The root cannot be read in full.
  case unreadableRoot(String)
  /// The certificate has a critical extension that is not understood.
  case unknownCriticalExtension(OID)
  /// The certificate is signed in a way that proves nothing, or that is unknown.
  case weakSignature(String)
  /// The key is too short, or of a kind that is not accepted.
  case weakKey(String, required: String)
  /// The certificate bears a name that an authority above it may not give.
  case nameConstraints(authority: String, problem: String)
  /// There are more names and name constraints than are compared.
  case tooManyNames(limit: Int)
  /// The path is valid for none of the policies that it must be valid for, in the order of their
  /// numbers; for none at all where none in particular is required.
  case policy(required: [OID], found: [OID])
  /// There are more policies and mappings between them than are followed.
  case tooManyPolicies(limit: Int)
  /// The certificate breaks a rule of RFC 5280 section 4 for what certificates must be like.
  case certificateProfile(CertificateProfileRequirement, found: String)
  /// The certificate breaks a rule of the CA/Browser Forum's Baseline Requirements.
  case baselineRequirement(BaselineRequirement, found: String)
  /// The path holds none of the keys that it must.
  case notPinned(expected: Set<PublicKeyPin>, found: [PublicKeyPin])
  /// The certificate was revoked; `nil` for a reason that was not given.
  case revoked(at: Timestamp, reason: RevocationReason?, source: String)
  /// Nobody says whether the certificate was revoked, and somebody must.
  case revocationUnknown(String)
  /// The stapled OCSP response proves nothing.
  case badStapledStatus(String)
  /// The certificate must come with an OCSP response, and none came.
  case missingStapledStatus
  /// There are more ways through the certificates than are tried.
  case tooManyPaths(limit: Int)
  /// There are more certificates in a path than may be.
  case pathBeyondLimit(limit: Int)
  /// There are more signatures to be checked than are checked.
  case tooManySignatures(limit: Int)
}
