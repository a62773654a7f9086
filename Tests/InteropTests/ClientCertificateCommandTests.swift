import Foundation
import Testing

extension Interop {
  /// Clients that show who they are.
  @Suite("Client certificates on the command line", .serialized)
  struct ClientCertificateCommand {
    private let runs: CommandRuns

    init() throws {
      runs = CommandRuns(authority: try Authority.shared.get())
      try makeClient()
    }

    /// A certificate of the authority's for clients, with the key of the ECDSA leaf.
    private func makeClient() throws {
      let extensions = """
        subjectAltName=DNS:client.example
        basicConstraints=critical,CA:FALSE
        keyUsage=critical,digitalSignature
        extendedKeyUsage=clientAuth
        """
      try runs.write([UInt8](extensions.utf8), to: "client.ext")
      let openssl = try Peer(
        "openssl", package: "openssl",
        [
          "x509", "-req", "-in", "ecdsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "30",
          "-extfile", "client.ext", "-out", "client.pem",
        ], in: runs.authority.directory)
      #expect(try openssl.waitForExit() == 0, "\(openssl.output)")
    }

    @Test("A required certificate is shown, verified, and named in the server's page")
    func required() throws {
      let (server, address) = try runs.serve(
        "--client-ca", "ca.pem", "--require-client-certificate")
      defer { server.stop() }
      let (status, output) = try runs.connect(
        address, "--identity", "client.pem,ecdsa.key", "--trace")
      #expect(status == 0, "\(output)")
      // The page is the server's report, which has the client's certificate.
      let page = output.components(separatedBy: "HTTP/1.1 200 OK").last ?? ""
      #expect(page.contains("for        client.example"), "\(output)")
      #expect(page.contains("trusted by CN=Interop CA"), "\(output)")
      #expect(output.contains("CertificateVerify ("), "\(output)")
    }

    @Test("Without one a server that requires it ends the handshake, and one that asks goes on")
    func absent() throws {
      let (strict, strictAddress) = try runs.serve(
        "--client-ca", "ca.pem", "--require-client-certificate")
      defer { strict.stop() }
      let refused = try runs.connect(strictAddress)
      #expect(refused.status == 1, "\(refused.output)")
      #expect(
        refused.output.contains("the peer ended the connection with the alert handshake_failure"),
        "\(refused.output)")

      let (lenient, lenientAddress) = try runs.serve(
        "--client-ca", "ca.pem", "--request-client-certificate")
      defer { lenient.stop() }
      let accepted = try runs.connect(lenientAddress)
      #expect(accepted.status == 0, "\(accepted.output)")
    }

    @Test("A certificate that is for servers alone is refused, and so is one of strangers")
    func unfit() throws {
      let (server, address) = try runs.serve(
        "--client-ca", "ca.pem", "--require-client-certificate", "--no-client-authorities")
      defer { server.stop() }
      // One of --self-signed's kind: it names nobody that the server knows.
      let made = try Peer(
        "openssl", package: "openssl",
        [
          "req", "-x509", "-key", "ecdsa.key", "-out", "stranger.pem", "-days", "30", "-subj",
          "/CN=Stranger",
        ], in: runs.authority.directory)
      #expect(try made.waitForExit() == 0, "\(made.output)")
      let (status, output) = try runs.connect(
        address, "--identity", "stranger.pem,ecdsa.key")
      #expect(status == 1, "\(output)")
      #expect(output.contains("the peer ended the connection with the alert"), "\(output)")
      try server.waitForOutput("alert sent: ")
    }

    @Test("s_client shows its certificate to tls serve, and tls connect to s_server")
    func withOpenSSL() throws {
      let (server, address) = try runs.serve(
        "--client-ca", "ca.pem", "--require-client-certificate", "--echo")
      defer { server.stop() }
      let client = try runs.opensslClient(address, "-cert", "client.pem", "-key", "ecdsa.key")
      try client.waitForOutput("Verify return code: 0 (ok)")
      #expect(client.output.contains("CN = Interop CA"), "\(client.output)")
      client.endInput()
      #expect(try client.waitForExit() == 0, "\(client.output)")

      let (theirs, theirAddress) = try runs.opensslServer(
        "-cert", "rsa.pem", "-key", "rsa.key", "-CAfile", "ca.pem", "-Verify", "1",
        "-verify_return_error", "-www")
      defer { theirs.stop() }
      let shown = try runs.connect(theirAddress, "--identity", "client.pem,ecdsa.key")
      #expect(shown.status == 0, "\(shown.output)")
      #expect(shown.output.contains("HTTP/1.0 200 ok"), "\(shown.output)")
    }

    @Test("Options that make no sense without the others are exit status 64")
    func wrong() throws {
      for arguments in [
        ["--client-ca", "ca.pem"], ["--require-client-certificate"],
        ["--request-client-certificate"], ["--no-client-authorities"],
        [
          "--client-ca", "ca.pem", "--require-client-certificate", "--request-client-certificate",
        ],
        ["--client-ca", "absent.pem", "--require-client-certificate"],
      ] {
        let (status, output) = try runs.run(
          ["serve", "--port", "0", "--identity", "rsa.pem,rsa.key"] + arguments)
        #expect(status == 64, "\(arguments)")
        #expect(output.contains("client-") || output.contains("absent.pem"), "\(output)")
      }
    }
  }
}
