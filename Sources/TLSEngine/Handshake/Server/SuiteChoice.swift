import TLSCrypto

/// Finds what a server and a client have in common, for one identity.
struct SuiteChoice {
  private let configuration: ServerConfiguration
  private let hello: ClientHello
  private let identity: Identity?

  /// The suites that both know and the identity can be used with, in the order in which they are to
  /// be taken.
  let usable: [(CipherSuite, CipherSuiteParameters)]

  /// The suites that the identity can be used with.
  private let allowed: [CipherSuite]

  init(_ setup: ServerSetup, _ hello: ClientHello, _ identity: Identity?) {
    configuration = setup.configuration
    self.hello = hello
    self.identity = identity
    let own = identity?.publicKey.map { CipherSuiteParameters.Authentication($0.kind) }
    allowed = setup.configuration.cipherSuites.filter {
      guard let authentication = $0.parameters?.authentication else { return false }
      return authentication == own || authentication == .preSharedKey
    }
    let (allowed, offered) = (Set(allowed), Set(hello.cipherSuites))
    let order =
      configuration.prefersClientOrder
      ? hello.cipherSuites.filter(allowed.contains)
      : Self.preferred(self.allowed, hello).filter(offered.contains)
    usable = order.compactMap { suite in suite.parameters.map { (suite, $0) } }
  }

  /// A client that puts ChaCha20 first has no hardware for AES, and gets it first.
  private static func preferred(_ suites: [CipherSuite], _ hello: ClientHello) -> [CipherSuite] {
    // GREASE and signalling values say nothing about hardware: the first suite known counts.
    let favourite = hello.cipherSuites.lazy.compactMap(\.parameters).first
    let chaCha20 = RecordCipher.aead(.chaCha20Poly1305)
    guard favourite?.cipher == chaCha20 else { return suites }
    return suites.filter { $0.parameters?.cipher == chaCha20 }
      + suites.filter { $0.parameters?.cipher != chaCha20 }
  }

  /// No suite in common.
  var nothingShared: TLSError {
    TLSError(
      .handshakeFailure, .noSharedCipherSuite(offered: hello.cipherSuites, allowed: allowed))
  }

  /// How keys are exchanged with a suite.
  func exchange(for suite: CipherSuiteParameters) throws(TLSError) -> KeyExchangeSelection {
    let (group, agreement) = try group(for: suite.keyExchange)
    guard let identity, let key = identity.publicKey, suite.authentication != .preSharedKey else {
      return KeyExchangeSelection(group: group, agreement: agreement, proof: .preSharedKey)
    }
    let scheme = try scheme(of: identity)
    if let offered = hello.extensions.offer(of: SupportedGroups.self) {
      try SupportedGroups.checkCurve(of: key.kind, isAmong: offered, alert: .handshakeFailure)
    }
    return KeyExchangeSelection(
      group: group, agreement: agreement, proof: .signature(identity, scheme))
  }

  private func group(
    for exchange: CipherSuiteParameters.KeyExchange
  ) throws(TLSError) -> (NamedGroup, KeyAgreementGroup) {
    let own = configuration.supportedGroups.filter { $0.isFiniteField == (exchange == .dhe) }
    let offered = offeredGroups(for: exchange, own)
    let choice =
      configuration.prefersClientOrder
      ? offered.first(where: own.contains) : own.first(where: offered.contains)
    guard let choice, let agreement = choice.keyAgreement else {
      throw TLSError(
        .handshakeFailure,
        .noSharedGroup(offered: offered, allowed: configuration.supportedGroups))
    }
    return (choice, agreement)
  }

  /// RFC 8422 section 5.1: a client without supported_groups leaves the choice of curve to the server,
  /// so the one that everybody speaks is taken. RFC 7919 section 4: one that names no finite field
  /// leaves that choice to the server.
  private func offeredGroups(
    for exchange: CipherSuiteParameters.KeyExchange, _ own: [NamedGroup]
  ) -> [NamedGroup] {
    let offered = hello.extensions.offer(of: SupportedGroups.self)
    switch exchange {
    case .ecdhe: return offered ?? [.secp256r1]
    case .dhe:
      let fields = (offered ?? []).filter(\.isFiniteField)
      return fields.isEmpty ? own : fields
    }
  }

  /// RFC 5246 section 7.4.1.4.1: a client without signature_algorithms means SHA-1, which is not
  /// spoken here.
  private func scheme(of identity: Identity) throws(TLSError) -> SignatureScheme {
    let offered = hello.extensions.offer(of: SignatureAlgorithms.self) ?? []
    let possible = identity.schemes(among: configuration.signatureSchemes)
    guard let choice = possible.first(where: offered.contains) else {
      throw TLSError(
        .handshakeFailure, .noSharedSignatureScheme(offered: offered, possible: possible))
    }
    return choice
  }
}
