import ArgumentParser
import TLSEngine

/// What may be negotiated: the same for `connect` and `serve`.
struct NegotiationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The cipher suites, the favourite first: modern, intermediate, legacy, or a cipher string of "
        + "OpenSSL's. 'tls suites' says what one means.", valueName: "string"))
  var suites: String?

  @Option(
    help: ArgumentHelp(
      "The groups for the key exchange, the favourite first, such as X25519,P-256.",
      valueName: "g,g"))
  var groups: String?

  @Option(
    help: ArgumentHelp(
      "The signatures in the handshake, the favourite first, such as "
        + "ed25519,rsa_pss_rsae_sha256.", valueName: "s,s"))
  var signatureSchemes: String?

  @Option(help: ArgumentHelp("The oldest version allowed: 1.2.", valueName: "version"))
  var minVersion: String?

  @Option(help: ArgumentHelp("The newest version allowed: 1.2.", valueName: "version"))
  var maxVersion: String?

  @Flag(help: "Refuse a peer without extended_master_secret (RFC 7627).")
  var requireExtendedMasterSecret = false

  /// Sets what was asked for, and leaves the rest at its default.
  func apply(to configuration: inout some SharedConfiguration) throws {
    if let suites { configuration.cipherSuites = try CipherSuite.selection(suites) }
    if let groups { configuration.supportedGroups = try Self.groups(groups) }
    if let signatureSchemes {
      configuration.signatureSchemes = try Self.schemes(signatureSchemes)
    }
    configuration.versions = try versions(within: configuration.versions)
    configuration.requiresExtendedMasterSecret = requireExtendedMasterSecret
  }

  private func versions(
    within allowed: ClosedRange<ProtocolVersion>
  ) throws -> ClosedRange<ProtocolVersion> {
    let least = try minVersion.map(Self.version) ?? allowed.lowerBound
    let most = try maxVersion.map(Self.version) ?? allowed.upperBound
    guard least <= most else {
      throw Failure(.usage, "no version is at least \(least) and at most \(most)")
    }
    return least...most
  }

  /// The version of `1.2`, spoken here or not: the configuration says which are.
  private static func version(_ argument: String) throws -> ProtocolVersion {
    switch argument {
    case "1.0": .tls10
    case "1.1": .tls11
    case "1.2": .tls12
    case "1.3": .tls13
    default: throw Failure(.usage, "\(argument.debugDescription) is no version, such as 1.2")
    }
  }

  private static func groups(_ argument: String) throws -> [NamedGroup] {
    try argument.split { $0 == "," || $0 == ":" }.map { name in
      guard let group = NamedGroup(name: String(name)) else {
        let known = NamedGroup.supported.map(\.description).joined(separator: ", ")
        throw Failure(.usage, "\(name.debugDescription) is no group; there are \(known)")
      }
      return group
    }
  }

  /// The schemes of a list of their names in the IANA registry.
  static func schemes(_ argument: String) throws -> [SignatureScheme] {
    try argument.split { $0 == "," || $0 == ":" }.map { name in
      let known = SignatureScheme.supported
      guard let scheme = known.first(where: { $0.description == name.lowercased() }) else {
        let names = known.map(\.description).joined(separator: ", ")
        throw Failure(.usage, "\(name.debugDescription) is no signature scheme; there are \(names)")
      }
      return scheme
    }
  }
}
