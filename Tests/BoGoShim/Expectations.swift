import TLSCertificates
import TLSEngine

/// Compares what came of a handshake with what the flags expect.
struct Expectations {
  let options: ShimOptions
  let isResumption: Bool
  let credentials: Credentials

  var wantsMessages: Bool { options.expectedMessages != nil }

  /// Looks at a handshake that is complete.
  func check(_ summary: ConnectionSummary?, _ record: Record, hasJudged: Bool) throws {
    guard let summary else { throw Unexpected("there is no summary of a complete handshake") }
    if options.expectsHandshakeNeverDone { throw Unexpected("the handshake was completed") }
    try expect("resumption", summary.isResumed, isResumption && !options.expectsSessionMiss)
    try checkNegotiated(summary)
    try checkProtocols(summary)
    try checkPeer(summary, hasJudged: hasJudged)
    try checkSession(summary, record)
    if let number = options.expectedSelectedCredential {
      try expect("the credential", credentials.number(of: summary.ownCertificates), number)
    }
  }

  /// Looks at a connection that has ended.
  func checkEnd(_ record: Record) throws {
    if let count = options.expectedRenegotiations {
      try expect("the number of renegotiations", record.handshakeCount - 1, count)
    }
    guard let expected = options.expectedMessages else { return }
    // The runner knows only of what came before the end, and not of the answer to it.
    let messages = record.messages.filter { $0.direction == .received || $0.name != "Alert" }
    try expect("the messages", MessageLog.text(of: messages), expected)
  }

  private func checkNegotiated(_ summary: ConnectionSummary) throws {
    if let version = options.expectedVersion {
      try expect("the version", Int(summary.version.rawValue), version)
    }
    for suite in [options.expectedCipher, options.expectedCipherWithAES].compactMap(\.self) {
      try expect("the suite", Int(summary.cipherSuite.rawValue), suite)
    }
    if let curve = options.expectedCurve {
      try expect("the group", summary.group.map { Int($0.rawValue) }, curve)
    }
    // A resumed session has the server's scheme alone.
    if let number = options.expectedPeerSignatureAlgorithm,
      !options.isServer || !summary.isResumed
    {
      let scheme = options.isServer ? summary.clientSignatureScheme : summary.signatureScheme
      try expect("the peer's signature", scheme.map { Int($0.rawValue) }, number)
    }
    if options.expectsExtendedMasterSecret {
      try expect("extended_master_secret", summary.usesExtendedMasterSecret, true)
    }
    if options.expectsSecureRenegotiation || options.expectsNoSecureRenegotiation {
      try expect(
        "secure renegotiation", summary.usesSecureRenegotiation, options.expectsSecureRenegotiation)
    }
  }

  private func checkProtocols(_ summary: ConnectionSummary) throws {
    let name = summary.applicationProtocol
    let isNext = summary.usesNextProtocolNegotiation
    if options.expectedNextProtocol != nil || options.expectsNoNextProtocol {
      try expect("NPN's protocol", isNext ? name : nil, options.expectedNextProtocol)
    }
    let expected = options.isServer ? options.selectALPN : options.expectedALPN
    try expect("ALPN's protocol", isNext ? nil : name, expected)
    if let name = options.expectedServerName { try expect("the name", summary.serverName, name) }
  }

  private func checkPeer(_ summary: ConnectionSummary, hasJudged: Bool) throws {
    // A resumed session has neither.
    if !options.isServer, !summary.isResumed {
      if let response = options.expectedOCSPResponse {
        try expect("the OCSP response", summary.stapledStatus, response)
      }
      if let list = options.expectedSignedCertificateTimestamps {
        try expect(
          "the timestamps", summary.signedCertificateTimestamps, Credential.timestamps(list))
      }
    }
    if let path = options.expectedPeerCertificateFile {
      try expect(
        "the peer's chain", summary.peerCertificates, try Certificate.chain(pem: contents(of: path))
      )
    }
    let wantsNone = options.expectsNoPeerCertificate || options.preSharedKey != nil
    if wantsNone || !options.isServer || options.requiresAnyClientCertificate {
      try expect("the absence of a certificate", summary.peerCertificates?.isEmpty, wantsNone)
    }
    if options.expectsVerifyResult, options.verifiesPeer, !summary.isResumed,
      summary.peerCertificates?.isEmpty == false
    {
      try expect("whether the chain was judged", hasJudged, true)
    }
  }

  private func checkSession(_ summary: ConnectionSummary, _ record: Record) throws {
    if !options.isServer {
      // Without extended_master_secret there is nothing that could be resumed safely.
      let wantsNew =
        !options.expectsNoSession && summary.usesExtendedMasterSecret
        && (!summary.isResumed || options.expectsTicketRenewal)
      try expect("a new session", record.hasClientSession, wantsNew)
    }
    guard !isResumption else { return }
    if options.expectsSessionID || options.expectsNoSessionID {
      let has = options.isServer ? record.hasServerSession : record.hasClientSession
      try expect("a session", has, options.expectsSessionID)
    }
  }
}
