import TLSCertificates
import TLSEngine

/// What has to be seen on our side where a feature is there.
extension Feature {
  /// Checks that what was negotiated shows the feature.
  func check(_ summary: ConnectionSummary, with launch: Launch, isServer: Bool) throws(Missing) {
    switch self {
    case .suite(let suite):
      try expect(summary.cipherSuite == suite, "the suite is \(summary.cipherSuite)")
    case .group(let group):
      try expect(summary.group == group, "the group is not \(group): \(summary)")
    case .signature(let scheme):
      try expect(summary.signatureScheme == scheme, "the signature is another: \(summary)")
    case .serverName:
      guard isServer else { return }
      try expect(summary.serverName == launch.serverName, "the name is another: \(summary)")
    case .applicationProtocol, .nextProtocol:
      try checkProtocol(summary, with: launch)
    case .extendedMasterSecret:
      try expect(summary.usesExtendedMasterSecret, "extended_master_secret is missing")
    case .encryptThenMAC:
      try expect(summary.usesEncryptThenMAC, "encrypt_then_mac is missing: \(summary)")
    case .maximumFragmentLength:
      try expect(summary.largestFragmentToSend == 1_024, "there is no limit of 1024 bytes")
    case .recordSizeLimit:
      try expect(summary.largestFragmentToReceive == 2_048, "there is no limit of 2048 bytes")
    case .certificateStatus, .certificateTimestamps, .clientCertificate:
      try checkCertificate(summary, isServer: isServer)
    // The second connection is what counts, or the keying material; a server that takes the signal
    // says nothing.
    case .resumptionByID, .resumptionByTicket, .exporter, .fallbackSignal: break
    }
  }

  private func checkProtocol(
    _ summary: ConnectionSummary, with launch: Launch
  ) throws(Missing) {
    try expect(
      summary.applicationProtocol == launch.applicationProtocol,
      "the protocol is not \(launch.applicationProtocol): \(summary)")
    try expect(
      summary.usesNextProtocolNegotiation == (self == .nextProtocol),
      "the protocol was negotiated otherwise: \(summary)")
  }

  private func checkCertificate(
    _ summary: ConnectionSummary, isServer: Bool
  ) throws(Missing) {
    switch self {
    // A server hears from the client's own output whether it has read what was sent.
    case .certificateStatus where !isServer:
      try expect(summary.stapledStatus?.isEmpty == false, "no response was stapled")
    case .certificateTimestamps where !isServer:
      try expect(
        summary.signedCertificateTimestamps == [Authority.timestamp], "no timestamps came")
    case .clientCertificate(let kind) where isServer:
      let name = summary.verifiedPeerChain.first?.subject.commonName
      try expect(name == "\(kind) leaf", "the client is \(name ?? "nobody")")
    default: break
    }
  }

  private func expect(_ condition: Bool, _ otherwise: String) throws(Missing) {
    guard condition else { throw Missing(description: otherwise) }
  }
}
