import TLSCertificates
import TLSCrypto

/// What a client knows before it says a word. Shared by the states of one handshake.
final class ClientSetup: Sendable {
  let configuration: ClientConfiguration
  let serverName: ServerName

  /// Who judges the chain, or `nil` if the caller is asked or nobody does.
  let verifier: ChainVerifier?

  /// The session to be offered: the configuration's, if it may be resumed.
  let session: ClientSession?

  /// What a session made here may not cross.
  let sessionPolicy: [UInt8]

  /// Checks the configuration, finds the platform's roots if they are to judge, and looks whether the
  /// session may be resumed.
  init(
    to name: ServerName, _ configuration: consuming ClientConfiguration
  ) throws(TLSError) {
    serverName = name
    try ConfigurationRules.check(configuration)
    let verifier = try Self.verifier(configuration.verification)
    let sessionPolicy = try ClientSessionPolicy.digest(configuration)
    if let offered = configuration.session,
      ClientSessionPolicy.allows(offered, to: name, configuration, verifier, sessionPolicy)
    {
      session = offered
    } else {
      session = nil
    }
    self.verifier = verifier
    self.sessionPolicy = sessionPolicy
    configuration.supportedGroups = NamedGroup.groups(
      configuration.supportedGroups, for: configuration.cipherSuites, on: .client)
    self.configuration = configuration
  }

  private static func verifier(
    _ verification: ClientConfiguration.Verification
  ) throws(TLSError) -> ChainVerifier? {
    switch verification {
    case .platform:
      do {
        return ChainVerifier(roots: try TrustRoots.platform)
      } catch {
        throw TLSError(nil, .trustRoots(error))
      }
    case .roots(let roots): return ChainVerifier(roots: roots)
    case .verifier(let verifier): return verifier
    case .ask, .insecureWithoutAnyVerification: return nil
    }
  }

  /// Whether this client may have to sign the handshake.
  var maySign: Bool {
    switch configuration.identitySelection {
    case .byRequest: !configuration.identities.isEmpty
    case .ask: true
    }
  }
}
