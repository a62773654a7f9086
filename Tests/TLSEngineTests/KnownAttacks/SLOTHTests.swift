import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// SLOTH (Bhargavan, Leurent, "Transcript Collision Attacks", 2016; CVE-2015-7575): peers that took
  /// signatures over MD5 or SHA-1, even ones that they had not offered, could be made to sign one
  /// handshake for another with the same hash.
  @Suite("Signatures with MD5, SHA-1 and SHA-224")
  struct SLOTHTests {
    /// `HashAlgorithm` md5, sha1 and sha224 with `SignatureAlgorithm` rsa and ecdsa (RFC 5246 section
    /// 7.4.1.4.1), and the kind of key for them.
    private static let weak: [(number: UInt16, kind: TestIdentities.Kind)] = [
      (0x0101, .rsa), (0x0201, .rsa), (0x0301, .rsa),
      (0x0103, .p256), (0x0203, .p256), (0x0303, .p256),
    ]

    private static let list = weak.flatMap { [UInt8].number(Int($0.number), 2) }.vector(2)

    private func signing(_ kind: TestIdentities.Kind) -> SignatureAlgorithm {
      kind == .rsa ? .rsaPKCS1(.sha256) : .ecdsa(.sha256)
    }

    private func numbers(_ list: [UInt8]) throws -> [Int] {
      var cursor = WireCursor(list)
      var numbers: [Int] = []
      while !cursor.isEmpty { numbers.append(try cursor.number(2)) }
      return numbers
    }

    private func askingServer() throws -> ServerConfiguration {
      try TestIdentities.serverConfiguration {
        $0.clientAuthentication = .required
        $0.clientVerification = .roots(try TestIdentities.roots())
      }
    }

    @Test("Neither side says that it takes them")
    func offers() throws {
      var client = try TestIdentities.startedClient()
      let stream = client.takeOutgoing()
      let hello = try WireHello(ofStream: stream)
      var ofClient = WireCursor(try #require(hello.body(of: WireHello.signatureAlgorithms)))
      var server = try ServerConnection(configuration: askingServer())
      _ = try server.receive(stream)
      let flight = WireRecord.messages(WireRecord.split(server.takeOutgoing()))
      let request = try #require(flight.first { $0.first == 13 })
      var ofServer = WireCursor(request.dropFirst(4))
      _ = try ofServer.vector(1)
      for list in [try ofClient.vector(2), try ofServer.vector(2)] {
        let offered = try numbers(list)
        #expect(!offered.isEmpty)
        // The high byte is the hash (RFC 5246), or 8 for schemes that name theirs (RFC 8446).
        #expect(offered.allSatisfy { $0 >> 8 >= 4 }, "\(offered)")
      }
      #expect(HashFunction.allCases == [.sha256, .sha384, .sha512])
    }

    @Test("Neither side can be told to")
    func configured() throws {
      for (number, _) in Self.weak {
        let scheme = SignatureScheme(rawValue: number)
        #expect(throws: TLSError.self) {
          var configuration = try TestIdentities.clientConfiguration()
          configuration.signatureSchemes = [.ed25519, scheme]
          _ = try ClientConnection(to: "example.com", configuration: configuration)
        }
        #expect(throws: TLSError.self) {
          _ = try TestIdentities.server { $0.signatureSchemes = [.ed25519, scheme] }
        }
      }
    }

    @Test("A server's is refused by its number, though the signature below is good")
    func ofServer() throws {
      for (number, kind) in Self.weak {
        let scheme = SignatureScheme(rawValue: number)
        try expectClientRefuses(
          with: .illegalParameter,
          saying: "the server signed with \(scheme), which was not offered", as: kind
        ) {
          $0.scheme = scheme
          $0.signing = signing(kind)
        }
      }
    }

    @Test("A client's is refused by its number, though the signature below is good")
    func ofClient() throws {
      for (number, kind) in Self.weak {
        let scheme = SignatureScheme(rawValue: number)
        var peer = try HandDrivenClient()
        var server = try ServerConnection(configuration: askingServer())
        _ = try server.receive(peer.helloRecord)
        var credential = try ClientCredential(kind)
        credential.scheme = scheme
        credential.signing = signing(kind)
        peer.credential = credential
        try peer.receive(server.takeOutgoing())
        expectRefused(
          &server, receiving: try peer.secondFlight(), with: .illegalParameter,
          saying: "the client signed with \(scheme), which was not offered")
      }
    }

    @Test("A server whose client takes nothing else ends the handshake")
    func weakClient() throws {
      for kind in [TestIdentities.Kind.rsa, .p256, .ed25519] {
        var peer = try HandDrivenClient()
        peer.hello.set(WireHello.signatureAlgorithms, Self.list)
        var server = try TestIdentities.server(as: kind)
        let error = #expect(throws: TLSError.self) { _ = try server.receive(peer.helloRecord) }
        #expect(error?.alert == .handshakeFailure)
        guard case .noSharedSignatureScheme = error?.reason else {
          Issue.record("the wrong reason: \(String(describing: error))")
          continue
        }
      }
    }

    @Test("A client whose server takes nothing else shows no certificate, and signs nothing")
    func weakServer() throws {
      let identities = try [TestIdentities.Kind.p256, .rsa].map { kind in
        try TestIdentities.clientIdentity(kind)
      }
      var client = try TestIdentities.startedClient(
        try TestIdentities.client { $0.identities = identities })
      var peer = try HandDrivenServer(answering: &client)
      let request = ([UInt8]([1, 64]).vector(1) + Self.list + [0, 0]).message(13)
      peer.flight.beforeDone = [request]
      _ = try client.receive(try peer.firstFlight())
      try peer.receive(client.takeOutgoing())
      #expect(peer.clientMessages.map { $0[0] } == [11, 16])
      #expect(peer.clientMessages.first == [11, 0, 0, 3, 0, 0, 0])
    }
  }
}
