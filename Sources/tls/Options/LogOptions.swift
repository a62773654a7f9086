import ArgumentParser

/// How to look into the connections: the same for `connect` and `serve`.
struct LogOptions: ParsableArguments {
  @Flag(help: "Draw every handshake, a line a message.")
  var trace = false

  @Option(help: "A file to add the connections' secrets to, for Wireshark.")
  var keylog: String?

  /// Sets what was asked for, and leaves the rest at its default.
  func apply(to configuration: inout some SharedConfiguration) throws {
    configuration.tracesHandshake = trace
    configuration.keyLog = try keylog.map { try KeyLogFile($0) }
  }
}
