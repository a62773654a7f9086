/// What a server knows before the client says a word. Shared by the states of one handshake.
final class ServerSetup: Sendable {
  let configuration: ServerConfiguration

  /// Checks the configuration.
  init(_ configuration: ServerConfiguration) throws(TLSError) {
    try ConfigurationRules.check(
      cipherSuites: configuration.cipherSuites, groups: configuration.supportedGroups,
      schemes: configuration.signatureSchemes, protocols: configuration.applicationProtocols)
    if case .byName = configuration.identitySelection, configuration.identities.isEmpty {
      throw .misuse("the configuration has no identity, and nobody is to be asked for one")
    }
    self.configuration = configuration
  }
}
