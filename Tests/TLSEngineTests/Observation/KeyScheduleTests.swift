import TLSCrypto
import Testing

@testable import TLSEngine

/// The key schedule for those who look on, against connections and against the definition.
@Suite("The key schedule of an onlooker")
struct KeyScheduleTests {
  private static let suite = CipherSuite.ecdheECDSAWithAES128GCMSHA256
  private static let random = [UInt8](0..<32)
  private static let master = [UInt8](repeating: 7, count: 48)

  private static func schedule(_ suite: CipherSuite = suite) throws(TLSError) -> KeySchedule {
    try KeySchedule(
      masterSecret: master.rawSpan, clientRandom: random, serverRandom: random.reversed(),
      cipherSuite: suite)
  }

  @Test(
    "Opens every record of a connection, and makes it again, from the key log alone",
    arguments: CipherSuite.everyWay)
  func connection(suite: CipherSuite, encryptThenMAC: Bool) throws {
    var loopback = try suite.loopback({ $0.usesEncryptThenMAC = encryptThenMAC })
    try loopback.exchange()
    try loopback.client.send([UInt8]((0..<20_000).map { UInt8(truncatingIfNeeded: $0) }))
    try loopback.server.send(Array("an answer".utf8))
    try loopback.exchange()
    loopback.client.close()
    try loopback.exchange()
    let seen = try Observation(loopback)
    let schedule = try seen.schedule(encryptThenMAC: encryptThenMAC)
    let clientFinished = try finished(of: .client, seen, schedule, clientFinished: [])
    let serverFinished = try finished(
      of: .server, seen, schedule, clientFinished: clientFinished)
    #expect(clientFinished != serverFinished)
    #expect(
      try data(of: .client, seen, schedule)
        == (0..<20_000).map { UInt8(truncatingIfNeeded: $0) })
    #expect(try data(of: .server, seen, schedule) == Array("an answer".utf8))
  }

  /// What a side's first record holds, which must be the Finished that the schedule says.
  private func finished(
    of side: ConnectionSide, _ seen: Observation, _ schedule: borrowing KeySchedule,
    clientFinished: [UInt8]
  ) throws -> [UInt8] {
    var records = try schedule.records(writtenBy: side)
    let message = try records.open(try #require(seen.records(of: side).first).bytes)
    let digest = try seen.transcriptHash(before: side, clientFinished: clientFinished)
    let verifyData = try schedule.verifyData(by: side, transcriptHash: digest)
    #expect(message == verifyData.message(20))
    return message
  }

  /// The data in all of a side's records.
  private func data(
    of side: ConnectionSide, _ seen: Observation, _ schedule: borrowing KeySchedule
  ) throws -> [UInt8] {
    var opener = try schedule.records(writtenBy: side)
    var sealer = try schedule.records(writtenBy: side)
    var data: [UInt8] = []
    let records = seen.records(of: side)
    #expect(records.count > 2)
    for (index, record) in records.enumerated() {
      let number = (opener.sequenceNumber, sealer.sequenceNumber)
      #expect(number == (UInt64(index), UInt64(index)))
      let plaintext = try opener.open(record.bytes)
      let type = try #require(ContentType(rawValue: record.type))
      let again = try sealer.seal(plaintext, as: type)
      #expect(again == record.bytes)
      if type == .applicationData { data += plaintext }
    }
    return data
  }

  @Test("Has the keys that a connection gives away", arguments: CipherSuite.everyWay)
  func trafficSecrets(suite: CipherSuite, encryptThenMAC: Bool) throws {
    var loopback = try suite.loopback({ $0.usesEncryptThenMAC = encryptThenMAC })
    try loopback.exchange()
    try loopback.client.send([1, 2, 3])
    try loopback.exchange()
    let secrets = try loopback.client.dangerouslyTakeTrafficSecrets()
    let schedule = try Observation(loopback).schedule(encryptThenMAC: encryptThenMAC)
    let sending = try schedule.keys(ofRecordsWrittenBy: .client)
    let receiving = try schedule.keys(ofRecordsWrittenBy: .server)
    #expect(Self.parts(sending) == Self.parts(secrets.sending))
    #expect(Self.parts(receiving) == Self.parts(secrets.receiving))
    let number = (sending.sequenceNumber, secrets.sending.sequenceNumber)
    #expect(number == (0, 2))
    let master = [UInt8](secrets.masterSecret.bytes)
    #expect(master == [UInt8](schedule.masterSecret))
    // Whoever has the keys goes on where the connection stopped.
    var records = try RecordProtector(
      secrets.sending, cipherSuite: suite, usesEncryptThenMAC: encryptThenMAC)
    let record = try records.seal([4, 5, 6], as: .applicationData)
    let events = try loopback.server.receive(record)
    #expect(events.flatMap(\.data) == [4, 5, 6])
  }

  private static func parts(_ keys: borrowing TrafficSecrets.Direction) -> [[UInt8]] {
    [[UInt8](keys.key.bytes), [UInt8](keys.fixedIV.bytes), [UInt8](keys.macKey.bytes)]
  }

  @Test("The key block is that of RFC 5246 6.3, as long as the suite needs it")
  func keyBlock() throws {
    for suite in CipherSuite.supported {
      let schedule = try Self.schedule(suite)
      let parameters = try #require(suite.parameters)
      let block = try schedule.keyBlock()
      let bytes = [UInt8](block.bytes)
      #expect(bytes.count == KeyBlock.byteCount(for: parameters.cipher))
      let seed = Self.random.reversed() + Self.random
      #expect(
        try bytes
          == TestKeys.prf(Self.master, "key expansion", seed, bytes.count, parameters.hash))
      let client = try schedule.keys(ofRecordsWrittenBy: .client)
      let server = try schedule.keys(ofRecordsWrittenBy: .server)
      let (ours, theirs) = (Self.parts(client), Self.parts(server))
      #expect(ours[2] + theirs[2] + ours[0] + theirs[0] + ours[1] + theirs[1] == bytes)
    }
  }

  @Test(
    "The master secret is that of RFC 5246 8.1, or of RFC 7627 4",
    arguments: [CipherSuite.ecdheECDSAWithAES128GCMSHA256, .ecdheECDSAWithAES256GCMSHA384])
  func masterSecret(suite: CipherSuite) throws {
    let hash = try #require(suite.parameters).hash
    let premaster = [UInt8](repeating: 3, count: 66)
    for sessionHash in [nil, [UInt8](repeating: 9, count: hash.digestByteCount)] {
      let schedule = try KeySchedule(
        premasterSecret: premaster.rawSpan, sessionHash: sessionHash, clientRandom: Self.random,
        serverRandom: Self.random.reversed(), cipherSuite: suite)
      let master = [UInt8](schedule.masterSecret)
      let expected =
        if let sessionHash {
          try TestKeys.prf(premaster, "extended master secret", sessionHash, 48, hash)
        } else {
          try TestKeys.prf(
            premaster, "master secret", Self.random + Self.random.reversed(), 48, hash)
        }
      #expect(master == expected)
    }
  }

  @Test("Exports what the connection exports, and refuses what it refuses")
  func exporter() throws {
    var loopback = try Self.suite.loopback()
    try loopback.exchange()
    let schedule = try Observation(loopback).schedule(encryptThenMAC: false)
    for context in [nil, [], [1, 2]] as [[UInt8]?] {
      let ours = try schedule.exportKeyingMaterial(
        label: "EXPERIMENTAL a", context: context, byteCount: 50)
      let theirs = try loopback.server.exportKeyingMaterial(
        label: "EXPERIMENTAL a", context: context, byteCount: 50)
      let same = ([UInt8](ours.bytes), [UInt8](theirs.bytes))
      #expect(same.0 == same.1)
    }
    let error = failure { () throws(TLSError) -> SecretBytes in
      try Self.schedule().exportKeyingMaterial(label: "key expansion", byteCount: 1)
    }
    #expect(
      error?.reason
        == .misuse("the label \"key expansion\" belongs to the handshake itself (RFC 5705 4)"))
  }

  // MARK: Misuse

  @Test("Suites that are none, and lengths that are wrong, are a misuse and say so")
  func misuse() {
    func expectMisuse(
      _ sentence: String, _ call: () throws(TLSError) -> KeySchedule,
      sourceLocation: SourceLocation = #_sourceLocation
    ) {
      let error = failure(sourceLocation: sourceLocation, of: call)
      #expect(error == .misuse(sentence), sourceLocation: sourceLocation)
    }
    func made(
      _ master: [UInt8] = Self.master, _ client: [UInt8] = Self.random,
      _ server: [UInt8] = Self.random, _ suite: CipherSuite = Self.suite
    ) throws(TLSError) -> KeySchedule {
      try KeySchedule(
        masterSecret: master.rawSpan, clientRandom: client, serverRandom: server,
        cipherSuite: suite)
    }
    func made(
      premaster: [UInt8], _ sessionHash: [UInt8]?, _ client: [UInt8] = Self.random
    ) throws(TLSError) -> KeySchedule {
      try KeySchedule(
        premasterSecret: premaster.rawSpan, sessionHash: sessionHash, clientRandom: client,
        serverRandom: Self.random, cipherSuite: Self.suite)
    }
    expectMisuse("a master secret is 48 bytes long, not 47") { () throws(TLSError) in
      try made([UInt8](repeating: 7, count: 47))
    }
    expectMisuse("a master secret is 48 bytes long, not 0") { () throws(TLSError) in try made([]) }
    expectMisuse("the client's random is 31 bytes long, and must be 32") { () throws(TLSError) in
      try made(Self.master, [UInt8](0..<31))
    }
    expectMisuse("the server's random is 0 bytes long, and must be 32") { () throws(TLSError) in
      try made(Self.master, Self.random, [])
    }
    expectMisuse("the cipher suite 0x002f is unknown") { () throws(TLSError) in
      try made(Self.master, Self.random, Self.random, CipherSuite(rawValue: 0x002f))
    }
    expectMisuse("TLS_FALLBACK_SCSV is a signal, and no cipher suite") { () throws(TLSError) in
      try made(Self.master, Self.random, Self.random, .fallbackSCSV)
    }
    expectMisuse("the premaster secret is empty") { () throws(TLSError) in
      try made(premaster: [], nil)
    }
    expectMisuse("the session hash is 48 bytes long, and SHA-256 gives 32") {
      () throws(TLSError) in try made(premaster: [1], [UInt8](repeating: 0, count: 48))
    }
    expectMisuse("the client's random is 33 bytes long, and must be 32") { () throws(TLSError) in
      try made(premaster: [1], nil, [UInt8](0..<33))
    }
  }

  @Test("A transcript's hash of another length is a misuse")
  func wrongTranscriptHash() {
    let error = failure { () throws(TLSError) -> [UInt8] in
      try Self.schedule().verifyData(by: .server, transcriptHash: [1, 2])
    }
    #expect(error == .misuse("the transcript's hash is 2 bytes long, and SHA-256 gives 32"))
  }

  @Test("Each side has the other")
  func sides() {
    #expect(ConnectionSide.allCases.map(\.other) == [.server, .client])
  }
}
