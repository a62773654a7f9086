import ArgumentParser

/// Which protocol is spoken inside: the same for `connect` and `serve`.
struct ProtocolOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The application protocols to negotiate by ALPN, the favourite first.", valueName: "p,p"))
  var alpn: String?

  @Option(
    help: ArgumentHelp(
      "The protocols to negotiate by NPN, which came before ALPN, the favourite first.",
      valueName: "p,p"))
  var npn: String?

  /// Sets what was asked for, and leaves the rest at its default.
  func apply(to configuration: inout some SharedConfiguration) {
    configuration.applicationProtocols = Self.names(alpn)
    configuration.nextProtocols = Self.names(npn)
  }

  /// The names of `h2,http/1.1`.
  private static func names(_ argument: String?) -> [String] {
    (argument ?? "").split(separator: ",").map(String.init)
  }
}
