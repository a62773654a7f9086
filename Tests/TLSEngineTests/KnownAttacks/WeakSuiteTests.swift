import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// Sweet32 (Bhargavan and Leurent 2016, CVE-2016-2183), RC4's biases (AlFardan and others 2013,
  /// CVE-2013-2566; CVE-2015-2808), export ciphers (FREAK, CVE-2015-0204), suites without encryption or
  /// without authentication, and the RSA key exchange of ROBOT (CVE-2017-13099): none of these exists
  /// here, so that nothing and nobody can turn it on.
  @Suite("Weak suites: they cannot be configured, offered, accepted or chosen")
  struct WeakSuiteTests {
    /// By their numbers in the IANA registry.
    private static let weak: [(number: Int, name: String)] = [
      (0x0000, "TLS_NULL_WITH_NULL_NULL"), (0x0002, "TLS_RSA_WITH_NULL_SHA"),
      (0x003b, "TLS_RSA_WITH_NULL_SHA256"), (0xc006, "TLS_ECDHE_ECDSA_WITH_NULL_SHA"),
      (0xc010, "TLS_ECDHE_RSA_WITH_NULL_SHA"),
      (0x0003, "TLS_RSA_EXPORT_WITH_RC4_40_MD5"), (0x0008, "TLS_RSA_EXPORT_WITH_DES40_CBC_SHA"),
      (0x0014, "TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA"),
      (0x0004, "TLS_RSA_WITH_RC4_128_MD5"), (0x0005, "TLS_RSA_WITH_RC4_128_SHA"),
      (0xc007, "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA"), (0xc011, "TLS_ECDHE_RSA_WITH_RC4_128_SHA"),
      (0x0007, "TLS_RSA_WITH_IDEA_CBC_SHA"), (0x0015, "TLS_DHE_RSA_WITH_DES_CBC_SHA"),
      (0x000a, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"), (0x0016, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA"),
      (0xc008, "TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA"),
      (0xc012, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"),
      (0x0018, "TLS_DH_anon_WITH_RC4_128_MD5"), (0x006c, "TLS_DH_anon_WITH_AES_128_CBC_SHA256"),
      (0xc018, "TLS_ECDH_anon_WITH_AES_128_CBC_SHA"),
      (0x00a6, "TLS_DH_anon_WITH_AES_128_GCM_SHA256"),
      (0x002f, "TLS_RSA_WITH_AES_128_CBC_SHA"), (0x009c, "TLS_RSA_WITH_AES_128_GCM_SHA256"),
      (0xc02d, "TLS_ECDH_ECDSA_WITH_AES_128_GCM_SHA256"),
      (0x00a0, "TLS_DH_RSA_WITH_AES_128_GCM_SHA256"),
    ]

    private static var numbers: [Int] { weak.map(\.number) }

    @Test("What is spoken has blocks of 128 bits or ChaCha20, a fresh key exchange, and a proof")
    func table() {
      let words = ["NULL", "EXPORT", "RC4", "RC2", "DES", "IDEA", "anon", "MD5", "_RSA_WITH"]
      for suite in CipherSuite.supported {
        let name = suite.description
        for word in words where word != "_RSA_WITH" || !name.contains("DHE_RSA") {
          #expect(!name.contains(word), "\(name)")
        }
        #expect(name.hasPrefix("TLS_ECDHE_") || name.hasPrefix("TLS_DHE_"), "\(name)")
        #expect(["AES_", "CHACHA20_"].contains { name.contains("_WITH_\($0)") }, "\(name)")
      }
      #expect(BlockCipherAlgorithm.blockByteCount == 16)
      #expect(Set(CipherSuite.supported.map { Int($0.rawValue) }).isDisjoint(with: Self.numbers))
    }

    @Test("A configuration that names one is refused, and so is its name", arguments: weak)
    func configuration(number: Int, name: String) throws {
      let suite = CipherSuite(rawValue: UInt16(number))
      #expect(suite.parameters == nil)
      #expect(CipherSuite(name: name) == nil)
      for suites in [[suite], CipherSuite.defaults + [suite]] {
        let client = try TestIdentities.client { $0.cipherSuites = suites }
        let ours = #expect(throws: TLSError.self) {
          _ = try ClientConnection(to: "example.com", configuration: client)
        }
        let server = try TestIdentities.serverConfiguration { $0.cipherSuites = suites }
        let theirs = #expect(throws: TLSError.self) {
          _ = try ServerConnection(configuration: server)
        }
        #expect([ours, theirs].allSatisfy { $0?.isMisuse == true })
      }
    }

    @Test("No word of a cipher string, and no preset, offers one")
    func offers() throws {
      let strings = [
        "ALL:COMPLEMENTOFALL:eNULL:aNULL:LOW:EXP:@SECLEVEL=0", "ALL:PSK:@SECLEVEL=0", "DEFAULT",
        "3DES:RC4:NULL:EXP:ADH:AECDH:kRSA:AESGCM",
      ]
      let lists =
        try strings.map { try CipherSuite.selection($0) }
        + CipherSuite.Preset.allCases.map(\.cipherSuites)
      for list in lists {
        let client = try TestIdentities.client { $0.cipherSuites = list }
        let usesPreSharedKey = list.contains { $0.parameters?.authentication == .preSharedKey }
        let configuration =
          usesPreSharedKey ? try TestPreSharedKeys.client { $0.cipherSuites = list } : client
        var connection = try TestIdentities.startedClient(configuration)
        let hello = try WireHello(ofStream: connection.takeOutgoing())
        #expect(hello.cipherSuites.count >= list.count)
        #expect(Set(hello.cipherSuites).isDisjoint(with: Self.numbers))
      }
    }

    @Test("A server that is offered nothing else refuses with handshake_failure")
    func offeredAlone() throws {
      try expectServerRefuses(
        with: .handshakeFailure, saying: "no cipher suite in common: offered 0x0000, "
      ) { $0.cipherSuites = Self.numbers }
    }

    @Test("A server that is offered them first, by a man in the middle, passes them over")
    func offeredFirst() throws {
      var peer = try HandDrivenClient()
      peer.hello.cipherSuites = Self.numbers + peer.hello.cipherSuites
      for prefersClientOrder in [true, false] {
        var server = try TestIdentities.server { $0.prefersClientOrder = prefersClientOrder }
        _ = try server.receive(peer.helloRecord)
        let answer = try WireHello(ofStream: server.takeOutgoing())
        #expect(answer.cipherSuites == [0xc02b])
      }
    }

    @Test("A client for which one is chosen refuses with illegal_parameter", arguments: weak)
    func chosen(number: Int, name: String) throws {
      try expectClientRefuses(with: .illegalParameter, saying: "the server chose 0x") {
        $0.hello.cipherSuites = [number]
      }
    }
  }
}
