import TLSCertificates
import TLSCrypto

/// The client has said what it offers; somebody has to say who it is talking to.
struct AwaitIdentity: ~Copyable, Sendable {
  let setup: ServerSetup
  let hello: ClientHello
  let message: HandshakeMessage

  var question: IdentityQuestion {
    IdentityQuestion(
      serverName: hello.extensions.offer(of: ServerNameIndication.self),
      applicationProtocols: hello.extensions.offer(
        of: ApplicationLayerProtocolNegotiation.self) ?? [],
      cipherSuites: hello.cipherSuites,
      supportedGroups: hello.extensions.offer(of: SupportedGroups.self) ?? [],
      signatureSchemes: hello.extensions.offer(of: SignatureAlgorithms.self) ?? [],
      certificateSignatureSchemes: SignatureAlgorithmsCert.schemes(hello.extensions))
  }

  /// The identity that the configuration has for the name, or `nil` if the caller is to be asked.
  ///
  /// A chain that the client can check goes before others, and an exact name before a wildcard; among
  /// those of the name (an ECDSA one and an RSA one) the first that this client can use is taken.
  func everydayAnswer() throws(TLSError) -> Answer? {
    guard case .byName = setup.configuration.identitySelection else { return nil }
    guard !setup.configuration.identities.isEmpty else { return .noIdentity }
    let candidates = SignatureAlgorithmsCert.preferring(
      try candidates(), checkedBy: hello.extensions)
    guard let identity = usable(of: candidates) ?? candidates.first else {
      throw TLSError(.handshakeFailure, .noIdentity)
    }
    return .identity(identity)
  }

  /// The first identity that this client can use, if there is one. Where pre-shared keys are allowed
  /// something can be chosen with any identity, even one of no use: so the choice has to show it.
  private func usable(of candidates: [Identity]) -> Identity? {
    // One alone is taken whatever comes of it, and what comes of it is looked at once.
    guard candidates.count > 1 else { return nil }
    // What can be chosen depends on how the key signs alone, and a hello may be long.
    var unusable: Set<SigningAbility> = []
    return candidates.first { identity in
      guard let ability = SigningAbility(identity), !unusable.contains(ability) else {
        return false
      }
      if (try? FullSelection(setup, hello, identity))?.base.identity != nil { return true }
      unusable.insert(ability)
      return false
    }
  }

  private func candidates() throws(TLSError) -> [Identity] {
    let identities = setup.configuration.identities
    guard let name = hello.extensions.offer(of: ServerNameIndication.self) else {
      return identities
    }
    // Read once, however many identities there are.
    let serverName = try? ServerName(name)
    let matching = serverName.map { name in identities.filter { $0.covers(name) } } ?? []
    guard matching.isEmpty else {
      return matching.filter { $0.names(exactly: name) }
        + matching.filter { !$0.names(exactly: name) }
    }
    switch setup.configuration.unknownName {
    case .useDefaultIdentity: return identities
    case .refuse: throw TLSError(.unrecognizedName, .unrecognizedName(name))
    }
  }

  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    switch answer {
    case .identity(let identity):
      guard identity.publicKey != nil else { throw TLSError(.handshakeFailure, .noIdentity) }
      return try proceed(as: identity, &channel)
    case .noIdentity:
      return try proceed(as: nil, &channel)
    case .refused(let sentence, let alert):
      let fitting: AlertDescription =
        question.serverName == nil ? .handshakeFailure : .unrecognizedName
      throw TLSError(alert ?? fitting, .refused(sentence))
    default:
      throw .unfitting(answer, to: "an identity")
    }
  }

  /// Chooses everything that is left to choose and makes the ephemeral key.
  private consuming func proceed(
    as identity: Identity?, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    let selection = try FullSelection(setup, hello, identity)
    let extensions = try ExtensionAnswers(selection.base)
    let random = HelloRandom(from: &channel.randomness)
    let key: EphemeralPrivateKey
    do {
      key = try EphemeralPrivateKey(selection.exchange.agreement, using: &channel.randomness)
    } catch {
      throw TLSError(error)
    }
    let flight = ServerFirstFlight(
      selection: selection, extensions: extensions, clientMessage: message, random: random,
      key: key)
    switch selection.exchange.proof {
    case .signature(let identity, let scheme):
      return .awaitSignature(
        Box(
          AwaitSignature(flight: flight, identity: identity, scheme: scheme)))
    case .preSharedKey:
      let exchange = ServerKeyExchange(
        flight.parameters, hint: setup.configuration.preSharedKeyHint)
      return try flight.send(exchange, &channel)
    }
  }
}

/// How an identity signs: all that the choice of a suite depends on.
private struct SigningAbility: Hashable {
  let kind: PublicKey.Kind
  let schemes: [SignatureScheme]?

  init?(_ identity: Identity) {
    guard let kind = identity.publicKey?.kind else { return nil }
    self.kind = kind
    schemes = identity.signatureSchemes
  }
}
