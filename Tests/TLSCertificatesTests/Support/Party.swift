import TLSCrypto

@testable import TLSCertificates

/// Somebody with a certificate and its key: an authority, or a server.
struct Party {
  let certificate: Certificate
  let key: PrivateKey

  /// The time at which chains are verified, unless a test says otherwise.
  static let now = Timestamp(secondsSince1970: 1_798_761_600)  // 2027-01-01T00:00:00Z
  static let notBefore = now.adding(seconds: -86_400)
  static let notAfter = now.adding(seconds: 86_400)

  /// A key that is made of its name.
  static func key(
    _ seed: String, _ kind: PrivateKey.Generation = .ecdsa(.secp256r1)
  ) throws -> PrivateKey {
    var random = DeterministicRandomSource(seed: Array(seed.utf8))
    return try PrivateKey.generate(kind, using: &random)
  }

  /// A root that allows everything.
  static func root(
    _ name: String = "Root", key: PrivateKey? = nil,
    _ change: (inout CertificateBuilder) -> Void = { _ in }
  ) throws -> Party {
    let key = try key ?? Self.key(name)
    var builder = CertificateBuilder.authority(
      commonName: name, notBefore: notBefore, notAfter: notAfter)
    change(&builder)
    var random = DeterministicRandomSource(seed: Array("root \(name)".utf8))
    return Party(
      certificate: try builder.build(selfSignedWith: key, random: &random), key: key)
  }

  /// An authority below this one.
  func authority(
    _ name: String, key: PrivateKey? = nil,
    _ change: (inout CertificateBuilder) -> Void = { _ in }
  ) throws -> Party {
    var builder = CertificateBuilder.authority(
      commonName: name, notBefore: Self.notBefore, notAfter: Self.notAfter)
    change(&builder)
    return try sign(builder, key: key ?? Self.key(name))
  }

  /// A server's certificate below this one.
  func leaf(
    _ names: [String] = ["example.com"], commonName: String? = "Leaf", key: PrivateKey? = nil,
    _ change: (inout CertificateBuilder) -> Void = { _ in }
  ) throws -> Party {
    var builder = CertificateBuilder(
      commonName: commonName, names: names, notBefore: Self.notBefore, notAfter: Self.notAfter)
    change(&builder)
    return try sign(builder, key: key ?? Self.key("leaf"))
  }

  private func sign(_ builder: CertificateBuilder, key: PrivateKey) throws -> Party {
    var random = DeterministicRandomSource(
      seed: Array("\(builder.commonName ?? "") \(builder.names)".utf8))
    let certificate = try builder.build(
      publicKey: key.publicKey, issuedBy: .init(certificate: self.certificate, key: self.key),
      random: &random)
    return Party(certificate: certificate, key: key)
  }
}

extension Certificate {
  /// The one certificate of a fixture.
  init(fixture text: String) throws {
    let certificates = try Certificate.chain(pem: Array(text.utf8))
    guard certificates.count == 1, let certificate = certificates.first else {
      throw CertificateFileError.noCertificate(found: [])
    }
    self = certificate
  }
}

/// Verifies a chain as a client would that trusts these roots.
func verify(
  _ chain: [Certificate], trusting roots: [Certificate], for name: String? = "example.com",
  usage: ChainVerifier.Usage = .server, at time: Timestamp = Party.now,
  policy: ChainVerifier.Policy = .init()
) throws -> VerifiedChain {
  let verifier = ChainVerifier(roots: TrustRoots(certificates: roots), policy: policy)
  return try verifier.verify(chain, for: name.map(ServerName.init), usage: usage, at: time)
}

/// Why a chain is refused, or `nil` if it is not.
func refusal(
  of chain: [Certificate], trusting roots: [Certificate], for name: String? = "example.com",
  usage: ChainVerifier.Usage = .server, at time: Timestamp = Party.now,
  policy: ChainVerifier.Policy = .init()
) throws -> VerificationError? {
  do {
    _ = try verify(
      chain, trusting: roots, for: name, usage: usage, at: time, policy: policy)
    return nil
  } catch let error as VerificationError {
    return error
  }
}

/// What comes of a verification, and what it cost.
struct Verdict {
  let chain: VerifiedChain?
  let error: VerificationError?
  let work: VerificationWork

  init(
    _ chain: [Certificate], trusting roots: [Certificate], for name: String? = "example.com",
    usage: ChainVerifier.Usage = .server,
    _ change: (inout ChainVerifier.Policy) -> Void = { _ in }
  ) throws {
    var policy = ChainVerifier.Policy()
    change(&policy)
    let verifier = ChainVerifier(roots: TrustRoots(certificates: roots), policy: policy)
    let name = try name.map(ServerName.init)
    var work = VerificationWork(policy: policy)
    do {
      self.chain = try verifier.verify(
        chain, for: name, usage: usage, at: Party.now, stapledStatus: .notRequested, work: &work)
      self.error = nil
    } catch {
      self.chain = nil
      self.error = error
    }
    self.work = work
  }

  var rule: VerificationRule? { error?.rule }
}
