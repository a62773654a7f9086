import TLSCrypto
import Testing

@testable import TLSEngine

/// What a server says to a ClientHello that is wrong in one way.
@Suite("Refused ClientHellos")
struct RefusedClientHelloTests {
  /// One thing wrong with an extension.
  struct Case: Sendable, CustomTestStringConvertible {
    let type: Int
    let body: [UInt8]
    let alert: AlertDescription
    let sentence: String

    init(_ type: Int, _ body: [UInt8], _ alert: AlertDescription, _ sentence: String) {
      self.type = type
      self.body = body
      self.alert = alert
      self.sentence = sentence
    }

    var testDescription: String { "extension \(type) is \(body)" }
  }

  @Test(
    "A version before TLS 1.2 is protocol_version (RFC 8996)",
    arguments: [(0x0300, "SSL 3.0"), (0x0301, "TLS 1.0"), (0x0302, "TLS 1.1")])
  func oldVersions(version: Int, name: String) throws {
    try expectServerRefuses(
      with: .protocolVersion,
      saying: "the peer offers \(name) at most, and TLS 1.2 is the least that is allowed here "
        + "(RFC 8996) (while expecting ClientHello, in ClientHello); alert sent: protocol_version"
    ) { $0.version = version }
  }

  @Test("A version after TLS 1.2 is answered with TLS 1.2 (RFC 5246 appendix E.1)")
  func newVersions() throws {
    var peer = try HandDrivenClient()
    peer.hello.version = 0x0304
    var server = try ServerConnection(
      configuration: ServerConfiguration(identities: [try TestIdentities.identity(.ed25519)]))
    #expect(try server.receive(peer.helloRecord).isEmpty)
    try peer.receive(server.takeOutgoing())
    #expect(try peer.serverHello().version == 0x0303)
  }

  @Test("A hello that offers nothing, or half a suite, is decode_error")
  func emptyLists() throws {
    try expectServerRefuses(
      with: .decodeError, saying: "cipher_suites is 0 bytes long, and must be 2 to 65534"
    ) { $0.cipherSuites = [] }
    try expectServerRefuses(
      with: .decodeError, saying: "compression_methods is 0 bytes long, and must be 1 to 255"
    ) { $0.compressionMethods = [] }
    try expectServerRefuses(
      with: .decodeError, saying: "session_id is 33 bytes long, and must be 0 to 32"
    ) { $0.sessionID = [UInt8](repeating: 1, count: 33) }
  }

  @Test("An extension that comes twice is decode_error, whether it is known or not")
  func duplicates() throws {
    try expectServerRefuses(with: .decodeError, saying: "extended_master_secret came twice") {
      $0.extensions.append(.init(type: WireHello.extendedMasterSecret, body: []))
    }
    try expectServerRefuses(with: .decodeError, saying: "extension 2570 came twice") {
      let grease = WireHello.Extension(type: WireHello.grease, body: [])
      $0.extensions += [grease, grease]
    }
  }

  private static let malformed: [Case] = [
    Case(WireHello.serverName, [], .decodeError, "server_name_list needs 2 bytes"),
    Case(
      WireHello.serverName, [0, 0], .decodeError,
      "server_name_list is 0 bytes long, and must be 1 to 65535"),
    Case(
      WireHello.serverName, [0, 4, 1, 0, 1, 0x61], .decodeError,
      "server_name_list holds a name of the unknown type 1"),
    Case(
      WireHello.serverName, [0, 3, 0, 0, 0], .decodeError,
      "host_name is 0 bytes long, and must be 1 to 255"),
    Case(
      WireHello.serverName, [0, 8, 0, 0, 1, 0x61, 0, 0, 1, 0x62], .decodeError,
      "server_name_list is followed by 4 bytes that belong to nothing"),
    Case(
      WireHello.serverName, [0, 4, 0, 0, 1, 0x0a], .illegalParameter,
      "host_name holds bytes that no host name has"),
    Case(
      WireHello.supportedGroups, [0, 0], .decodeError,
      "named_group_list is 0 bytes long, and must be 2 to 65535"),
    Case(
      WireHello.supportedGroups, [0, 3, 0, 29, 0], .decodeError,
      "named_group_list needs 2 bytes where only 1 are left"),
    Case(
      WireHello.ecPointFormats, [0], .decodeError,
      "ec_point_format_list is 0 bytes long, and must be 1 to 255"),
    Case(
      WireHello.ecPointFormats, [2, 1, 2], .illegalParameter,
      "ec_point_formats lacks the uncompressed format"),
    Case(
      WireHello.signatureAlgorithms, [0, 0], .decodeError,
      "supported_signature_algorithms is 0 bytes long, and must be 2 to 65534"),
    Case(
      WireHello.signatureAlgorithms, [0, 3, 8, 7, 4], .decodeError,
      "supported_signature_algorithms needs 2 bytes where only 1 are left"),
    Case(
      WireHello.applicationProtocols, [0, 0], .decodeError,
      "protocol_name_list is 0 bytes long, and must be 2 to 65535"),
    Case(
      WireHello.applicationProtocols, [0, 4, 2, 0x68, 0x32, 0], .decodeError,
      "ProtocolName is 0 bytes long, and must be 1 to 255"),
    Case(
      WireHello.extendedMasterSecret, [0], .decodeError,
      "the extension is followed by 1 bytes that belong to nothing"),
    Case(
      WireHello.renegotiationInfo, [], .decodeError,
      "renegotiated_connection needs 1 bytes where only 0 are left"),
    Case(
      WireHello.renegotiationInfo, [1, 7], .handshakeFailure,
      "the client's renegotiation_info speaks of another handshake (1 bytes)"),
  ]

