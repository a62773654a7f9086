import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

extension KeptPeerCertificates {
  /// Each of them.
  static let every: [KeptPeerCertificates] = [.none, .leaf, .all]
}

/// What a connection keeps of the peer's certificates, and that whoever wants them gets them.
@Suite("Kept certificates of the peer")
struct KeptPeerCertificatesTests {
  private static let timestamps: [[UInt8]] = [[1, 2, 3]]

  /// A pair that shows two certificates each, with all that can come with them.
  private func pair(_ kept: KeptPeerCertificates) throws -> Acquaintances {
    var pair = try Acquaintances(.tickets)
    let root = try TestIdentities.root()
    let server = try TestIdentities.material(.p256)
    var identity = try Identity(certificates: server.certificates + [root], privateKey: server.key)
    identity.stapledStatus = try TestIdentities.stapledStatus(for: identity)
    identity.signedCertificateTimestamps = Self.timestamps
    pair.server.identities = [identity]
    pair.server.clientAuthentication = .required
    pair.server.clientVerification = .roots(try TestIdentities.roots())
    let client = try TestIdentities.clientMaterial(.p384)
    pair.client.identities = [
      try Identity(certificates: client.certificates + [root], privateKey: client.key)
    ]
    pair.client.keptPeerCertificates = kept
    pair.server.keptPeerCertificates = kept
    return pair
  }

  /// How many of so many certificates are kept; `nil` for none of them.
  private func count(_ kept: KeptPeerCertificates, of all: Int) -> Int? {
    switch kept {
    case .all: all
    case .leaf: 1
    case .none: nil
    }
  }

  @Test("Nothing is kept unless it is asked for")
  func standard() {
    #expect(ClientConfiguration().keptPeerCertificates == .none)
    #expect(ServerConfiguration().keptPeerCertificates == .none)
  }

  @Test(
    "The event has all of it, and the connection as much as it is to keep",
    arguments: KeptPeerCertificates.every)
  func kept(kept: KeptPeerCertificates) throws {
    let pair = try pair(kept)
    let loopback = try pair.meet()
    for (events, summary, shown) in [
      (loopback.clientEvents, loopback.client.summary, pair.server.identities[0].certificates),
      (loopback.serverEvents, loopback.server.summary, pair.client.identities[0].certificates),
    ] {
      let told = try #require(events.compactMap(\.summary).first)
      #expect(told.peerCertificates == shown)
      #expect(told.verifiedPeerChain.count == 2)
      let summary = try #require(summary)
      #expect(summary.peerCertificates?.count == count(kept, of: 2))
      #expect(summary.peerCertificates?.first == (kept == .none ? nil : shown[0]))
      #expect(summary.verifiedPeerChain == (kept == .all ? told.verifiedPeerChain : []))
      #expect(summary.stapledStatus == (kept == .all ? told.stapledStatus : nil))
      #expect(
        summary.signedCertificateTimestamps
          == (kept == .all ? told.signedCertificateTimestamps : []))
      // The rest of it is the same.
      var rest = told
      rest.keep(kept)
      #expect(summary == rest)
      #expect(summary.ownCertificates == told.ownCertificates)
    }
    let told = try #require(loopback.clientEvents.compactMap(\.summary).first)
    #expect(told.stapledStatus?.isEmpty == false)
    #expect(told.signedCertificateTimestamps == Self.timestamps)
  }

  @Test(
    "A session has its chain all the same, and a resumed connection tells of it",
    arguments: KeptPeerCertificates.every)
  func resumed(kept: KeptPeerCertificates) throws {
    var pair = try pair(kept)
    try pair.getAcquainted()
    var loopback = try pair.meet()
    try expectConnected(&loopback, isResumed: true)
    for (events, summary, shown) in [
      (loopback.clientEvents, loopback.client.summary, pair.server.identities[0].certificates),
      (loopback.serverEvents, loopback.server.summary, pair.client.identities[0].certificates),
    ] {
      let told = try #require(events.compactMap(\.summary).first)
      #expect(told.peerCertificates == shown)
      #expect(summary?.peerCertificates?.count == count(kept, of: 2))
    }
    let bindings = (
      try loopback.client.channelBinding(.tlsServerEndPoint),
      try loopback.server.channelBinding(.tlsServerEndPoint)
    )
    #expect(bindings.0 == bindings.1)
  }

  @Test(
    "That the peer showed none is known without keeping any", arguments: KeptPeerCertificates.every)
  func noneShown(kept: KeptPeerCertificates) throws {
    let server = try TestIdentities.serverConfiguration { $0.keptPeerCertificates = kept }
    var loopback = try Loopback(try TestIdentities.clientConfiguration(), server)
    try loopback.exchange()
    #expect(loopback.server.summary?.peerCertificates == [])
  }

  @Test("Who judges is shown all of it", arguments: KeptPeerCertificates.every)
  func judged(kept: KeptPeerCertificates) throws {
    var pair = try pair(kept)
    pair.client.verification = .ask
    var loopback = try pair.meet()
    guard case .verifyChain(let question) = loopback.client.pendingQuestion else {
      Issue.record("the client asks \(String(describing: loopback.client.pendingQuestion))")
      return
    }
    #expect(question.certificates == pair.server.identities[0].certificates)
    _ = try loopback.client.answer(.chainIsGood)
    try loopback.exchange()
    #expect(loopback.client.summary?.peerCertificates?.count == count(kept, of: 2))
  }
}
