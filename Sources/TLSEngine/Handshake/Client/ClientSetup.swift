import TLSCertificates

/// What a client knows before it says a word. Shared by the states of one handshake.
final class ClientSetup: Sendable {
  let configuration: ClientConfiguration
  let serverName: ServerName

  /// Who judges the chain, or `nil` if the caller is asked or nobody does.
  let verifier: ChainVerifier?

  /// Checks the configuration, and finds the platform's roots if they are to judge.
  init(
    to name: ServerName, _ configuration: ClientConfiguration
  ) throws(TLSError) {
    serverName = name
    try ConfigurationRules.check(
      cipherSuites: configuration.cipherSuites, groups: configuration.supportedGroups,
      schemes: configuration.signatureSchemes, protocols: configuration.applicationProtocols)
    verifier = try Self.verifier(configuration.verification)
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
}
