public import TLSCrypto

/// A certificate to be made, for tests, demonstrations and development servers.
///
/// What it begins with is what a server needs: a leaf for TLS servers, version 3, with the
/// extensions that RFC 5280 wants. All of it can be changed, to things that no authority would
/// sign too, since tests need them.
///
/// ```swift
/// var builder = CertificateBuilder(
///   commonName: "example.com", names: ["example.com", "127.0.0.1"],
///   notBefore: now, notAfter: now.adding(seconds: 86_400))
/// let certificate = try builder.build(selfSignedWith: key, random: &random)
/// ```
///
/// The same builder, keys and randomness make the same bytes.
public struct CertificateBuilder: Sendable {
  /// The subject's common name, of 1 to 64 characters, or `nil` for none. Nobody checks hosts
  /// against it (RFC 9525 section 2); it is for people to read.
  public var commonName: String?

  /// The subject's organization, of 1 to 64 characters, or `nil` for none.
  public var organization: String?

  /// The subject alternative names: DNS names in ASCII, perhaps with `*.` in front, and IP
  /// addresses in text, which become `iPAddress`.
  public var names: [String]

  /// The first second in which the certificate is valid.
  public var notBefore: Timestamp

  /// The last second in which the certificate is valid.
  public var notAfter: Timestamp

  /// The serial number, big-endian: positive, and at most 20 bytes long. `nil` draws 16 bytes from
  /// the randomness.
  public var serialNumber: [UInt8]?

  /// Whether the certificate is an authority's (`cA` of `basicConstraints`).
  public var isCertificateAuthority = false

  /// How many certificates of further authorities may follow before the leaf, or `nil` for any
  /// number (`pathLenConstraint`). Only an authority's certificate may have one.
  public var pathLength: Int?

  /// What the key may do; the extension is critical. Empty leaves it out.
  public var keyUsage: KeyUsage = .digitalSignature

  /// What the certificate is for. Empty leaves the extension out, which allows everything.
  public var extendedKeyUsages: [KeyPurpose] = [.serverAuth]

  /// The names below an authority that are allowed: DNS names, each with all that lies below it,
  /// and ranges of IP addresses such as `192.0.2.0/24`. The extension is critical.
  public var permittedNames: [String] = []

  /// The names below an authority that are not allowed, in the form of ``permittedNames``.
  public var excludedNames: [String] = []

  /// Further extensions, after those that the builder writes. One that has the identifier of an
  /// extension that the builder would write takes its place.
  public var extraExtensions: [Extension] = []

  /// The identifiers, such as `2.5.29.19`, of extensions that the builder is not to write.
  public var omittedExtensions: Set<String> = []

  /// The version. In version 1 there are no extensions, so no names either.
  public var version: Version = .v3

  /// How the certificate is signed.
  public var signature: Signature = .standard

  /// A leaf for a TLS server.
  ///
  /// - Parameters:
  ///   - commonName: the subject's name, for people to read.
  ///   - names: what the server is called; see ``names``.
  ///   - notBefore: the first second in which it is valid.
  ///   - notAfter: the last second in which it is valid.
  public init(
    commonName: String?, names: [String] = [], notBefore: Timestamp, notAfter: Timestamp
  ) {
    self.commonName = commonName
    self.names = names
    self.notBefore = notBefore
    self.notAfter = notAfter
  }

  /// An authority's certificate: it may sign certificates and lists of revoked ones.
  ///
  /// - Parameters:
  ///   - commonName: the authority's name.
  ///   - pathLength: how many authorities may follow before the leaf, or `nil` for any number.
  ///   - notBefore: the first second in which it is valid.
  ///   - notAfter: the last second in which it is valid.
  public static func authority(
    commonName: String, pathLength: Int? = nil, notBefore: Timestamp, notAfter: Timestamp
  ) -> CertificateBuilder {
    var builder = CertificateBuilder(
      commonName: commonName, notBefore: notBefore, notAfter: notAfter)
    builder.isCertificateAuthority = true
    builder.pathLength = pathLength
    builder.keyUsage = [.keyCertSign, .cRLSign]
    builder.extendedKeyUsages = []
    return builder
  }
}
