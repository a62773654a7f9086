import TLSCertificates
import TLSCrypto
import TLSEngine

/// A client of ours tries a feature with a peer's server.
struct TrialOfServer {
  private let feature: Feature
  private let servers: ServerPool
  private let authority: Authority
  private let launch: Launch
  private let configuration: ClientConfiguration

  init(
    _ peer: any InteropPeer, _ feature: Feature, _ servers: ServerPool, _ authority: Authority
  ) throws {
    self.feature = feature
    self.servers = servers
    self.authority = authority
    launch = try peer.server(for: feature, authority)
    var configuration = try authority.clientConfiguration()
    try feature.configure(&configuration, authority)
    if launch.staplesWithSHA1 {
      var verifier = ChainVerifier(roots: try authority.roots())
      verifier.policy.revocation.staplingChecking = .off
      configuration.verification = .verifier(verifier)
    }
    self.configuration = configuration
  }

  /// Without a word to the contrary, what the peer staples is refused.
  private func expectRefusal() throws {
    var configuration = configuration
    configuration.verification = .roots(try authority.roots())
    let (_, socket) = try servers.connect(to: launch)
    var connection = try ClientConnection(to: launch.serverName, configuration: configuration)
    try connection.start()
    do {
      _ = try connection.handshake(over: socket)
    } catch let error as TLSError where error.alert == .badCertificateStatusResponse {
      return
    }
    throw Feature.Missing(description: "a response signed with SHA-1 was taken")
  }

  func run() throws {
    if launch.staplesWithSHA1 { try expectRefusal() }
    let session = try connect(resuming: nil)
    guard feature.isResumption else { return }
    guard let session else { throw Feature.Missing(description: "there is no session to resume") }
    let kind = feature == .resumptionByID ? "by id" : "by ticket"
    guard session.description.contains(kind) else {
      throw Feature.Missing(description: "it is not \(kind): \(session)")
    }
    // As a caller would have it, from where it was stored.
    let stored = try session.encoded()
    _ = try connect(resuming: try ClientSession(encoded: stored.bytes))
  }

  /// One connection: handshake, checks, bytes both ways.
  ///
  /// - Returns: the session, if there is one to be kept.
  private func connect(resuming session: ClientSession?) throws -> ClientSession? {
    var configuration = configuration
    configuration.session = session
    let (process, socket) = try servers.connect(to: launch)
    var connection = try ClientConnection(to: launch.serverName, configuration: configuration)
    try connection.start()
    let (summary, newSession, _) = try connection.handshake(over: socket)
    try feature.check(summary, with: launch, isServer: false)
    guard summary.isResumed == (session != nil) else {
      throw Feature.Missing(description: "resumed: \(summary.isResumed), \(summary)")
    }
    try checkCertificate(summary)
    if feature == .exporter { try process.expectExported(by: connection) }
    try connection.talk(to: process, over: socket)
    try process.checkEvidence()
    // A server of HTTP has closed already, with close_notify.
    if launch.talk == .typed || launch.talk == .echo { try connection.finish(over: socket) }
    return newSession
  }

  private func checkCertificate(_ summary: ConnectionSummary) throws {
    guard let kind = launch.presents else { return }
    let leaf = try authority.identity(kind).certificates.first
    guard summary.peerCertificates?.first == leaf else {
      throw Feature.Missing(description: "the certificate is not \(kind)'s")
    }
  }
}

extension Feature {
  /// Whether it takes a second connection to show.
  var isResumption: Bool { self == .resumptionByID || self == .resumptionByTicket }
}
