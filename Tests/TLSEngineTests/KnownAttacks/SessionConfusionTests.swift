import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// Virtual host confusion (Delignat-Lavaud, Bhargavan, "Network-based Origin Confusion Attacks against
  /// HTTPS Virtual Hosting", 2014): a session made with one host was resumed with another that shared its
  /// cache or its ticket keys, and nobody looked at the certificate again. Here a session remembers what it
  /// was made for: this is what changed between two connections, and whether the session goes on.
  @Suite("What a session does not cross")
  struct SessionConfusionTests {
    /// A change, and how the two meet before it.
    struct Change: Sendable, CustomTestStringConvertible {
      let name: String
      private(set) var before: @Sendable (inout Acquaintances) throws -> Void = { _ in }

      /// Whether the handshake can complete after it.
      let completes: Bool

      let change: @Sendable (inout Acquaintances) throws -> Void

      init(
        name: String, completes: Bool = true,
        _ change: @escaping @Sendable (inout Acquaintances) throws -> Void
      ) {
        self.name = name
        self.completes = completes
        self.change = change
      }

      var testDescription: String { name }

      /// The change to two who met like this.
      func from(_ before: @escaping @Sendable (inout Acquaintances) throws -> Void) -> Change {
        var change = self
        change.before = before
        return change
      }
    }

    private static func roots() throws -> TrustRoots {
      guard case .roots(let roots) = try TestIdentities.clientConfiguration().verification else {
        throw WireCursor.TooShort()
      }
      return roots
    }

    /// Roots that vouch for nobody here.
    private static func otherRoots() throws -> TrustRoots {
      var random = DeterministicRandomSource(seed: Array("other".utf8))
      let authority = try DevelopmentAuthority(
        name: "Other CA", now: TestIdentities.now, random: &random)
      return TrustRoots(certificates: [authority.certificate])
    }

    private static func clientIdentity(
      _ kind: TestIdentities.Kind = .p256, validFor seconds: Int64 = 86_400
    ) throws -> Identity {
      try TestIdentities.identity(kind, names: []) {
        $0.extendedKeyUsages = [.clientAuth]
        $0.notAfter = TestIdentities.now.adding(seconds: seconds)
      }
    }

    /// A server whose certificate is good for an hour.
    private static func shortLived(_ pair: inout Acquaintances) throws {
      pair.server.identities = [
        try TestIdentities.identity(.ed25519) {
          $0.notAfter = TestIdentities.now.adding(seconds: 3600)
        }
      ]
    }

    // MARK: The client

    private static let clientChanges: [Change] = [
      Change(name: "another name") { $0.name = "example.net" },
      Change(name: "an address instead of a name") { $0.name = "192.0.2.1" },
      Change(name: "a name instead of an address") {
        $0.name = "example.com"
      }
      .from { $0.name = "192.0.2.1" },
      Change(name: "application protocols where there were none") {
        $0.client.applicationProtocols = ["h2"]
      },
      Change(name: "no application protocols any more") { $0.client.applicationProtocols = [] }
        .from { $0.client.applicationProtocols = ["h2"] },
      Change(name: "application protocols in another order") {
        $0.client.applicationProtocols = ["b", "a"]
      }
      .from { $0.client.applicationProtocols = ["a", "b"] },
      Change(name: "application protocols cut otherwise") {
        $0.client.applicationProtocols = ["a", "bc"]
      }
      .from { $0.client.applicationProtocols = ["ab", "c"] },
      Change(name: "the protocols of ALPN in NPN") {
        $0.client.applicationProtocols = []
        $0.client.nextProtocols = ["h2"]
      }
      .from { $0.client.applicationProtocols = ["h2"] },
      Change(name: "an identity where there was none") {
        $0.client.identities = [try clientIdentity()]
      },
      Change(name: "no identity any more") { $0.client.identities = [] }
        .from { $0.client.identities = [try clientIdentity()] },
      Change(name: "another identity") { $0.client.identities = [try clientIdentity(.ed25519)] }
        .from { $0.client.identities = [try clientIdentity()] },
      Change(name: "an identity that is asked for") { $0.client.identitySelection = .ask },
      Change(name: "the suite is allowed no more") {
        $0.client.cipherSuites = [.ecdheECDSAWithAES256GCMSHA384]
        $0.server.cipherSuites = .modern
      }
      .from { $0.server.cipherSuites = [.ecdheECDSAWithAES128GCMSHA256] },
      Change(name: "roots where nobody judged") { $0.client.verification = .roots(try roots()) }
        .from { $0.client.verification = .insecureWithoutAnyVerification },
      Change(name: "the caller's judgement where nobody judged", completes: false) {
        $0.client.verification = .ask
      }
      .from { $0.client.verification = .insecureWithoutAnyVerification },
      Change(name: "nobody where roots judged") {
        $0.client.verification = .insecureWithoutAnyVerification
      },
      Change(name: "other roots", completes: false) {
        $0.client.verification = .roots(try otherRoots())
      },
      Change(name: "other roots in a verifier", completes: false) {
        $0.client.verification = .verifier(ChainVerifier(roots: try otherRoots()))
      }
      .from { $0.client.verification = .verifier(ChainVerifier(roots: try roots())) },
      Change(name: "the caller's judgement where roots judged", completes: false) {
        $0.client.verification = .ask
      },
      Change(name: "the server's certificate has expired", completes: false) {
        $0.clock.advance(seconds: 3601)
      }
      .from { try shortLived(&$0) },
      Change(name: "a response was asked for, and is no more") {
        $0.client.requestsCertificateStatus = false
      },
      Change(name: "a response is asked for that was not") {
        $0.client.requestsCertificateStatus = true
      }
      .from { $0.client.requestsCertificateStatus = false },
      Change(name: "records of another length") { $0.client.maximumFragmentLength = .bytes1024 }
        .from { $0.client.maximumFragmentLength = .bytes512 },
      Change(name: "records of a length where none was asked for") {
        $0.client.maximumFragmentLength = .bytes512
      },
    ]

    @Test(
      "A client does not offer a session where it would cross",
      arguments: SessionConfusionTests.clientChanges)
    func client(change: Change) throws {
      for memory in Acquaintances.Memory.allCases {
        var pair = try Acquaintances(memory)
        try change.before(&pair)
        try pair.getAcquainted()
        #expect(try pair.clientHello().sessionID.count == 32)
        try change.change(&pair)
        let hello = try pair.clientHello()
        #expect(hello.sessionID.isEmpty, "\(memory)")
        // As if there were no session: it still asks for a ticket.
        #expect(hello.body(of: WireHello.sessionTicket) == [], "\(memory)")
        guard change.completes else { continue }
        var loopback = try pair.meet()
        try expectConnected(&loopback, isResumed: false, "\(memory)")
      }
    }

    @Test("A client that wants no tickets any more does not offer one")
    func ticketsOff() throws {
      var pair = try Acquaintances(.tickets)
      try pair.getAcquainted()
      pair.client.usesSessionTickets = false
      let hello = try pair.clientHello()
      #expect(hello.sessionID.isEmpty)
      #expect(hello.body(of: WireHello.sessionTicket) == nil)
    }

    @Test("A client that leaves the verdict to its caller looks at the certificates' dates")
    func datesWithoutVerifier() throws {
      var pair = try Acquaintances(.cache)
      try Self.shortLived(&pair)
      pair.client.verification = .ask
      var loopback = try pair.approach()
      try loopback.exchange()
      _ = try loopback.client.answer(.chainIsGood)
      try loopback.exchange()
      pair.client.session = try loopback.newClientSession()
      pair.clock.advance(seconds: 3600)
      var resumed = try pair.approach()
      try resumed.exchange()
      #expect(resumed.client.summary == nil, "the caller is asked again")
      _ = try resumed.client.answer(.chainIsGood)
      try resumed.exchange()
      try expectConnected(&resumed, isResumed: true)
      pair.clock.advance(seconds: 1)
      #expect(try pair.clientHello().sessionID.isEmpty)
      // Who judges nothing does not judge dates.
      pair = try Acquaintances(.cache)
      try Self.shortLived(&pair)
      pair.client.verification = .insecureWithoutAnyVerification
      try pair.getAcquainted()
      pair.clock.advance(seconds: 3601)
      var insecure = try pair.meet()
      try expectConnected(&insecure, isResumed: true)
    }

    @Test("A certificate that leads nowhere may expire: the path is what counts")
    func expiredExtraCertificate() throws {
      var pair = try Acquaintances(.cache)
      let material = try TestIdentities.material(.ed25519) {
        $0.notAfter = TestIdentities.now.adding(seconds: 86_400)
      }
      let extra = try TestIdentities.material(.p256, names: ["example.org"]) {
        $0.notAfter = TestIdentities.now.adding(seconds: -60)
      }
      pair.server.identities = [
        try Identity(
          certificates: material.certificates + extra.certificates, privateKey: material.key)
      ]
      try pair.getAcquainted()
      var loopback = try pair.meet()
      try expectConnected(&loopback, isResumed: true)
    }

    // MARK: The server

    private static let serverChanges: [Change] = [
      Change(name: "the suite is allowed no more") {
        $0.server.cipherSuites = [.ecdheECDSAWithAES256GCMSHA384]
      }
      .from { $0.server.cipherSuites = [.ecdheECDSAWithAES128GCMSHA256] },
      Change(name: "another application protocol is chosen") {
        $0.server.applicationProtocols = ["http/1.1", "h2"]
      }
      .from {
        $0.client.applicationProtocols = ["h2", "http/1.1"]
        $0.server.applicationProtocols = ["h2", "http/1.1"]
      },
      Change(name: "an application protocol where there was none") {
        $0.server.applicationProtocols = ["h2"]
      }
      .from { $0.client.applicationProtocols = ["h2"] },
      Change(name: "no application protocol any more") { $0.server.applicationProtocols = [] }
        .from {
          $0.client.applicationProtocols = ["h2"]
          $0.server.applicationProtocols = ["h2"]
        },
      Change(name: "another context") { $0.server.sessionContext = [1] },
      Change(name: "no context any more") {
        $0.server.sessionContext = []
      }
      .from { $0.server.sessionContext = [1] },
      Change(name: "the client is asked for its certificate") {
        $0.server.clientAuthentication = .requested
      },
      Change(name: "the client has to show a certificate", completes: false) {
        $0.server.clientAuthentication = .required
      },
      Change(name: "the client has to show the certificate that it did not", completes: false) {
        $0.server.clientAuthentication = .required
      }
      .from { $0.server.clientAuthentication = .requested },
      Change(name: "the client is not asked for its certificate any more") {
        $0.server.clientAuthentication = .none
      }
      .from { try showingCertificate(&$0) },
      Change(name: "the caller is to judge the client", completes: false) {
        $0.server.clientVerification = .ask
      }
      .from { try showingCertificate(&$0) },
      Change(name: "other roots judge the client", completes: false) {
        $0.server.clientVerification = .roots(try otherRoots())
      }
      .from { try showingCertificate(&$0) },
      Change(name: "the client's certificate has expired", completes: false) {
        $0.clock.advance(seconds: 3601)
      }
      .from { try showingCertificate(&$0, validFor: 3600) },
      Change(name: "records of the length asked for") {
        $0.server.acceptsMaximumFragmentLength = true
      }
      .from { $0.client.maximumFragmentLength = .bytes512 },
      Change(name: "records of the length asked for no more") {
        $0.server.acceptsMaximumFragmentLength = false
      }
      .from {
        $0.client.maximumFragmentLength = .bytes512
        $0.server.acceptsMaximumFragmentLength = true
      },
    ]

    private static func showingCertificate(
      _ pair: inout Acquaintances, validFor seconds: Int64 = 86_400
    ) throws {
      pair.server.clientAuthentication = .required
      pair.server.clientVerification = .roots(try roots())
      pair.client.identities = [try clientIdentity(validFor: seconds)]
    }

    @Test(
      "A server does not go on with a session where it would cross",
      arguments: SessionConfusionTests.serverChanges)
    func server(change: Change) throws {
      for memory in Acquaintances.Memory.allCases {
        var pair = try Acquaintances(memory)
        try change.before(&pair)
        try pair.getAcquainted()
        var before = try pair.meet()
        try expectConnected(&before, isResumed: true, "\(memory)")
        try change.change(&pair)
        var loopback = try pair.approach()
        if change.completes {
          try loopback.exchange()
          try expectConnected(&loopback, isResumed: false, "\(memory)")
        } else {
          try? loopback.exchange()
          #expect(loopback.server.summary == nil, "\(memory)")
        }
        let hellos = (try loopback.clientHello(), try loopback.serverHello())
        #expect(hellos.0.sessionID.count == 32, "\(memory)")
        #expect(hellos.1.sessionID != hellos.0.sessionID, "\(memory)")
        #expect(loopback.serverMessageTypes.contains(11), "\(memory)")
      }
    }

    @Test("A server does not go by the client's care: a hello that crosses gets a full handshake")
    func carelessClients() throws {
      let host = [UInt8](Array("example.net".utf8))
      let changes: [(String, @Sendable (inout WireHello) -> Void)] = [
        ("another name", { $0.set(WireHello.serverName, ([0] + host.vector(2)).vector(2)) }),
        ("no name", { $0.remove(WireHello.serverName) }),
        ("without the suite", { $0.cipherSuites.removeAll { $0 == 0xc02b } }),
        ("other protocols", { $0.set(WireHello.applicationProtocols, [0, 2, 1, 0x61]) }),
      ]
      for memory in Acquaintances.Memory.allCases {
        var pair = try Acquaintances(memory)
        pair.client.applicationProtocols = ["b"]
        pair.server.applicationProtocols = ["b", "a"]
        try pair.getAcquainted()
        #expect(try pair.suite == .ecdheECDSAWithAES128GCMSHA256)
        for (name, change) in changes {
          var hello = try pair.clientHello()
          change(&hello)
          var server = try ServerConnection(configuration: pair.server)
          _ = try server.receive(WireRecord.handshake(hello.message).bytes)
          let messages = WireRecord.messages(WireRecord.split(server.takeOutgoing()))
          #expect(messages.map { $0[0] } == [2, 11, 12, 14], "\(memory), \(name)")
          let answer = try WireHello(try #require(messages.first))
          #expect(answer.sessionID != hello.sessionID, "\(memory), \(name)")
        }
        // A name where the session has none.
        pair.name = "192.0.2.1"
        try pair.getAcquainted()
        var hello = try pair.clientHello()
        hello.set(WireHello.serverName, ([0] + host.vector(2)).vector(2))
        var server = try ServerConnection(configuration: pair.server)
        _ = try server.receive(WireRecord.handshake(hello.message).bytes)
        let types = WireRecord.messages(WireRecord.split(server.takeOutgoing())).map { $0[0] }
        #expect(types == [2, 11, 12, 14], "\(memory)")
      }
    }

    // MARK: What a session does cross

    private static let harmlessChanges: [Change] = [
      Change(name: "nothing") { _ in },
      Change(name: "a clock an hour on") { $0.clock.advance(seconds: 3600) },
      Change(name: "the name in other letters") { $0.name = "EXAMPLE.com" },
      Change(name: "other groups") { $0.client.supportedGroups = [.secp384r1] },
      Change(name: "other suites beside it") {
        $0.client.cipherSuites = CipherSuite.defaults.reversed()
      },
      Change(name: "a hello with more in it") {
        $0.client.usesGREASE = true
        $0.client.padsClientHello = true
      },
      Change(name: "a verifier of the same kind") {
        $0.client.verification = .verifier(ChainVerifier(roots: try roots()))
      }
      .from {
        $0.client.verification = .verifier(ChainVerifier(roots: try roots()))
      },
      Change(name: "another certificate of the server's") {
        $0.server.identities = [try TestIdentities.identity(.ed25519)]
      },
      Change(name: "the client's certificate, still good") {
        $0.clock.advance(seconds: 3600)
      }
      .from { try showingCertificate(&$0) },
      Change(name: "who would judge the client, if it were asked") {
        $0.server.clientVerification = .ask
      },
    ]

    @Test(
      "A session goes on where nothing that matters has changed",
      arguments: SessionConfusionTests.harmlessChanges)
    func harmless(change: Change) throws {
      for memory in Acquaintances.Memory.allCases {
        var pair = try Acquaintances(memory)
        try change.before(&pair)
        try pair.getAcquainted()
        try change.change(&pair)
        var loopback = try pair.meet()
        try expectConnected(&loopback, isResumed: true, "\(memory)")
      }
    }
  }
}
