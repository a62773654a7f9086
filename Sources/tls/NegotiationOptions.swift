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

  /// Sets what was asked for, and leaves the rest at its default.
  func apply(to configuration: inout ClientConfiguration) throws {
    if let suites { configuration.cipherSuites = try CipherSuite.selection(suites) }
    if let groups { configuration.supportedGroups = try Self.groups(groups) }
  }

  /// Sets what was asked for, and leaves the rest at its default.
  func apply(to configuration: inout ServerConfiguration) throws {
    if let suites { configuration.cipherSuites = try CipherSuite.selection(suites) }
    if let groups { configuration.supportedGroups = try Self.groups(groups) }
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
}
