import ArgumentParser

/// How records are made: the same for `connect` and `serve`.
struct RecordOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The most plaintext to take in one record, 64 to 16384 bytes (RFC 8449).",
      valueName: "bytes"))
  var recordSizeLimit: Int?

  @Flag(help: "With CBC suites, leave encrypt_then_mac (RFC 7366) out.")
  var noEncryptThenMac = false

  /// Sets what was asked for, and leaves the rest at its default.
  func apply(to configuration: inout some SharedConfiguration) {
    configuration.recordSizeLimit = recordSizeLimit
    configuration.usesEncryptThenMAC = !noEncryptThenMac
  }
}
