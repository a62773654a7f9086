import ArgumentParser

/// `tls certificate`.
struct CertificateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certificate",
    abstract: "Print certificates in full, and make some for development.",
    subcommands: [ShowCertificate.self, MakeCertificate.self])
}
