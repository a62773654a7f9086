import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// Exporters (RFC 5705) and channel bindings (RFC 5929, RFC 9266), against the definition and against
/// the other side.
@Suite("Exporters and channel bindings")
struct ExporterTests {
  /// What both sides of a connection have, as the definition says.
  private struct Definition {
    let master: [UInt8]
    let seed: [UInt8]
    let hash: HashFunction

    init(_ loopback: borrowing Loopback) throws {
      let client = try WireHello(ofStream: loopback.sentByClient)
      let server = try WireHello(ofStream: loopback.sentByServer)
      let suite = CipherSuite(rawValue: UInt16(server.cipherSuites[0]))
      master = try #require(TestKeyLog.shared.masterSecret(of: client.random))
      seed = client.random + server.random
      hash = try #require(suite.parameters).hash
    }

    /// RFC 5705 section 4.
    func exported(_ label: String, _ context: [UInt8]?, _ count: Int) throws -> [UInt8] {
      try TestKeys.prf(master, label, seed + (context?.vector(2) ?? []), count, hash)
    }
  }

  /// What a client and a server export.
  private func exported(
    _ loopback: borrowing Loopback, _ label: String, _ context: [UInt8]?, _ count: Int
  ) throws -> (client: [UInt8], server: [UInt8]) {
    let ours = try loopback.client.exportKeyingMaterial(
      label: label, context: context, byteCount: count)
    let theirs = try loopback.server.exportKeyingMaterial(
      label: label, context: context, byteCount: count)
    return ([UInt8](ours.bytes), [UInt8](theirs.bytes))
  }

  // MARK: Exporters

  @Test(
    "Both sides export what the definition says, with each hash and each kind of suite",
    arguments: [
      CipherSuite.ecdheECDSAWithAES128GCMSHA256, .ecdheECDSAWithAES256GCMSHA384,
      .ecdheECDSAWithAES128CBCSHA, .ecdheECDSAWithAES128CCM8,
    ])
  func definition(suite: CipherSuite) throws {
    var loopback = try Loopback(
      try TestIdentities.client { $0.cipherSuites = [suite] },
      try TestIdentities.serverConfiguration(as: .p256) { $0.cipherSuites = [suite] })
    try loopback.exchange()
    let definition = try Definition(loopback)
    let cases: [(label: String, context: [UInt8]?, count: Int)] = [
      ("EXPERIMENTAL a", nil, 32), ("EXPERIMENTAL a", [], 32), ("EXPERIMENTAL a", [1], 32),
      ("EXPERIMENTAL b", nil, 1), ("EXTRACTOR-dtls_srtp", nil, 60), ("x", nil, 16_384),
      ("client EAP encryption", nil, 128), ("x", [UInt8](repeating: 3, count: 65_535), 48),
      ("", nil, 32),
    ]
    for (label, context, count) in cases {
      let exported = try exported(loopback, label, context, count)
      let expected = try definition.exported(label, context, count)
      #expect(exported.client == expected)
      #expect(exported.server == expected)
      #expect(expected.count == count)
    }
  }

  @Test("No context is not an empty one, and nothing is the same twice")
  func differences() throws {
    let first = try Loopback.connected()
    let second = try Loopback.connected()
    let exports = [
      try exported(first, "EXPERIMENTAL a", nil, 32).client,
      try exported(first, "EXPERIMENTAL a", [], 32).client,
      try exported(first, "EXPERIMENTAL a", [0], 32).client,
      try exported(first, "EXPERIMENTAL b", nil, 32).client,
      try exported(second, "EXPERIMENTAL a", nil, 32).client,
    ]
    #expect(Set(exports).count == exports.count)
    // The longer begins with the shorter.
    let long = try exported(first, "EXPERIMENTAL a", nil, 100).server
    #expect(Array(long.prefix(32)) == exports[0])
  }

  @Test("A client with a pre-shared key exports the same as its server")
  func preSharedKey() throws {
    var loopback = try Loopback(try TestPreSharedKeys.client(), try TestPreSharedKeys.server())
    try loopback.exchange()
    let exported = try exported(loopback, "EXPERIMENTAL a", [1, 2], 40)
    let expected = try Definition(loopback).exported("EXPERIMENTAL a", [1, 2], 40)
    #expect(exported.client == expected)
    #expect(exported.server == expected)
  }

