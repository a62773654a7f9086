import TLSCertificates

/// What every configuration must hold, checked when a connection is made and not in the handshake.
enum ConfigurationRules {
  static func check(_ configuration: ClientConfiguration) throws(TLSError) {
    try check(
      versions: configuration.versions, cipherSuites: configuration.cipherSuites,
      groups: configuration.supportedGroups, schemes: configuration.signatureSchemes,
      protocols: configuration.applicationProtocols)
    try check(protocols: configuration.nextProtocols)
    try check(configuration.preSharedKey, suites: configuration.cipherSuites)
    try check(configuration.limits)
    try checkExtensions(of: configuration)
  }

  static func check(_ configuration: ServerConfiguration) throws(TLSError) {
    try check(
      versions: configuration.versions, cipherSuites: configuration.cipherSuites,
      groups: configuration.supportedGroups, schemes: configuration.signatureSchemes,
      protocols: configuration.applicationProtocols)
    try check(protocols: configuration.nextProtocols)
    try check(configuration.preSharedKeys, suites: configuration.cipherSuites)
    try check(configuration.limits)
    try checkExtensions(of: configuration)
    guard configuration.sessionContext.count <= 255 else {
      throw .misuse(
        "the session context has \(configuration.sessionContext.count) bytes, and only 255 are "
          + "allowed")
    }
    guard configuration.preSharedKeyHint.count <= 65_535 else {
      throw .misuse("the hint for pre-shared keys is too long for the wire")
    }
    if case .byName = configuration.identitySelection, configuration.identities.isEmpty,
      configuration.cipherSuites.contains(where: { $0.parameters?.authentication != .preSharedKey })
    {
      throw .misuse("the configuration has no identity, and nobody is to be asked for one")
    }
  }

  /// Suites with pre-shared keys need somebody who knows one.
  private static func check(
    _ source: PreSharedKeySource, suites: [CipherSuite]
  ) throws(TLSError) {
    switch source {
    case .ask: return
    case .keys(let keys) where !keys.isEmpty: return
    case .none, .keys: break
    }
    for suite in suites where suite.parameters?.authentication == .preSharedKey {
      throw .misuse("the configuration allows \(suite), and has no pre-shared key")
    }
  }

  private static func check(
    versions: ClosedRange<ProtocolVersion>, cipherSuites: [CipherSuite], groups: [NamedGroup],
    schemes: [SignatureScheme], protocols: [String]
  ) throws(TLSError) {
    try check(versions)
    for suite in cipherSuites where suite.isSignal {
      throw .misuse("the configuration names \(suite), which is a signal and no cipher suite")
    }
    try check(cipherSuites, "cipher suite") { $0.parameters != nil }
    try check(groups, "group") { $0.keyAgreement != nil }
    try check(schemes, "signature scheme") { $0.algorithm != nil }
    try check(protocols: protocols)
  }

  private static func check(protocols: [String]) throws(TLSError) {
    for name in protocols {
      let isSpeakable = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
      guard (1...255).contains(name.utf8.count), isSpeakable else {
        throw .misuse("an application protocol is 1 to 255 bytes of visible ASCII: \"\(name)\"")
      }
    }
    guard protocols.count <= 128 else {
      throw .misuse("\(protocols.count) application protocols are more than fit into a hello")
    }
  }

  /// What the client's extensions can say.
  static func checkExtensions(of configuration: ClientConfiguration) throws(TLSError) {
    try check(recordSizeLimit: configuration.recordSizeLimit)
    if !configuration.requestsCertificateStatus,
      configuration.verification.revocationPolicy.refusesUnstapled
    {
      throw .misuse(
        "the verifier refuses a server without a stapled OCSP response, and "
          + "requestsCertificateStatus is off, so that none is asked for")
    }
    if let schemes = configuration.certificateSignatureSchemes {
      try check(schemes, "signature scheme of certificates") { $0.algorithm != nil }
    }
  }

  /// What the server's extensions can say.
  static func checkExtensions(of configuration: ServerConfiguration) throws(TLSError) {
    try check(recordSizeLimit: configuration.recordSizeLimit)
    if case .verifier(let verifier) = configuration.clientVerification,
      verifier.policy.revocation.refusesUnstapled
    {
      throw .misuse(
        "the verifier refuses a client without a stapled OCSP response, and in TLS 1.2 no client can "
          + "send one")
    }
    for identity in configuration.identities {
      let timestamps = identity.signedCertificateTimestamps
      if let problem = SignedCertificateTimestamps.problem(with: timestamps) {
        throw .misuse(problem)
      }
      if let problem = identity.stapledStatus.flatMap(StatusRequest.problem) {
        throw .misuse(problem)
      }
    }
  }

  private static func check(recordSizeLimit limit: Int?) throws(TLSError) {
    guard let limit, !RecordSizeLimit.allowed.contains(limit) else { return }
    throw .misuse(
      "recordSizeLimit is \(limit), and must be \(RecordSizeLimit.allowed.lowerBound) to "
        + "\(RecordSizeLimit.allowed.upperBound)")
  }

  private static func check(_ limits: Limits) throws(TLSError) {
    if let problem = limits.problem { throw .misuse(problem) }
  }

  private static func check(_ versions: ClosedRange<ProtocolVersion>) throws(TLSError) {
    guard versions.lowerBound >= .tls12 else {
      throw .misuse(
        "the configuration allows \(versions.lowerBound), which is too weak to be spoken (RFC 8996): "
          + "TLS 1.2 is the least")
    }
    guard versions.upperBound <= .tls12 else {
      throw .misuse(
        "the configuration allows \(versions.upperBound), which is not spoken yet: TLS 1.2 is the "
          + "most")
    }
  }

  private static func check<Value: CodePoint>(
    _ values: [Value], _ what: String, _ isSpoken: (Value) -> Bool
  ) throws(TLSError) {
    guard !values.isEmpty else { throw .misuse("the configuration allows no \(what)") }
    // What is spoken is a few dozen: to look through those before takes less than a set of them.
    for (index, value) in values.enumerated() {
      guard isSpoken(value) else {
        throw .misuse(
          "the configuration allows the \(what) \(value), which the engine does not speak")
      }
      guard !values[..<index].contains(value) else {
        throw .misuse("the configuration names the \(what) \(value) twice")
      }
    }
  }
}

extension ClientConfiguration.Verification {
  /// How revocation is checked where a verifier of ours judges chains.
  var revocationPolicy: RevocationPolicy {
    if case .verifier(let verifier) = self {
      verifier.policy.revocation
    } else {
      RevocationPolicy()
    }
  }
}

extension RevocationPolicy {
  /// Whether a chain is refused with which no OCSP response comes.
  fileprivate var refusesUnstapled: Bool {
    if case .on(_, whenAbsent: .refuse) = staplingChecking { true } else { false }
  }
}