  @Test("An extension that says what it may not is refused", arguments: malformed)
  func malformedExtensions(_ wrong: Case) throws {
    try expectServerRefuses(with: wrong.alert, saying: wrong.sentence) {
      $0.set(wrong.type, wrong.body)
    }
  }

  @Test("A hello without signature_algorithms means SHA-1, and is handshake_failure")
  func noSignatureAlgorithms() throws {
    try expectServerRefuses(
      with: .handshakeFailure,
      saying: "no signature scheme in common: offered nothing; the key can do ed25519"
    ) { $0.remove(WireHello.signatureAlgorithms) }
  }

  @Test("A ClientHello that is not a ClientHello is unexpected_message")
  func anotherMessage() throws {
    var server = try ServerConnection(
      configuration: ServerConfiguration(identities: [try TestIdentities.identity(.ed25519)]))
    expectRefused(
      &server, receiving: WireRecord.handshake([UInt8]().message(14)).bytes,
      with: .unexpectedMessage, saying: "ServerHelloDone came where ClientHello was expected")
  }
}

/// What a server makes of a ClientHello that is strange, and right.
@Suite("Strange ClientHellos that are served")
struct ToleratedClientHelloTests {
  /// Runs the handshake to its end with a client driven by hand, and sends a byte each way.
  private func expectServed(
    _ configuration: ServerConfiguration, group: NamedGroup = .x25519,
    _ change: (inout WireHello) -> Void
  ) throws -> WireHello {
    var peer = try HandDrivenClient()
    change(&peer.hello)
    var server = try ServerConnection(configuration: configuration)
    #expect(try server.receive(peer.helloRecord).isEmpty)
    try peer.receive(server.takeOutgoing())
    let events = try server.receive(try peer.secondFlight())
    #expect(events.compactMap(\.summary).map(\.group) == [group])
    try peer.finish(server.takeOutgoing())
    #expect(
      try server.receive(try peer.record(.applicationData, [42])).flatMap(\.data) == [42])
    try server.send([43])
    let record = try #require(WireRecord.split(server.takeOutgoing()).first)
    #expect(try peer.keys?.server.opened(record) == [43])
    return try peer.serverHello()
  }

  private func configuration() throws -> ServerConfiguration {
    ServerConfiguration(identities: [try TestIdentities.identity(.p256)])
  }

  @Test("GREASE in suites, groups, schemes, protocols and extensions is ignored (RFC 8701)")
  func grease() throws {
    var configuration = try configuration()
    configuration.applicationProtocols = ["h2"]
    let answer = try expectServed(configuration) { hello in
      hello.cipherSuites.insert(0x0a0a, at: 0)
      hello.cipherSuites.append(0xfafa)
      hello.set(WireHello.supportedGroups, [0, 6, 0x1a, 0x1a, 0, 29, 0, 23])
      hello.set(WireHello.signatureAlgorithms, [0, 4, 0x2a, 0x2a, 4, 3])
      hello.set(WireHello.applicationProtocols, [0, 6, 2, 0x3a, 0x3a, 2, 0x68, 0x32])
      hello.extensions.insert(.init(type: 0x4a4a, body: []), at: 0)
      hello.extensions.append(.init(type: 0x5a5a, body: [0]))
    }
    #expect(answer.cipherSuites == [0xc02b])
    #expect(answer.body(of: WireHello.applicationProtocols) == [0, 3, 2, 0x68, 0x32])
    #expect(answer.body(of: 0x4a4a) == nil)
    #expect(answer.body(of: 0x5a5a) == nil)
  }

  @Test("The SCSV alone is answered with renegotiation_info (RFC 5746 3.6)")
  func signallingSuite() throws {
    let answer = try expectServed(try configuration()) {
      $0.remove(WireHello.renegotiationInfo)
      $0.cipherSuites.append(0x00ff)
    }
    #expect(answer.body(of: WireHello.renegotiationInfo) == [0])
  }

  @Test("A client that knows nothing of RFC 5746 is served, and told nothing of it")
  func noRenegotiationInfo() throws {
    let answer = try expectServed(try configuration()) {
      $0.remove(WireHello.renegotiationInfo)
    }
    #expect(answer.body(of: WireHello.renegotiationInfo) == nil)
  }

  @Test("A client without supported_groups gets P-256, and one without point formats no answer")
  func noGroups() throws {
    let answer = try expectServed(try configuration(), group: .secp256r1) {
      $0.remove(WireHello.supportedGroups)
      $0.remove(WireHello.ecPointFormats)
    }
    #expect(answer.body(of: WireHello.ecPointFormats) == nil)
  }

  @Test("The master secret of RFC 5246 serves a client without extended_master_secret")
  func classicMasterSecret() throws {
    let answer = try expectServed(try configuration()) {
      $0.remove(WireHello.extendedMasterSecret)
    }
    #expect(answer.body(of: WireHello.extendedMasterSecret) == nil)
  }

  @Test("A session that the client would resume, and other compressions, are passed over")
  func sessionAndCompression() throws {
    let answer = try expectServed(try configuration()) {
      $0.sessionID = [UInt8](repeating: 9, count: 32)
      $0.compressionMethods = [1, 0]
    }
    #expect(answer.sessionID != [UInt8](repeating: 9, count: 32))
    #expect(answer.compressionMethods == [0])
  }
}
