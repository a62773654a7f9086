import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// ALPACA (Brinkmann et al. 2021): a man in the middle takes a browser's connection to a mail or file
  /// server whose certificate is good for the same name, or for a wildcard, and has it answer in its own
  /// protocol. The names in the handshake (ALPN and SNI) tell the two apart, where they are insisted on.
  @Suite("Connections redirected to a server of another protocol")
  struct ALPACATests {
    /// A browser whose connection to www.example.com ends at another server.
    private func redirected(
      to names: [String], _ change: (inout ServerConfiguration) -> Void
    ) throws -> Loopback {
      try Loopback(
        to: "www.example.com",
        try TestIdentities.client { $0.applicationProtocols = ["h2", "http/1.1"] },
        try TestIdentities.serverConfiguration {
          $0.identities = [try TestIdentities.identity(.ed25519, names: names)]
          change(&$0)
        })
    }

    private func expectEnds(
      _ loopback: inout Loopback, with alert: AlertDescription,
      sourceLocation: SourceLocation = #_sourceLocation
    ) {
      var failure: TLSError?
      do { try loopback.exchange() } catch { failure = error as? TLSError }
      #expect(failure?.alert == alert, sourceLocation: sourceLocation)
      let summaries = (loopback.client.summary == nil, loopback.server.summary == nil)
      #expect(summaries == (true, true), sourceLocation: sourceLocation)
      #expect(loopback.receivedByServer.isEmpty, sourceLocation: sourceLocation)
    }

    @Test("A server that names its protocol ends it with no_application_protocol (RFC 7301 3.2)")
    func otherProtocol() throws {
      var loopback = try redirected(to: ["*.example.com"]) { $0.applicationProtocols = ["imap"] }
      expectEnds(&loopback, with: .noApplicationProtocol)
    }

    @Test("A server that is strict about names ends it with unrecognized_name (RFC 6066 3)")
    func unknownName() throws {
      var loopback = try redirected(to: ["mail.example.com"]) { $0.unknownName = .refuse }
      expectEnds(&loopback, with: .unrecognizedName)
    }

    @Test("A client refuses the certificate of another name, wildcards of another depth included")
    func otherName() throws {
      for name in ["mail.example.com", "*.mail.example.com", "example.com", "*.www.example.com"] {
        var loopback = try redirected(to: [name]) { _ in }
        expectEnds(&loopback, with: .badCertificate)
      }
    }

    @Test(
      "Where neither is insisted on and the certificate fits, the client can see that no ALPN came")
    func nothingInsistedOn() throws {
      var loopback = try redirected(to: ["*.example.com"]) { _ in }
      try loopback.exchange()
      let summary = loopback.client.summary
      let agreed = try #require(summary)
      #expect(agreed.applicationProtocol == nil)
    }

    @Test("An application protocol that was not offered is illegal_parameter")
    func applicationProtocol() throws {
      try expectClientRefuses(
        with: .illegalParameter,
        saying: "the server chose the application protocol \"h3\", which was not offered",
        offering: try TestIdentities.client { $0.applicationProtocols = ["h2", "http/1.1"] }
      ) { $0.hello.set(WireHello.applicationProtocols, [0, 3, 2, 0x68, 0x33]) }
    }
  }
}
