import TLSCrypto
import Testing

@testable import TLSEngine

/// Every suite that the engine speaks carries a connection, and says so.
@Suite("Every suite")
struct SuiteHandshakeTests {
  private func expectSuite(
    _ suite: CipherSuite, encryptThenMAC: Bool, in loopback: inout Loopback,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try loopback.exchange()
    let (ours, theirs) = (loopback.client.summary, loopback.server.summary)
    for summary in [ours, theirs] {
      let summary = try #require(summary, sourceLocation: sourceLocation)
      #expect(summary.cipherSuite == suite, sourceLocation: sourceLocation)
      #expect(summary.usesEncryptThenMAC == encryptThenMAC, sourceLocation: sourceLocation)
      #expect(summary.usesExtendedMasterSecret, sourceLocation: sourceLocation)
      let isPreShared = suite.description.contains("_PSK_")
      #expect(
        summary.preSharedKeyIdentity == (isPreShared ? TestPreSharedKeys.identity : nil),
        sourceLocation: sourceLocation)
      #expect((summary.signatureScheme == nil) == isPreShared, sourceLocation: sourceLocation)
      #expect(
        summary.group == (suite.description.contains("_DHE_") ? .ffdhe2048 : .x25519),
        sourceLocation: sourceLocation)
      #expect(
        summary.description.hasPrefix("TLS 1.2, \(suite), "), sourceLocation: sourceLocation)
    }
    try loopback.expectDataBothWays(sourceLocation: sourceLocation)
  }

  @Test("With data both ways and an end", arguments: CipherSuite.supported)
  func each(suite: CipherSuite) throws {
    var loopback = try suite.loopback()
    try expectSuite(suite, encryptThenMAC: suite.isCBC, in: &loopback)
  }

  @Test(
    "CBC without encrypt_then_mac, whichever side lacks it",
    arguments: CipherSuite.supported.filter(\.isCBC))
  func withoutEncryptThenMAC(suite: CipherSuite) throws {
    var loopback = try suite.loopback({ $0.usesEncryptThenMAC = false })
    try expectSuite(suite, encryptThenMAC: false, in: &loopback)
    loopback = try suite.loopback({ _ in }, { $0.usesEncryptThenMAC = false })
    try expectSuite(suite, encryptThenMAC: false, in: &loopback)
  }

  @Test("Every suite, cut into single bytes", arguments: CipherSuite.supported)
  func oneByteAtATime(suite: CipherSuite) throws {
    var loopback = try suite.loopback()
    try loopback.exchange(bytesAtATime: 1)
    try loopback.client.send([1, 2, 3])
    try loopback.exchange(bytesAtATime: 1)
    #expect(loopback.receivedByServer == [1, 2, 3])
  }

  @Test(
    "A changed record ends the connection with bad_record_mac", arguments: CipherSuite.supported)
  func changedRecord(suite: CipherSuite) throws {
    for usesEncryptThenMAC in [true, false] {
      var loopback = try suite.loopback({ $0.usesEncryptThenMAC = usesEncryptThenMAC })
      try loopback.exchange()
      try loopback.client.send([UInt8](repeating: 9, count: 100))
      var record = loopback.client.takeOutgoing()
      record[record.count - 1] ^= 1
      let error = #expect(throws: TLSError.self) { _ = try loopback.server.receive(record) }
      #expect(error?.alert == .badRecordMAC)
      #expect(error?.reason == .badRecordMAC(sequenceNumber: 1))
    }
  }

  @Test(
    "Every curve with a key on every other", arguments: [NamedGroup.x448, .secp521r1, .secp384r1],
    [TestIdentities.Kind.p521, .ed25519, .rsa])
  func curves(group: NamedGroup, kind: TestIdentities.Kind) throws {
    var loopback = try Loopback(
      try TestIdentities.client {
        $0.supportedGroups = [group] + [.secp521r1].filter { $0 != group }
      },
      try TestIdentities.serverConfiguration(as: kind) { $0.supportedGroups = [group] })
    try loopback.exchange()
    #expect(loopback.client.summary?.group == group)
    #expect(loopback.server.summary?.group == group)
    try loopback.expectDataBothWays()
  }
}
