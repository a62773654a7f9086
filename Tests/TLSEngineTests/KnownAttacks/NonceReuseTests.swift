import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// Nonce-disrespecting adversaries (Böck, Zauner, Devlin, Somorovsky and Jovanovic 2016,
  /// CVE-2016-0270): servers that drew GCM's explicit nonces at random, or sent one twice, gave away the
  /// key that authenticates. Here they are the sequence number, and that never wraps.
  @Suite("Nonce reuse: explicit nonces are a counter, and never repeat")
  struct NonceReuseTests {
    private static let suites: [CipherSuite] = [
      .ecdheECDSAWithAES128GCMSHA256, .ecdheECDSAWithAES256GCMSHA384, .ecdheECDSAWithAES128CCM,
    ]

    private func connected(_ suite: CipherSuite) throws -> Loopback {
      try Loopback.connected(
        { $0.cipherSuites = [suite] },
        as: [try TestIdentities.identity(.p256)], serverSuites: [suite])
    }

    /// The explicit nonces of a stream's protected records, by their order.
    private func nonces(_ stream: [UInt8]) -> [UInt64] {
      WireRecord.split(stream).drop { $0.type != 20 }.dropFirst().map { record in
        record.body.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
      }
    }

    @Test(
      "They count from zero in each direction, over Finished, data and alerts", arguments: suites)
    func counter(suite: CipherSuite) throws {
      var loopback = try connected(suite)
      for number in 0..<20 {
        try loopback.client.send([UInt8](repeating: 7, count: 1 + number * 1_000))
        try loopback.server.send([7])
        try loopback.exchange()
      }
      loopback.client.close()
      try loopback.exchange()
      let (ours, theirs) = (nonces(loopback.sentByClient), nonces(loopback.sentByServer))
      // Finished, data twenty times, of which three fill two records, and close_notify.
      #expect(ours == Array(0..<25))
      #expect(theirs == Array(0..<22))
    }

    @Test("The alert after a forged record takes the next number too", arguments: suites)
    func alert(suite: CipherSuite) throws {
      var loopback = try connected(suite)
      let forged = WireRecord(type: 23, body: [UInt8](repeating: 0, count: 40)).bytes
      #expect(throws: TLSError.self) { _ = try loopback.server.receive(forged) }
      #expect(nonces(loopback.sentByServer + loopback.server.takeOutgoing()) == [0, 1])
    }

    @Test("The two directions have keys of their own, for the same numbers", arguments: suites)
    func directions(suite: CipherSuite) throws {
      var loopback = try connected(suite)
      let text = [UInt8](repeating: 0, count: 64)
      try loopback.client.send(text)
      try loopback.server.send(text)
      let (ours, theirs) = (loopback.client.takeOutgoing(), loopback.server.takeOutgoing())
      #expect(Array(ours[5..<13]) == Array(theirs[5..<13]))
      // Under one key and one nonce the ciphertexts of the same text would be the same.
      #expect(ours[13..<77] != theirs[13..<77])
    }

    @Test("A sequence number that cannot be counted on ends the connection instead of wrapping")
    func wrapping() throws {
      var number = UInt64.max - 1
      try number.advance()
      #expect(number == .max)
      let error = #expect(throws: TLSError.self) { try number.advance() }
      #expect(error?.reason == .internalFailure("every sequence number is used up"))
      #expect(number == .max)
    }

    @Test("Long before, the caller is told that a key has done its work: 2^24.5 records")
    func limit() throws {
      var loopback = try connected(.ecdheECDSAWithAES128GCMSHA256)
      #expect(loopback.client.remainingRecordCount == 23_726_565)
      try loopback.client.send([1])
      #expect(loopback.client.remainingRecordCount == 23_726_564)
    }
  }
}
