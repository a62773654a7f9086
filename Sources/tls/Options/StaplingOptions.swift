import ArgumentParser
import TLSEngine

/// What a server sends along with its first identity.
struct StaplingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file with the OCSP response to staple to the first identity, in DER.", valueName: "file"))
  var status: String?

  @Option(
    help: ArgumentHelp(
      "A file with a signed certificate timestamp for the first identity, as the log made it; again "
        + "for more.", valueName: "file"))
  var sct: [String] = []

  /// Sets what was asked for, and leaves the rest at its default.
  func apply(to configuration: inout ServerConfiguration) throws {
    guard status != nil || !sct.isEmpty else { return }
    guard var first = configuration.identities.first else {
      throw Failure(.usage, "--status and --sct need an identity to go with")
    }
    first.stapledStatus = try status.map { try Files.read($0) }
    first.signedCertificateTimestamps = try sct.map { try Files.read($0) }
    configuration.identities[0] = first
  }
}
