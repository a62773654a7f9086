import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// `Identity.signatureSchemes`, for keys that cannot sign in every way, and what is told of it.
@Suite("How an identity signs, and what a summary tells")
struct OwnSchemesTests {
  private static let pkcs1: [SignatureScheme] = [.rsaPKCS1SHA384, .rsaPKCS1SHA256]

  private func identity(_ schemes: [SignatureScheme]?) throws -> Identity {
    var identity = try TestIdentities.identity(.rsa)
    identity.signatureSchemes = schemes
    return identity
  }

  @Test("A server signs as its key can, in the key's order")
  func server() throws {
    for (schemes, expected) in [
      (nil, .rsaPSSRSAESHA256), (Self.pkcs1, .rsaPKCS1SHA384),
      ([.rsaPSSRSAESHA512], .rsaPSSRSAESHA512),
    ] as [([SignatureScheme]?, SignatureScheme)] {
      let loopback = try Loopback.connected(as: [try identity(schemes)])
      #expect(loopback.client.summary?.signatureScheme == expected)
      #expect(loopback.server.summary?.signatureScheme == expected)
    }
  }

  @Test("A server whose key cannot sign as the client wants takes its other identity, or refuses")
  func otherIdentity() throws {
    let only = { (client: inout ClientConfiguration) in
      client.signatureSchemes = [.rsaPSSRSAESHA256, .ecdsaSecp256r1SHA256]
    }
    let rsa = try identity(Self.pkcs1)
    let other = try TestIdentities.identity(.p256)
    let loopback = try Loopback.connected(only, as: [rsa, other])
    #expect(loopback.server.summary?.ownCertificates == other.certificates)
    for schemes in [Self.pkcs1, [], [.ed25519]] {
      var refused = try Loopback(
        try TestIdentities.client(only),
        ServerConfiguration(identities: [try identity(schemes)]))
      #expect(throws: TLSError.self) { try refused.exchange() }
      #expect(refused.server.failure?.alert == .handshakeFailure)
    }
  }

  @Test("A client signs as its key can, and shows none where the server takes nothing of that")
  func client() throws {
    var own = try TestIdentities.clientIdentity(.rsa)
    own.signatureSchemes = Self.pkcs1
    for (accepted, scheme) in [
      (SignatureScheme.defaults, SignatureScheme.rsaPKCS1SHA384),
      ([.rsaPKCS1SHA256, .rsaPSSRSAESHA256], .rsaPKCS1SHA256), ([.rsaPSSRSAESHA256], nil),
    ] as [([SignatureScheme], SignatureScheme?)] {
      var server = ServerConfiguration(identities: [try TestIdentities.identity(.rsa)])
      server.clientAuthentication = .requested
      server.clientVerification = .roots(try TestIdentities.roots())
      server.signatureSchemes = accepted
      server.time = FixedTimeSource(TestIdentities.now)
      var loopback = try Loopback(try TestIdentities.client { $0.identities = [own] }, server)
      try loopback.exchange()
      let (ours, theirs) = (loopback.clientSummary, loopback.serverSummary)
      let shown = scheme == nil ? [] : own.certificates
      #expect(ours?.clientSignatureScheme == scheme)
      #expect(theirs?.clientSignatureScheme == scheme)
      #expect(ours?.ownCertificates == shown)
      #expect(theirs?.peerCertificates == shown)
    }
  }

  @Test("A summary tells what this side showed, and in a resumed session that it showed nothing")
  func ownCertificates() throws {
    var pair = try Acquaintances(.cache)
    pair.client.identities = [try TestIdentities.clientIdentity(.p256)]
    pair.server.clientAuthentication = .required
    pair.server.clientVerification = .roots(try TestIdentities.roots())
    let first = try pair.meet()
    pair.client.session = try first.newClientSession()
    let shown = (first.client.summary?.ownCertificates, first.server.summary?.ownCertificates)
    #expect(shown.0 == pair.client.identities.first?.certificates)
    #expect(shown.1 == pair.server.identities.first?.certificates)
    #expect(first.server.summary?.clientSignatureScheme == .ecdsaSecp256r1SHA256)
    var again = try pair.meet()
    try expectConnected(&again, isResumed: true)
    for summary in [again.client.summary, again.server.summary] {
      #expect(summary?.ownCertificates.isEmpty == true)
      #expect(summary?.clientSignatureScheme == nil)
    }
    let plain = try Loopback.connected()
    #expect(plain.client.summary?.ownCertificates.isEmpty == true)
    #expect(plain.server.summary?.clientSignatureScheme == nil)
  }

  @Test("A summary tells whether the peer knows of RFC 5746")
  func secureRenegotiation() throws {
    let loopback = try Loopback.connected()
    #expect(loopback.client.summary?.usesSecureRenegotiation == true)
    #expect(loopback.server.summary?.usesSecureRenegotiation == true)
    var client = try TestIdentities.startedClient(
      try TestIdentities.client { $0.allowsServersWithoutSecureRenegotiation = true })
    var peer = try HandDrivenServer(answering: &client)
    peer.flight.hello.remove(WireHello.renegotiationInfo)
    _ = try client.receive(try peer.firstFlight())
    try peer.receive(client.takeOutgoing())
    _ = try client.receive(try peer.secondFlight())
    #expect(client.summary?.usesSecureRenegotiation == false)
  }
}
