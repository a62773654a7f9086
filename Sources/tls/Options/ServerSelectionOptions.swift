import ArgumentParser
import TLSEngine

/// How a server chooses among what a client offers.
struct ServerSelectionOptions: ParsableArguments {
  @Flag(help: "Let the client's order of suites and groups decide.")
  var preferClientOrder = false

  @Flag(help: "Refuse clients that ask for a name which no identity has.")
  var strictNames = false

  @Flag(help: "Make records as short as the client asks for (RFC 6066).")
  var maxFragmentLength = false

  @Option(
    help: ArgumentHelp(
      "What clients are told to help them choose their pre-shared key.", valueName: "text"))
  var pskHint = ""

  /// Sets what was asked for, and leaves the rest at its default.
  func apply(to configuration: inout ServerConfiguration) {
    configuration.prefersClientOrder = preferClientOrder
    configuration.unknownName = strictNames ? .refuse : .useDefaultIdentity
    configuration.acceptsMaximumFragmentLength = maxFragmentLength
    configuration.preSharedKeyHint = [UInt8](pskHint.utf8)
  }
}
