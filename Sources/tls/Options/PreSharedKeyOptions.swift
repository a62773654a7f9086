import ArgumentParser
import TLSEngine

/// Keys that both sides have already: the same for `connect` and `serve`.
///
/// They come from a file and never stand on the command line, which everybody on the machine can read.
struct PreSharedKeyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file of pre-shared keys: a line IDENTITY:KEY for each, the key in hexadecimal, at least 16 "
        + "bytes of it. A client uses the first. Without --suites only suites with pre-shared keys "
        + "are allowed, and on a server that has identities those of the default besides.",
      valueName: "file"))
  var psk: String?

  /// Sets what was asked for, and leaves the rest at its default.
  func apply(to configuration: inout ClientConfiguration, choosesSuites: Bool) throws {
    guard let psk else { return }
    configuration.preSharedKey = .keys(try PreSharedKeyFile.read(psk))
    if choosesSuites { configuration.cipherSuites = try CipherSuite.selection("PSK") }
  }

  /// Sets what was asked for, and leaves the rest at its default.
  func apply(to configuration: inout ServerConfiguration, choosesSuites: Bool) throws {
    guard let psk else { return }
    configuration.preSharedKeys = .keys(try PreSharedKeyFile.read(psk))
    guard choosesSuites else { return }
    let others = configuration.identities.isEmpty ? [] : configuration.cipherSuites
    configuration.cipherSuites = try CipherSuite.selection("PSK") + others
  }
}
