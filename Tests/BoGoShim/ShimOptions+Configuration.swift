import TLSCertificates
import TLSCrypto
import TLSEngine

/// The flags, said in the engine's words.
extension ShimOptions {
  /// The name of the server where the flags have none: an address, which is not sent.
  static let unnamed = "127.0.0.1"

  func clientConfiguration(
    _ credentials: Credentials, _ memory: Memory
  ) throws -> ClientConfiguration {
    var configuration = ClientConfiguration()
    configuration.verification = asksAboutChains ? .ask : .insecureWithoutAnyVerification
    configuration.cipherSuites = try cipherSuites()
    configuration.supportedGroups = try supportedGroups()
    configuration.signatureSchemes = try signatureSchemes()
    configuration.applicationProtocols = try protocols(advertiseALPN)
    configuration.nextProtocols = selectNextProtocol.map { [$0] } ?? []
    configuration.identities = credentials.identities
    configuration.identitySelection = asksForClientIdentity ? .ask : .byRequest
    configuration.requestsCertificateStatus = enablesOCSPStapling
    configuration.requestsSignedCertificateTimestamps = enablesSignedCertificateTimestamps
    configuration.preSharedKey = try preSharedKeys()
    configuration.session = memory.session
    configuration.usesSessionTickets = !noTicket
    configuration.usesGREASE = enablesGREASE
    configuration.isFallback = fallbackSCSV
    configuration.allowsServersWithoutSecureRenegotiation = !noLegacyServerConnect
    configuration.time = memory.clock
    configuration.tracesHandshake = expectedMessages != nil
    configuration.keptPeerCertificates = .all
    configuration.limits = limits
    return configuration
  }

  func serverConfiguration(
    _ credentials: Credentials, _ memory: Memory
  ) throws -> ServerConfiguration {
    var configuration = ServerConfiguration(identities: credentials.identities)
    configuration.identitySelection = asksForIdentity ? .ask : .byName
    configuration.cipherSuites = try cipherSuites()
    configuration.prefersClientOrder = !serverPreference
    configuration.supportedGroups = try supportedGroups()
    configuration.signatureSchemes = try signatureSchemes()
    configuration.applicationProtocols = spokenProtocols
    configuration.nextProtocols = try protocols(advertiseNPN)
    configuration.clientAuthentication = clientAuthentication
    configuration.clientVerification = .ask
    configuration.clientAuthorities = try authorities(clientAuthorities)
    configuration.preSharedKeys = try preSharedKeys()
    configuration.sessionStore = asksForSessions ? .ask : .cache(memory.cache)
    configuration.ticketKeys = noTicket ? nil : memory.ticketKeys
    configuration.sessionContext = Array("bogo".utf8)
    configuration.time = memory.clock
    configuration.tracesHandshake = expectedMessages != nil
    configuration.keptPeerCertificates = .all
    configuration.limits = limits
    return configuration
  }

  private var limits: Limits {
    var limits = Limits()
    // The runner's longest chain.
    limits.certificateCount = 64
    if let maximumCertificateList { limits.handshakeMessageByteCount = maximumCertificateList }
    return limits
  }

  // MARK: What is asked

  private var asksAboutChains: Bool {
    judgesChains || usesOCSPCallback || isAsync
  }

  private var asksForClientIdentity: Bool {
    usesOldClientCertificateCallback || failsCertificateCallback
      || !expectedPeerVerifyPreferences.isEmpty || expectedCertificateTypes != nil
      || expectedClientAuthorities != nil
  }

  private var asksForIdentity: Bool {
    // A single identity is all that the shim can answer with: the choice among several is the
    // engine's.
    credentials.isEmpty
      && (isAsync || usesEarlyCallback || failsEarlyCallback || installsDDoSCallback
        || usesOCSPCallback || failsCertificateCallback || expectedAdvertisedALPN != nil
        || expectsNoServerName || !expectedPeerVerifyPreferences.isEmpty)
  }

  private var asksForSessions: Bool {
    isAsync || expectsSessionID || expectsNoSessionID
  }

  private var clientAuthentication: ServerConfiguration.ClientAuthentication {
    requiresAnyClientCertificate ? .required : verifiesPeer ? .requested : .none
  }

  // MARK: What is offered

  private func supportedGroups() throws -> [NamedGroup] {
    curves.isEmpty ? policy?.supportedGroups ?? NamedGroup.defaults : try NamedGroup.list(curves)
  }

  private func signatureSchemes() throws -> [SignatureScheme] {
    verifyPreferences.isEmpty
      ? policy?.signatureSchemes ?? SignatureScheme.defaults
      : try SignatureScheme.list(verifyPreferences)
  }

  private func cipherSuites() throws -> [CipherSuite] {
    let keys = preSharedKey == nil ? [] : CipherSuite.supported.filter { $0.preset == nil }
    guard let cipher else { return policy?.cipherSuites ?? .legacy + keys }
    do {
      return try CipherSuite.selection(cipher)
    } catch {
      throw NotOffered(what: "\(error)")
    }
  }

  private func preSharedKeys() throws -> PreSharedKeySource {
    guard let preSharedKey else { return .none }
    let key = Array(preSharedKey.utf8)
    return .keys([try PreSharedKey(identity: preSharedKeyIdentity ?? "", key: key.rawSpan)])
  }

  /// What a server speaks: one that declines has no ALPN, and one that rejects knows none of what the
  /// client offers.
  private var spokenProtocols: [String] {
    if declinesALPN { return [] }
    return rejectsALPN ? ["nothing-of-the-kind"] : selectALPN.map { [$0] } ?? []
  }

  /// The names in a list as it stands on the wire, each after its length.
  func protocols(_ list: String?) throws -> [String] {
    var rest = Array((list ?? "").utf8)[...]
    var names: [String] = []
    while let count = rest.popFirst() {
      names.append(String(decoding: rest.prefix(Int(count)), as: UTF8.self))
      rest = rest.dropFirst(Int(count))
    }
    return names
  }

  /// Names of authorities as the flags have them: DER in hexadecimal, with commas between.
  func authorities(_ list: String?) throws -> [DistinguishedName] {
    guard let list, list != "<NULL>", list != "<EMPTY>" else { return [] }
    return try list.split(separator: ",").map { try DistinguishedName(der: Self.bytes($0)) }
  }

  private static func bytes(_ digits: Substring) -> [UInt8] {
    stride(from: 0, to: digits.utf8.count, by: 2).compactMap { offset in
      let start = digits.index(digits.startIndex, offsetBy: offset)
      return UInt8(digits[start...].prefix(2), radix: 16)
    }
  }
}
