public import TLSCrypto

/// A certification authority of one's own, for development servers, demonstrations and tests.
///
/// ```swift
/// var random = SystemRandomSource()
/// let now = SystemTimeSource().now()
/// let authority = try DevelopmentAuthority(now: now, random: &random)
/// let server = try authority.issue(names: ["localhost", "127.0.0.1"], now: now, random: &random)
/// ```
///
/// Clients that trust ``certificate`` accept what it issues. Its key lives only as long as this
/// value and its copies.
public struct DevelopmentAuthority: Sendable {
  /// The authority's own certificate, self-signed.
  public let certificate: Certificate

  /// The key that signs what the authority issues.
  public let key: PrivateKey

  /// How much earlier than now a certificate begins, in seconds: clocks differ.
  private static let backdating: Int64 = 3600

  private static let secondsPerDay: Int64 = 86_400

  /// A new authority, which may issue leaves and nothing else.
  ///
  /// - Parameters:
  ///   - name: the authority's common name, of 1 to 64 characters.
  ///   - keyKind: the sort of its key.
  ///   - days: how long it is valid.
  ///   - now: the present time; its certificate begins an hour earlier.
  ///   - random: where the key and the serial number come from.
  /// - Throws: ``CertificateBuilderError`` if the name is not of that length, or the key cannot be
  ///   made.
  public init(
    name: String = "Development CA", keyKind: PrivateKey.Generation = .ecdsa(.secp256r1),
    validFor days: Int = 365, now: Timestamp, random: inout some RandomSource
  ) throws(CertificateBuilderError) {
    key = try Self.generate(keyKind, &random)
    let builder = CertificateBuilder.authority(
      commonName: name, pathLength: 0, notBefore: Self.start(now), notAfter: Self.end(now, days))
    certificate = try builder.build(selfSignedWith: key, random: &random)
  }

  /// An authority that there is already, from its certificate and its key.
  public init(certificate: Certificate, key: PrivateKey) {
    self.certificate = certificate
    self.key = key
  }

  /// A new certificate for a TLS server, with a new key.
  ///
  /// - Parameters:
  ///   - names: DNS names in ASCII, perhaps with `*.` in front, and IP addresses. The first that
  ///     fits is the common name too.
  ///   - keyKind: the sort of the server's key.
  ///   - days: how long it is valid.
  ///   - now: the present time; the certificate begins an hour earlier.
  ///   - random: where the key and the serial number come from.
  /// - Throws: ``CertificateBuilderError`` if there are no names, or one is none.
  public func issue(
    names: [String], keyKind: PrivateKey.Generation = .ecdsa(.secp256r1), validFor days: Int = 30,
    now: Timestamp, random: inout some RandomSource
  ) throws(CertificateBuilderError) -> (certificate: Certificate, key: PrivateKey) {
    let leafKey = try Self.generate(keyKind, &random)
    let builder = CertificateBuilder(
      commonName: names.first { (1...64).contains($0.unicodeScalars.count) }, names: names,
      notBefore: Self.start(now), notAfter: Self.end(now, days))
    let leaf = try builder.build(
      publicKey: leafKey.publicKey, issuedBy: .init(certificate: certificate, key: key),
      random: &random)
    return (leaf, leafKey)
  }

  private static func start(_ now: Timestamp) -> Timestamp {
    now.adding(seconds: -backdating)
  }

  private static func end(_ now: Timestamp, _ days: Int) -> Timestamp {
    let (seconds, overflow) = Int64(days).multipliedReportingOverflow(by: secondsPerDay)
    return now.adding(seconds: overflow ? (days > 0 ? .max : .min) : seconds)
  }

  private static func generate(
    _ kind: PrivateKey.Generation, _ random: inout some RandomSource
  ) throws(CertificateBuilderError) -> PrivateKey {
    do {
      return try PrivateKey.generate(kind, using: &random)
    } catch {
      throw .crypto(error)
    }
  }
}
