import ArgumentParser

/// The command: a TLS 1.2 client, server and certificate checker on the engine's public interface.
@main
struct Tls: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tls",
    abstract: "Talk TLS 1.2, and see what was negotiated and why something was refused.",
    discussion: """
      Exit status: 0 done, 1 the handshake or the protocol failed, 2 a certificate or a name was \
      refused, 3 the network failed, 64 the command line is wrong or names a file that cannot be \
      used.
      """,
    version: "0.1.0",
    subcommands: [
      Connect.self, Serve.self, Suites.self, Verify.self, Trust.self, CertificateCommand.self,
      Vectors.self, Demo.self,
    ])
}
