import TLSCertificates
import TLSCrypto

/// Makes authorities and leaves, writes them, and says so.
struct Workshop {
  let directory: String
  let key: KeySort
  let now: Timestamp
  private var random = SystemRandomSource()

  /// How much earlier than now a certificate begins, in seconds: clocks differ.
  private static let backdating: Int64 = 3600

  private static let secondsPerDay: Int64 = 86_400

  init(directory: String, key: KeySort, now: Timestamp) {
    self.directory = directory
    self.key = key
    self.now = now
  }

  /// The authority in these files, made if there is none.
  mutating func authority(
    in files: FilePair, named name: String, days: Int
  ) throws -> CertificateBuilder.Issuer {
    if try files.exist() { return try existing(files) }
    let key = try newKey()
    // Room for an intermediate authority, and no more.
    let builder = CertificateBuilder.authority(
      commonName: name, pathLength: 1, notBefore: now.adding(seconds: -Self.backdating),
      notAfter: now.adding(seconds: Int64(days) * Self.secondsPerDay))
    let certificate = try builder.build(selfSignedWith: key, random: &random)
    try write([certificate], key, to: files)
    Output.line(
      ("made the authority \(certificate.subject) in \(files.certificate), to be trusted; its key is "
        + "in \(files.key), to be kept").printable)
    return CertificateBuilder.Issuer(certificate: certificate, key: key)
  }

  /// The authority below another in these files, made if there is none.
  mutating func intermediate(
    in files: FilePair, under root: CertificateBuilder.Issuer
  ) throws -> CertificateBuilder.Issuer {
    if try files.exist() {
      let issuer = try existing(files)
      // Another authority of the same name has another key.
      let isOfRoot =
        issuer.certificate.issuer == root.certificate.subject
        && issuer.certificate.authorityKeyIdentifier?.keyIdentifier
          == root.certificate.subjectKeyIdentifier
      guard isOfRoot else {
        throw Failure(
          .usage,
          "\(files.certificate) was issued by \(issuer.certificate.issuer), not by this "
            + "\(root.certificate.subject); move it and its key away, and a new one is made")
      }
      return issuer
    }
    guard root.certificate.basicConstraints?.pathLength != 0 else {
      throw Failure(
        .usage, "\(root.certificate.subject) allows no authority below it: its path length is 0")
    }
    let key = try newKey()
    let name = "\(root.certificate.subject.commonName ?? "Development CA") intermediate"
    let builder = CertificateBuilder.authority(
      commonName: String(name.suffix(64)), pathLength: 0,
      notBefore: now.adding(seconds: -Self.backdating), notAfter: root.certificate.notAfter)
    let certificate = try builder.build(
      publicKey: key.publicKey, issuedBy: root, random: &random)
    try write([certificate], key, to: files)
    Output.line(
      ("made the intermediate authority \(certificate.subject) in \(files.certificate); its key is in "
        + files.key).printable)
    return CertificateBuilder.Issuer(certificate: certificate, key: key)
  }

  /// A leaf from the first of these; the certificates of all but the last stand behind it.
  mutating func leaf(_ request: LeafRequest, from issuers: [CertificateBuilder.Issuer]) throws {
    guard let issuer = issuers.first else { return }
    let files = request.files
    let key = try newKey()
    let builder = request.builder(now: now, latestEnd: issuer.certificate.notAfter)
    let leaf = try builder.build(publicKey: key.publicKey, issuedBy: issuer, random: &random)
    let chain = [leaf] + issuers.dropLast().map(\.certificate)
    try write(chain, key, to: files, replacing: request.replacesFiles)
    let names = leaf.subjectAlternativeNames?.texts.joined(separator: ", ") ?? ""
    Output.line(
      ("made the certificate for \(names) in \(files.certificate), valid until "
        + "\(leaf.notAfter); its key is in \(files.key)").printable)
  }

  /// An authority that is there.
  private func existing(_ files: FilePair) throws -> CertificateBuilder.Issuer {
    let certificate = try Files.certificates(files.certificate)[0]
    let key = try Files.privateKey(files.key)
    guard certificate.publicKey == key.publicKey else {
      throw Failure(.usage, "\(files.key) is not the key of \(files.certificate)")
    }
    guard certificate.basicConstraints?.isAuthority == true else {
      throw Failure(.usage, "\(files.certificate) is no authority's certificate")
    }
    guard now <= certificate.notAfter else {
      throw Failure(
        .usage,
        "the authority in \(files.certificate) expired at \(certificate.notAfter); move it and its "
          + "key away, and a new one is made")
    }
    Output.line(
      "using the authority \(certificate.subject) in \(files.certificate)".printable)
    return CertificateBuilder.Issuer(certificate: certificate, key: key)
  }

  private mutating func newKey() throws -> PrivateKey {
    try PrivateKey.generate(key.generation, using: &random)
  }

  /// The key first: a certificate without one is of no use.
  ///
  /// - Parameter replacing: whether what is there may go. What an authority has never may, not even
  ///   what another process has made since this one looked.
  private func write(
    _ chain: [Certificate], _ key: PrivateKey, to files: FilePair, replacing: Bool = false
  ) throws {
    let text = key.pkcs8PEM()
    let certificates = Array(chain.map(\.pem).joined().utf8)
    try Files.put(text.bytes, to: files.key, for: .owner, replacing: replacing)
    do {
      try Files.put(
        certificates.rawSpan, to: files.certificate, for: .everybody, replacing: replacing)
    } catch {
      // A key without a certificate would stand in the way of the next run.
      if !replacing { Descriptor.remove(files.key) }
      throw error
    }
  }
}
