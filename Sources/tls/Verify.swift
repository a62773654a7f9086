import ArgumentParser
import TLSCertificates
import TLSCrypto

/// `tls verify`.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verify a certificate chain for a name.")

  @Argument(help: "A PEM file: the leaf first, then what leads to a root, in any order.")
  var chain: String

  @Option(help: "The host name or IP address that the leaf must be for.")
  var name: String

  @Option(help: "A PEM file of the roots to trust instead of the platform's.")
  var ca: String?

  func run() throws {
    try Failure.reporting {
      let name: ServerName
      do {
        name = try ServerName(self.name)
      } catch {
        throw Failure(.usage, "\(error)")
      }
      let verifier = ChainVerifier(roots: try Files.roots(ca))
      let path = try verifier.verify(
        try Files.certificates(chain), for: name, usage: .server, at: SystemTimeSource().now())
      Output.line("good for \(name):")
      for certificate in path.certificates {
        Output.line("  \(certificate.subject), valid until \(certificate.notAfter)")
      }
    }
  }
}

/// `tls trust`.
struct Trust: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say where the platform's trust roots come from, and how many there are.")

  func run() throws {
    do {
      let roots = try TrustRoots.platform
      for source in roots.sources {
        Output.line("\(source.path): \(source.count) roots")
        for problem in source.problems { Output.line("  \(problem)") }
      }
      Output.line("\(roots.count) roots in all")
    } catch {
      Output.error("tls: \(error)")
      throw ExitCode(Failure.Status.certificate.rawValue)
    }
  }
}
