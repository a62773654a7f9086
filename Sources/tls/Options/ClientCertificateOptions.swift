import ArgumentParser
import TLSCertificates
import TLSEngine

/// Whether and how a server asks for the client's certificate.
struct ClientCertificateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The authorities whose certificates clients may show: a file, PEM or DER, or a directory.",
      valueName: "path"))
  var clientCa: String?

  @Flag(help: "Ask clients for a certificate, and go on without one.")
  var requestClientCertificate = false

  @Flag(help: "Ask clients for a certificate, and refuse those without one.")
  var requireClientCertificate = false

  @Flag(help: "Do not tell clients the names of the authorities.")
  var noClientAuthorities = false

  func validate() throws {
    guard (clientCa != nil) == (requestClientCertificate || requireClientCertificate) else {
      throw ValidationError(
        "--client-ca goes with --request-client-certificate or --require-client-certificate, and "
          + "they with it.")
    }
    guard !requestClientCertificate || !requireClientCertificate else {
      throw ValidationError(
        "Give --request-client-certificate or --require-client-certificate, not both.")
    }
    guard !noClientAuthorities || clientCa != nil else {
      throw ValidationError("--no-client-authorities goes with --client-ca.")
    }
  }

  /// Sets what was asked for, and leaves the rest at its default.
  func apply(
    to configuration: inout ServerConfiguration, rules: VerificationOptions
  ) throws {
    guard let clientCa else { return }
    configuration.clientAuthentication = requireClientCertificate ? .required : .requested
    configuration.clientVerification = .verifier(
      ChainVerifier(roots: try Files.roots(clientCa), policy: try rules.verifierPolicy()))
    if noClientAuthorities { configuration.clientAuthorities = [] }
  }
}
