import ArgumentParser
import TLSCrypto
import TLSEngine

/// What binds other protocols to the connection: the same for `connect` and `serve`, and the same on
/// both ends.
struct ExporterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write so many bytes of keying material of this label (RFC 5705) to standard error, in "
        + "hexadecimal; again for more. They are a secret of the connection.",
      valueName: "label:count[:context]"))
  var export: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write a channel binding to standard error, in hexadecimal: tls-exporter, "
        + "tls-server-end-point or tls-unique; again for more.", valueName: "kind"))
  var channelBinding: [String] = []

  func validate() throws {
    for argument in export where Export(argument) == nil {
      throw ValidationError(
        "--export is LABEL:COUNT or LABEL:COUNT:CONTEXT with a count of 1 to 16384, not "
          + argument.printable)
    }
    for name in channelBinding where ChannelBinding(rawValue: name) == nil {
      let known = ChannelBinding.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("\(name.printable) is no channel binding; there are \(known).")
    }
  }

  /// Writes what was asked for, a line for each.
  func write<Role>(of connection: borrowing Connection<Role>) throws {
    for wanted in export.compactMap(Export.init) {
      let material = try connection.exportKeyingMaterial(
        label: wanted.label, context: wanted.context, byteCount: wanted.byteCount)
      let line = Hexadecimal.line("exporter \(wanted.label.printable) ", material.bytes)
      try? Descriptor.standardError.writeLine(line.bytes)
    }
    for kind in channelBinding.compactMap(ChannelBinding.init) {
      // Named first: Swift 6.3 fails on the span of what a throwing call returns.
      let binding = try connection.channelBinding(kind)
      let line = Hexadecimal.line("binding \(kind.rawValue) ", binding.rawSpan)
      try? Descriptor.standardError.writeLine(line.bytes)
    }
  }

  /// What `LABEL:COUNT:CONTEXT` asks for.
  private struct Export {
    let label: String
    let byteCount: Int
    /// Left out is not the same as empty (RFC 5705 section 4).
    let context: [UInt8]?

    init?(_ argument: String) {
      let parts = argument.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count >= 2, !parts[0].isEmpty, let count = Int(parts[1]),
        (1...16_384).contains(count)
      else { return nil }
      label = String(parts[0])
      byteCount = count
      context = parts.count > 2 ? [UInt8](parts[2].utf8) : nil
    }
  }
}
