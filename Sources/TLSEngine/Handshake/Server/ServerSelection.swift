import TLSCrypto

/// What a server chooses for one ClientHello and one identity: suite, group and signature.
struct ServerSelection: Sendable {
  let setup: ServerSetup
  let hello: ClientHello
  let identity: Identity
  let cipherSuite: CipherSuite
  let suite: CipherSuiteParameters
  let group: NamedGroup
  let agreement: KeyAgreementGroup
  let scheme: SignatureScheme

  /// - Throws: `handshake_failure`, with both sides' lists, where nothing fits.
  init(
    _ setup: ServerSetup, _ hello: ClientHello, _ identity: Identity
  ) throws(TLSError) {
    guard let key = identity.publicKey else {
      throw TLSError(.handshakeFailure, .noIdentity)
    }
    self.setup = setup
    self.hello = hello
    self.identity = identity
    (group, agreement) = try Self.group(setup.configuration, hello)
    scheme = try Self.scheme(setup.configuration, hello, identity)
    (cipherSuite, suite) = try Self.suite(setup.configuration, hello, key.kind)
    if let offered = hello.extensions.offer(of: SupportedGroups.self) {
      try SupportedGroups.checkCurve(of: key.kind, isAmong: offered, alert: .handshakeFailure)
    }
  }

  /// RFC 8422 section 5.1: a client without supported_groups leaves the choice to the server, so the
  /// one group that everybody speaks is taken.
  private static func group(
    _ configuration: ServerConfiguration, _ hello: ClientHello
  ) throws(TLSError) -> (NamedGroup, KeyAgreementGroup) {
    let offered = hello.extensions.offer(of: SupportedGroups.self) ?? [.secp256r1]
    let choice = first(
      of: configuration.supportedGroups, among: offered,
      clientDecides: configuration.prefersClientOrder)
    guard let choice, let agreement = choice.keyAgreement else {
      throw TLSError(
        .handshakeFailure,
        .noSharedGroup(offered: offered, allowed: configuration.supportedGroups))
    }
    return (choice, agreement)
  }

  /// RFC 5246 section 7.4.1.4.1: a client without signature_algorithms means SHA-1, which is not
  /// spoken here.
  private static func scheme(
    _ configuration: ServerConfiguration, _ hello: ClientHello, _ identity: Identity
  ) throws(TLSError) -> SignatureScheme {
    let offered = hello.extensions.offer(of: SignatureAlgorithms.self) ?? []
    let possible = identity.schemes(among: configuration.signatureSchemes)
    guard let choice = possible.first(where: offered.contains) else {
      throw TLSError(
        .handshakeFailure, .noSharedSignatureScheme(offered: offered, possible: possible))
    }
    return choice
  }

  private static func suite(
    _ configuration: ServerConfiguration, _ hello: ClientHello, _ kind: PublicKey.Kind
  ) throws(TLSError) -> (CipherSuite, CipherSuiteParameters) {
    let usable = configuration.cipherSuites.filter {
      $0.parameters?.authentication == CipherSuiteParameters.Authentication(kind)
    }
    let choice = first(
      of: preferred(usable, hello), among: hello.cipherSuites,
      clientDecides: configuration.prefersClientOrder)
    guard let choice, let parameters = choice.parameters else {
      throw TLSError(
        .handshakeFailure, .noSharedCipherSuite(offered: hello.cipherSuites, allowed: usable))
    }
    return (choice, parameters)
  }

  /// A client that puts ChaCha20 first has no hardware for AES, and gets it first.
  private static func preferred(_ suites: [CipherSuite], _ hello: ClientHello) -> [CipherSuite] {
    // GREASE and signalling values say nothing about hardware: the first suite known counts.
    let favourite = hello.cipherSuites.lazy.compactMap(\.parameters).first
    guard favourite?.cipher == .aead(.chaCha20Poly1305) else { return suites }
    return suites.filter { $0.parameters?.cipher == .aead(.chaCha20Poly1305) }
      + suites.filter { $0.parameters?.cipher != .aead(.chaCha20Poly1305) }
  }

  private static func first<Value: Equatable>(
    of own: [Value], among offered: [Value], clientDecides: Bool
  ) -> Value? {
    clientDecides ? offered.first(where: own.contains) : own.first(where: offered.contains)
  }
}