  @Test("Labels of the handshake, labels that are none, and lengths out of bounds are a misuse")
  func misuse() throws {
    let loopback = try Loopback.connected()
    let cases: [(label: String, context: [UInt8]?, count: Int, sentence: String)] = [
      ("naïve", nil, 32, "an exporter's label is visible ASCII, and not \"naïve\""),
      ("a\n", nil, 32, "an exporter's label is visible ASCII, and not \"a\n\""),
      ("x", nil, 0, "an exporter gives 1 to 16384 bytes, not 0"),
      ("x", nil, -1, "an exporter gives 1 to 16384 bytes, not -1"),
      ("x", nil, 16_385, "an exporter gives 1 to 16384 bytes, not 16385"),
      (
        "x", [UInt8](repeating: 0, count: 65_536), 32,
        "an exporter's context of 65536 bytes is too long: 65535 fit"
      ),
    ]
    let reserved = [
      "client finished", "server finished", "master secret", "extended master secret",
      "key expansion",
    ].map { label in
      (
        label, [UInt8]?.none, 32,
        "the label \"\(label)\" belongs to the handshake itself (RFC 5705 4)"
      )
    }
    for (label, context, count, sentence) in cases + reserved {
      for isClient in [true, false] {
        let error = #expect(throws: TLSError.self) {
          _ =
            isClient
            ? try loopback.client.exportKeyingMaterial(
              label: label, context: context, byteCount: count)
            : try loopback.server.exportKeyingMaterial(
              label: label, context: context, byteCount: count)
        }
        #expect(error?.reason == .misuse(sentence))
      }
    }
    #expect(loopback.client.failure == nil)
  }

  @Test("An empty label is a label like others")
  func emptyLabel() throws {
    let loopback = try Loopback.connected()
    let unlabelled = try exported(loopback, "", nil, 32)
    let labelled = try exported(loopback, "x", nil, 32)
    #expect(unlabelled.client == unlabelled.server)
    #expect(unlabelled.client != labelled.client)
  }

  @Test("Before the handshake is complete there is nothing to export")
  func tooEarly() throws {
    let reason = TLSError.Reason.misuse("the handshake is not complete")
    func expectTooEarly<Role>(_ connection: borrowing Connection<Role>) {
      var thrown: TLSError?
      do {
        _ = try connection.exportKeyingMaterial(label: "x", byteCount: 1)
      } catch {
        thrown = error
      }
      #expect(thrown?.reason == reason)
      for kind in ChannelBinding.allCases {
        thrown = nil
        do {
          _ = try connection.channelBinding(kind)
        } catch {
          thrown = error
        }
        #expect(thrown?.reason == reason)
      }
    }
    var loopback = try Loopback(
      try TestIdentities.client { $0.verification = .ask },
      ServerConfiguration(identities: [try TestIdentities.identity(.p256)]))
    expectTooEarly(loopback.client)
    expectTooEarly(loopback.server)
    try loopback.exchange()
    #expect(loopback.client.pendingQuestion != nil)
    expectTooEarly(loopback.client)
    expectTooEarly(loopback.server)
    // The client is done with its own Finished, and has not had the server's.
    _ = try loopback.client.answer(.chainIsGood)
    expectTooEarly(loopback.client)
    try loopback.exchange()
    _ = try loopback.client.exportKeyingMaterial(label: "x", byteCount: 1)
    _ = try loopback.server.exportKeyingMaterial(label: "x", byteCount: 1)
  }

  @Test("After a failure nothing is exported, and after an orderly end everything is")
  func afterwards() throws {
    var loopback = try Loopback.connected()
    let before = try exported(loopback, "x", nil, 32)
    loopback.client.close()
    try loopback.exchange()
    let after = try exported(loopback, "x", nil, 32)
    #expect(after.client == before.client)
    #expect(after.server == before.client)

    loopback = try Loopback.connected()
    let failure = #expect(throws: TLSError.self) {
      _ = try loopback.client.receive([23, 3, 3, 0, 30] + [UInt8](repeating: 1, count: 30))
    }
    let error = #expect(throws: TLSError.self) {
      _ = try loopback.client.exportKeyingMaterial(label: "x", byteCount: 1)
    }
    #expect(error == failure)
    for kind in ChannelBinding.allCases {
      let error = #expect(throws: TLSError.self) { _ = try loopback.client.channelBinding(kind) }
      #expect(error == failure)
    }
  }

  // MARK: Channel bindings

  @Test("Both sides have the same bindings, and others than another connection")
  func bindings() throws {
    let first = try Loopback.connected(as: [try TestIdentities.identity(.p256)])
    let second = try Loopback.connected(as: [try TestIdentities.identity(.p256)])
    for kind in ChannelBinding.allCases {
      let ours = try first.client.channelBinding(kind)
      #expect(ours == (try first.server.channelBinding(kind)))
      // The certificate is the same, and so is the binding that is made of it alone.
      let isShared = ours == (try second.client.channelBinding(kind))
      #expect(isShared == (kind == .tlsServerEndPoint))
    }
    #expect(
      ChannelBinding.allCases.map(\.rawValue) == [
        "tls-server-end-point", "tls-exporter", "tls-unique",
      ])
  }

  @Test("tls-exporter is 32 bytes under its label, with an empty context (RFC 9266 4.2)")
  func tlsExporter() throws {
    let loopback = try Loopback.connected()
    let expected = try Definition(loopback).exported("EXPORTER-Channel-Binding", [], 32)
    #expect(try loopback.client.channelBinding(.tlsExporter) == expected)
  }

  @Test("tls-unique is the client's Finished (RFC 5929 3.1)")
  func tlsUnique() throws {
    var handDriven = try HandDrivenClient()
    var server = try TestIdentities.server()
    _ = try server.receive(handDriven.helloRecord)
    try handDriven.receive(server.takeOutgoing())
    let finished = try handDriven.finished()
    _ = try server.receive(try handDriven.secondFlight())
    #expect(try server.channelBinding(.tlsUnique) == Array(finished.dropFirst(4)))

    var client = try TestIdentities.startedClient()
    var peer = try HandDrivenServer(answering: &client)
    _ = try client.receive(try peer.firstFlight())
    try peer.receive(client.takeOutgoing())
    let own = try #require(peer.protectedMessages.last)
    _ = try client.receive(try peer.secondFlight())
    #expect(try client.channelBinding(.tlsUnique) == Array(own.dropFirst(4)))
  }

  @Test(
    "tls-server-end-point is the certificate under its signature's hash (RFC 5929 4.1)",
    arguments: KeptPeerCertificates.every)
  func endPoint(kept: KeptPeerCertificates) throws {
    for (hash, function) in [
      (CertificateBuilder.Signature.algorithm(.ecdsa(.sha256)), HashFunction.sha256),
      (.algorithm(.ecdsa(.sha384)), .sha384), (.algorithm(.ecdsa(.sha512)), .sha512),
    ] {
      let identity = try TestIdentities.identity(.ed25519) { $0.signature = hash }
      let loopback = try Loopback.connected({ $0.keptPeerCertificates = kept }, as: [identity])
      let expected = try Hash.digest(of: identity.certificates[0].der.rawSpan, using: function)
      #expect(try loopback.client.channelBinding(.tlsServerEndPoint) == expected.array)
      #expect(try loopback.server.channelBinding(.tlsServerEndPoint) == expected.array)
    }
  }

  @Test(
    "A certificate signed without a hash of its own has no end point, and neither has a key",
    arguments: KeptPeerCertificates.every)
  func noEndPoint(kept: KeptPeerCertificates) throws {
    var random = SystemRandomSource()
    let authority = try DevelopmentAuthority(
      keyKind: .ed25519, now: TestIdentities.now, random: &random)
    let issued = try authority.issue(
      names: ["example.com"], now: TestIdentities.now, random: &random)
    let identity = try Identity(certificates: [issued.certificate], privateKey: issued.key)
    let loopback = try Loopback.connected(
      {
        $0.verification = .insecureWithoutAnyVerification
        $0.keptPeerCertificates = kept
      }, as: [identity])
    for isClient in [true, false] {
      let error = #expect(throws: TLSError.self) {
        _ =
          isClient
          ? try loopback.client.channelBinding(.tlsServerEndPoint)
          : try loopback.server.channelBinding(.tlsServerEndPoint)
      }
      #expect(
        error?.reason
          == .misuse(
            "tls-server-end-point is not defined for a certificate signed with Ed25519 (RFC 5929 "
              + "4.1)"))
    }
    var keys = try Loopback(try TestPreSharedKeys.client(), try TestPreSharedKeys.server())
    try keys.exchange()
    let error = #expect(throws: TLSError.self) {
      _ = try keys.client.channelBinding(.tlsServerEndPoint)
    }
    #expect(
      error?.reason
        == .misuse("the server has no certificate, which tls-server-end-point is made of"))
    #expect(
      try keys.client.channelBinding(.tlsUnique) == (try keys.server.channelBinding(.tlsUnique)))
  }

  @Test("Without extended_master_secret only the end point is safe (RFC 7627 5.4, RFC 9266 4.2)")
  func withoutExtendedMasterSecret() throws {
    var peer = try HandDrivenClient()
    peer.hello.remove(WireHello.extendedMasterSecret)
    var server = try TestIdentities.server(as: .p256)
    _ = try server.receive(peer.helloRecord)
    try peer.receive(server.takeOutgoing())
    _ = try server.receive(try peer.secondFlight())
    #expect(server.summary?.usesExtendedMasterSecret == false)
    for kind in [ChannelBinding.tlsExporter, .tlsUnique] {
      let error = #expect(throws: TLSError.self) { _ = try server.channelBinding(kind) }
      #expect(
        error?.reason
          == .misuse(
            "\(kind.rawValue) is only safe with extended_master_secret, which the peer lacks"))
    }
    #expect(try server.channelBinding(.tlsServerEndPoint).count == 32)
    let error = #expect(throws: TLSError.self) {
      _ = try server.exportKeyingMaterial(label: "x", byteCount: 16)
    }
    #expect(
      error?.reason
        == .misuse("an exporter is only safe with extended_master_secret, which the peer lacks"))
  }
}
