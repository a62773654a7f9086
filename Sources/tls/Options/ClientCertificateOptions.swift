import ArgumentParser
import TLSEngine

/// Whether and how a server asks for the client's certificate.
struct ClientCertificateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A PEM file of the authorities whose certificates clients may show.", valueName: "file"))
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
  func apply(to configuration: inout ServerConfiguration) throws {
    guard let clientCa else { return }
    configuration.clientAuthentication = requireClientCertificate ? .required : .requested
    configuration.clientVerification = .roots(try Files.roots(clientCa))
    if noClientAuthorities { configuration.clientAuthorities = [] }
  }
}
