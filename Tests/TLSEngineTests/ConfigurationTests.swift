import TLSEngine
import Testing

/// What is wrong with a configuration is said when the connection is made, with the value.
@Suite("Configurations that cannot work")
struct ConfigurationTests {
  /// What both sides say: nothing has been sent, so there is no alert.
  private func expectRefused(
    _ sentence: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ client: (inout ClientConfiguration) -> Void, _ server: (inout ServerConfiguration) -> Void
  ) throws {
    var clientConfiguration = try TestIdentities.clientConfiguration()
    client(&clientConfiguration)
    var serverConfiguration = ServerConfiguration(
      identities: [try TestIdentities.identity(.p256)])
    server(&serverConfiguration)
    let errors = [
      #expect(throws: TLSError.self, sourceLocation: sourceLocation) {
        _ = try ClientConnection(to: "example.com", configuration: clientConfiguration)
      },
      #expect(throws: TLSError.self, sourceLocation: sourceLocation) {
        _ = try ServerConnection(configuration: serverConfiguration)
      },
    ]
    for error in errors {
      #expect(error?.reason == .misuse(sentence), sourceLocation: sourceLocation)
      #expect(error?.alert == nil, sourceLocation: sourceLocation)
    }
  }

  @Test(
    "Suites",
    arguments: [
      ([], "the configuration allows no cipher suite"),
      (
        [CipherSuite(rawValue: 0x002f)],
        "the configuration allows the cipher suite 0x002f, which the engine does not speak"
      ),
      (
        CipherSuite.defaults + [.ecdheRSAWithAES128GCMSHA256],
        "the configuration names the cipher suite TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 twice"
      ),
      (
        CipherSuite.defaults + [CipherSuite(rawValue: 0x5600)],
        "the configuration names TLS_FALLBACK_SCSV, which is a signal and no cipher suite"
      ),
      (
        [CipherSuite(rawValue: 0x00ff)],
        "the configuration names TLS_EMPTY_RENEGOTIATION_INFO_SCSV, which is a signal and no cipher "
          + "suite"
      ),
    ] as [([CipherSuite], String)])
  func suites(suites: [CipherSuite], sentence: String) throws {
    try expectRefused(sentence) {
      $0.cipherSuites = suites
    } _: {
      $0.cipherSuites = suites
    }
  }

  @Test("Groups and signature schemes are named too")
  func others() throws {
    try expectRefused("the configuration names the group X25519 twice") {
      $0.supportedGroups = [.x25519, .secp256r1, .x25519]
    } _: {
      $0.supportedGroups = [.x25519, .secp256r1, .x25519]
    }
    try expectRefused(
      "the configuration allows the signature scheme 0x0201, which the engine does not speak"
    ) {
      $0.signatureSchemes.append(SignatureScheme(rawValue: 0x0201))
    } _: {
      $0.signatureSchemes.append(SignatureScheme(rawValue: 0x0201))
    }
  }

  @Test(
    "Versions",
    arguments: [
      (
        ProtocolVersion.tls10 ... .tls12,
        "the configuration allows TLS 1.0, which is too weak to be spoken (RFC 8996): TLS 1.2 is "
          + "the least"
      ),
      (
        ProtocolVersion.tls11 ... .tls11,
        "the configuration allows TLS 1.1, which is too weak to be spoken (RFC 8996): TLS 1.2 is "
          + "the least"
      ),
      (
        ProtocolVersion.tls12 ... .tls13,
        "the configuration allows TLS 1.3, which is not spoken yet: TLS 1.2 is the most"
      ),
      (
        ProtocolVersion.tls13 ... .tls13,
        "the configuration allows TLS 1.3, which is not spoken yet: TLS 1.2 is the most"
      ),
    ] as [(ClosedRange<ProtocolVersion>, String)])
  func versions(versions: ClosedRange<ProtocolVersion>, sentence: String) throws {
    try expectRefused(sentence) {
      $0.versions = versions
    } _: {
      $0.versions = versions
    }
  }

  @Test("TLS 1.2 is what there is unless asked for, and what can be asked for")
  func version() throws {
    #expect(ClientConfiguration().versions == ProtocolVersion.tls12 ... .tls12)
    let server = ServerConfiguration(identities: [try TestIdentities.identity(.p256)])
    #expect(server.versions == ProtocolVersion.tls12 ... .tls12)
    var client = try TestIdentities.clientConfiguration()
    client.versions = .tls12 ... .tls12
    var loopback = try Loopback(client, server)
    try loopback.exchange()
    #expect(loopback.client.summary?.version == .tls12)
  }

  @Test("A group is found by the names it goes by")
  func groupNames() {
    for (name, group) in [
      ("X25519", NamedGroup.x25519), ("x25519", .x25519), ("P-256", .secp256r1),
      ("secp256r1", .secp256r1), ("prime256v1", .secp256r1), ("p-384", .secp384r1),
      ("secp384r1", .secp384r1), ("P-521", .secp521r1), ("secp521r1", .secp521r1),
    ] {
      #expect(NamedGroup(name: name) == group, "\(name)")
    }
    for group in NamedGroup.supported { #expect(NamedGroup(name: group.description) == group) }
    for name in ["", "P-257", "sect283k1", "0x001d"] {
      #expect(NamedGroup(name: name) == nil, "\(name)")
    }
  }
}
