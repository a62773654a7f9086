import TLSCrypto

/// Finds what a server and a client have in common, for one identity.
///
/// A hello may be long, and may say the same thing often: each of its lists is gone through once,
/// however many suites, groups and schemes the server has, and only what the server has is kept of it.
struct SuiteChoice {
  private let configuration: ServerConfiguration
  private let hello: ClientHello
  private let identity: Identity?

  /// The suites that both know and the identity can be used with, in the order in which they are to
  /// be taken.
  let usable: [(CipherSuite, CipherSuiteParameters)]

  /// The suites that the identity can be used with.
  private let allowed: [CipherSuite]

  private let curves: SharedGroup
  private let fields: SharedGroup

  /// The signatures that the identity can make, and the first of them that the client can check.
  private let schemes: [SignatureScheme]
  private let scheme: SignatureScheme?

  init(_ setup: ServerSetup, _ hello: ClientHello, _ identity: Identity?) {
    configuration = setup.configuration
    self.hello = hello
    self.identity = identity
    allowed = Self.allowed(setup.configuration, identity)
    let order =
      configuration.prefersClientOrder
      ? Self.inClientOrder(allowed, hello) : Self.inServerOrder(allowed, hello)
    usable = order.compactMap { suite in suite.parameters.map { (suite, $0) } }
    curves = SharedGroup(.ecdhe, setup.configuration, hello)
    fields = SharedGroup(.dhe, setup.configuration, hello)
    schemes = identity?.schemes(among: configuration.signatureSchemes) ?? []
    // RFC 5246 section 7.4.1.4.1: a client without signature_algorithms means SHA-1, which is not
    // spoken here.
    let offered = hello.extensions.offer(of: SignatureAlgorithms.self) ?? []
    scheme = offered.shared(with: schemes).first
  }

  private static func allowed(
    _ configuration: ServerConfiguration, _ identity: Identity?
  ) -> [CipherSuite] {
    let own = identity?.publicKey.map { CipherSuiteParameters.Authentication($0.kind) }
    return configuration.cipherSuites.filter {
      guard let authentication = $0.parameters?.authentication else { return false }
      return authentication == own || authentication == .preSharedKey
    }
  }

  private static func inClientOrder(
    _ allowed: [CipherSuite], _ hello: ClientHello
  ) -> [CipherSuite] {
    var left = Set(allowed)
    return hello.cipherSuites.filter { left.remove($0) != nil }
  }

  /// A client that puts ChaCha20 first has no hardware for AES, and gets it first.
  private static func inServerOrder(
    _ allowed: [CipherSuite], _ hello: ClientHello
  ) -> [CipherSuite] {
    let shared = hello.cipherSuites.shared(with: allowed)
    // GREASE and signalling values say nothing about hardware: the first suite known counts.
    let favourite = hello.cipherSuites.lazy.compactMap(\.parameters).first
    let chaCha20 = RecordCipher.aead(.chaCha20Poly1305)
    guard favourite?.cipher == chaCha20 else { return shared }
    return shared.filter { $0.parameters?.cipher == chaCha20 }
      + shared.filter { $0.parameters?.cipher != chaCha20 }
  }

  /// No suite in common.
  var nothingShared: TLSError {
    TLSError(
      .handshakeFailure, .noSharedCipherSuite(offered: hello.cipherSuites, allowed: allowed))
  }

  /// How keys are exchanged with a suite.
  func exchange(for suite: CipherSuiteParameters) throws(TLSError) -> KeyExchangeSelection {
    let (group, agreement) = try (suite.keyExchange == .ecdhe ? curves : fields).choice()
    switch suite.authentication {
    case .preSharedKey:
      return KeyExchangeSelection(group: group, agreement: agreement, proof: .preSharedKey)
    case .ecdsa, .rsa:
      return KeyExchangeSelection(group: group, agreement: agreement, proof: try signature())
    }
  }

  private func signature() throws(TLSError) -> KeyExchangeSelection.Proof {
    guard let identity, let key = identity.publicKey else { throw nothingShared }
    guard let scheme else {
      throw TLSError(
        .handshakeFailure,
        .noSharedSignatureScheme(
          offered: hello.extensions.offer(of: SignatureAlgorithms.self) ?? [], possible: schemes))
    }
    try curves.check(key.kind)
    return .signature(identity, scheme)
  }
}

/// The group that a server and a client have in common, of the curves or of the finite fields.
struct SharedGroup {
  private let exchange: CipherSuiteParameters.KeyExchange
  private let own: [NamedGroup]
  private let offered: [NamedGroup]
  private let shared: NamedGroup?

  /// The groups that the client names, if it names any at all.
  private let named: [NamedGroup]?

  init(
    _ exchange: CipherSuiteParameters.KeyExchange, _ configuration: ServerConfiguration,
    _ hello: ClientHello
  ) {
    let own = configuration.supportedGroups.filter { $0.isFiniteField == (exchange == .dhe) }
    let list = hello.extensions.offer(of: SupportedGroups.self)
    let offered = Self.offered(list, exchange, own)
    shared =
      configuration.prefersClientOrder
      ? offered.first(where: Set(own).contains) : offered.shared(with: own).first
    self.exchange = exchange
    self.own = own
    self.offered = offered
    named = list
  }

  /// RFC 8422 section 5.1: a client without supported_groups leaves the choice of curve to the server,
  /// so the one that everybody speaks is taken. RFC 7919 section 4: one that names no finite field
  /// leaves that choice to the server.
  private static func offered(
    _ list: [NamedGroup]?, _ exchange: CipherSuiteParameters.KeyExchange, _ own: [NamedGroup]
  ) -> [NamedGroup] {
    switch exchange {
    case .ecdhe: return list ?? [.secp256r1]
    case .dhe:
      let fields = (list ?? []).filter(\.isFiniteField)
      return fields.isEmpty ? own : fields
    }
  }

  /// The group, and its arithmetic.
  func choice() throws(TLSError) -> (NamedGroup, KeyAgreementGroup) {
    guard let shared, let agreement = shared.keyAgreement else {
      // RFC 7919 section 4 wants another alert than RFC 8422 section 5.1.
      throw TLSError(
        exchange == .dhe ? .insufficientSecurity : .handshakeFailure,
        .noSharedGroup(offered: offered, allowed: own))
    }
    return (shared, agreement)
  }

  /// RFC 8422 section 5.1.1: the certificate's curve must be among those that the client names.
  func check(_ key: PublicKey.Kind) throws(TLSError) {
    guard let named, case .ecdsa(let curve) = key, !named.contains(curve.namedGroup) else { return }
    throw TLSError(
      .handshakeFailure,
      .certificateCurveNotOffered(curve: curve.namedGroup, offered: offered))
  }
}

extension Array where Element: Hashable {
  /// What a server has of what a client offers, in the server's order. This is the client's list.
  fileprivate func shared(with own: [Element]) -> [Element] {
    var missing = Set(own)
    for offered in self {
      if missing.isEmpty { break }
      missing.remove(offered)
    }
    return own.filter { !missing.contains($0) }
  }
}
