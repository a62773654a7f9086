import TLSCertificates
import TLSCrypto

/// What a server knows before the client says a word. Shared by the states of one handshake.
final class ServerSetup: Sendable {
  let configuration: ServerConfiguration

  /// Who judges clients' chains, or `nil` if the caller is asked.
  let verifier: ChainVerifier?

  /// What clients are asked for, if they are.
  let certificateRequest: CertificateRequest?

  /// What a session made here may not cross.
  let sessionPolicy: [UInt8]

  /// Checks the configuration.
  init(_ configuration: consuming ServerConfiguration) throws(TLSError) {
    try ConfigurationRules.check(configuration)
    let verifier: ChainVerifier? =
      switch configuration.clientVerification {
      case .roots(let roots): ChainVerifier(roots: roots)
      case .verifier(let verifier): verifier
      case .ask: nil
      }
    self.verifier = verifier
    certificateRequest = try Self.certificateRequest(configuration, verifier)
    sessionPolicy = try configuration.sessionPolicy.value { () throws(TLSError) in
      try Self.sessionPolicy(configuration)
    }
    configuration.supportedGroups = NamedGroup.groups(
      configuration.supportedGroups, for: configuration.cipherSuites, on: .server)
    self.configuration = configuration
  }

  /// What clients are asked for, or `nil` if they are not.
  private static func certificateRequest(
    _ configuration: ServerConfiguration, _ verifier: ChainVerifier?
  ) throws(TLSError) -> CertificateRequest? {
    guard configuration.clientAuthentication != .none else { return nil }
    return try configuration.certificateRequest.value { () throws(TLSError) in
      try CertificateRequest(configuration, verifier)
    }
  }

  /// The digest that a session remembers: of the caller's context, of what was demanded of the client,
  /// and of whether the caller was to judge it. Where roots judge, they do so again. What is read here has
  /// a `didSet` in ``ServerConfiguration`` that has it made anew.
  private static func sessionPolicy(
    _ configuration: ServerConfiguration
  ) throws(TLSError) -> [UInt8] {
    let authentication: UInt8 =
      switch configuration.clientAuthentication {
      case .none: 0
      case .requested: 1
      case .required: 2
      }
    var verdict: UInt8 = 0
    if authentication != 0, case .ask = configuration.clientVerification { verdict = 1 }
    let input = [authentication, verdict] + configuration.sessionContext
    do {
      return try Hash.digest(of: input.rawSpan, using: .sha256).array
    } catch {
      throw TLSError(error)
    }
  }

  /// Whether this server may have to check a signature over the handshake.
  var mayVerify: Bool { certificateRequest != nil }
}

extension CertificateRequest {
  /// What a server asks for, if it does.
  fileprivate init(
    _ configuration: ServerConfiguration, _ verifier: ChainVerifier?
  ) throws(TLSError) {
    let names = configuration.clientAuthorities ?? Self.names(of: verifier)
    let byteCount = names.reduce(0) { $0 + 2 + $1.der.count }
    guard byteCount <= 65_535 else {
      throw .misuse(
        "the names of \(names.count) client authorities take \(byteCount) bytes, and only 65535 fit; "
          + "name fewer in clientAuthorities, or none")
    }
    let schemes = configuration.signatureSchemes
    let types: [(UInt8, Bool)] = [
      (Self.rsaSign, schemes.contains { $0.isForRSA }),
      (Self.ecdsaSign, schemes.contains { !$0.isForRSA }),
    ]
    self.init(
      certificateTypes: types.filter(\.1).map(\.0), signatureSchemes: schemes,
      certificateAuthorities: names.map(\.der))
  }

  private static func names(of verifier: ChainVerifier?) -> [DistinguishedName] {
    verifier?.roots.subjects(for: .clientAuthentication) ?? []
  }
}
