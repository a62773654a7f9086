import TLSCrypto
import Testing

@testable import TLSEngine

/// What a client says to a ServerHello that is wrong in one way.
@Suite("Refused ServerHellos")
struct RefusedServerHelloTests {
  @Test(
    "A version other than TLS 1.2 is protocol_version",
    arguments: [
      (0x0301, "the peer offers TLS 1.0 at most, and TLS 1.2 is the least that is allowed here"),
      (0x0302, "the peer offers TLS 1.1 at most, and TLS 1.2 is the least that is allowed here"),
      (0x0304, "the peer chose TLS 1.3, and TLS 1.2 is the most that is allowed here"),
    ])
  func versions(version: Int, sentence: String) throws {
    try expectClientRefuses(with: .protocolVersion, saying: sentence) {
      $0.hello.version = version
    }
  }

  @Test(
    "A suite that was not offered is illegal_parameter",
    arguments: [
      (0xc02c, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"), (0x1301, "0x1301"),
      (0x00ff, "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"),
    ])
  func suites(suite: Int, name: String) throws {
    try expectClientRefuses(
      with: .illegalParameter, saying: "the server chose \(name), which was not offered",
      offering: try TestIdentities.client { $0.cipherSuites = [.ecdheECDSAWithAES128GCMSHA256] }
    ) { $0.hello.cipherSuites = [suite] }
  }

  @Test(
    "An extension that was not offered, or is unknown, is unsupported_extension",
    arguments: [
      (WireHello.applicationProtocols, "application_layer_protocol_negotiation"),
      (0x1234, "extension 4660"), (WireHello.grease, "extension 2570"),
      // A server has nothing to say here, though the client offers it (RFC 5246 7.4.1.4.1).
      (WireHello.signatureAlgorithms, "signature_algorithms"),
    ])
  func unsolicited(type: Int, name: String) throws {
    try expectClientRefuses(
      with: .unsupportedExtension,
      saying: "the server answered \(name), which was not offered"
    ) { $0.hello.set(type, [0, 3, 2, 0x68, 0x32]) }
  }

  @Test("A server_name to a client that asked for an address is unsupported_extension")
  func unsolicitedName() throws {
    var client = try ClientConnection(
      to: "127.0.0.1", configuration: try TestIdentities.clientConfiguration())
    try client.start()
    var peer = try HandDrivenServer(answering: &client)
    #expect(peer.clientHello.body(of: WireHello.serverName) == nil)
    peer.flight.hello.set(WireHello.serverName, [])
    expectRefused(
      &client, receiving: try peer.firstFlight(), with: .unsupportedExtension,
      saying: "the server answered server_name, which was not offered")
  }

  @Test("An extension that comes twice is decode_error")
  func duplicates() throws {
    try expectClientRefuses(with: .decodeError, saying: "extended_master_secret came twice") {
      $0.hello.extensions.append(.init(type: WireHello.extendedMasterSecret, body: []))
    }
  }

  @Test("A server without extended_master_secret is handshake_failure where it is required")
  func extendedMasterSecret() throws {
    try expectClientRefuses(
      with: .handshakeFailure,
      saying: "the peer lacks extended_master_secret, which this configuration requires",
      offering: try TestIdentities.client { $0.requiresExtendedMasterSecret = true }
    ) { $0.hello.remove(WireHello.extendedMasterSecret) }
  }

  @Test("An answer of two application protocols, or of none, is decode_error (RFC 7301 3.1)")
  func applicationProtocols() throws {
    try expectClientRefuses(
      with: .decodeError,
      saying: "protocol_name_list holds 2 protocols where a server names one",
      offering: try TestIdentities.client { $0.applicationProtocols = ["h2"] }
    ) { $0.hello.set(WireHello.applicationProtocols, [0, 6, 2, 0x68, 0x32, 2, 0x68, 0x32]) }
    try expectClientRefuses(
      with: .decodeError, saying: "protocol_name_list is 0 bytes long",
      offering: try TestIdentities.client { $0.applicationProtocols = ["h2"] }
    ) { $0.hello.set(WireHello.applicationProtocols, [0, 0]) }
  }

  @Test("ec_point_formats without the uncompressed format is illegal_parameter (RFC 8422 5.2)")
  func pointFormats() throws {
    try expectClientRefuses(
      with: .illegalParameter, saying: "ec_point_formats lacks the uncompressed format"
    ) { $0.hello.set(WireHello.ecPointFormats, [1, 1]) }
  }

  @Test("Answers that have no content, and have some, are decode_error")
  func contents() throws {
    for type in [WireHello.extendedMasterSecret, WireHello.serverName] {
      try expectClientRefuses(
        with: .decodeError,
        saying: "the extension is followed by 1 bytes that belong to nothing"
      ) { $0.hello.set(type, [0]) }
    }
  }
}

/// What a client puts up with, to the end of the handshake.
@Suite("Strange ServerHellos that are taken")
struct ToleratedServerHelloTests {
  private func expectTaken(
    offering configuration: ClientConfiguration? = nil, _ change: (inout WireHello) -> Void
  ) throws -> ConnectionSummary {
    var client = try TestIdentities.startedClient(configuration)
    var peer = try HandDrivenServer(answering: &client)
    change(&peer.flight.hello)
    #expect(try client.receive(try peer.firstFlight()).isEmpty)
    try peer.receive(client.takeOutgoing())
    let events = try client.receive(try peer.secondFlight())
    #expect(
      try client.receive(try peer.record(.applicationData, [42])).flatMap(\.data) == [42])
    return try #require(events.first?.summary)
  }

  @Test("A server without renegotiation_info, where that is allowed")
  func noRenegotiationInfo() throws {
    let summary = try expectTaken(
      offering: try TestIdentities.client { $0.allowsServersWithoutSecureRenegotiation = true }
    ) { $0.remove(WireHello.renegotiationInfo) }
    #expect(summary.usesExtendedMasterSecret)
  }

  @Test("A server without extended_master_secret gets the master secret of RFC 5246")
  func classicMasterSecret() throws {
    let summary = try expectTaken { $0.remove(WireHello.extendedMasterSecret) }
    #expect(!summary.usesExtendedMasterSecret)
  }

  @Test("An echo of supported_groups, and a session that could be resumed")
  func echo() throws {
    let summary = try expectTaken {
      $0.set(WireHello.supportedGroups, [0, 2, 0, 23])
      $0.sessionID = [UInt8](repeating: 5, count: 32)
    }
    #expect(summary.group == .x25519)
  }
}
