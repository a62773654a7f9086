import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("Connections with several threads")
struct BulkConnectionTests {
  private static let byteCount = 300_000
  private static let text = BulkLayer.text(byteCount)

  private func wire(
    _ loopback: inout Loopback, _ workers: RecordWorkers, _ text: [UInt8] = text
  ) throws -> [UInt8] {
    var wire = [UInt8](repeating: 0, count: loopback.client.sealedByteCount(of: text.count))
    var output = wire.mutableRawSpan
    let sealed = try loopback.client.seal(text.rawSpan, into: &output, with: workers)
    #expect(sealed == SealResult(consumed: text.count, written: output.byteCount))
    return wire
  }

  /// What the server opens, what lies behind it then, and where it stops.
  private func open(
    _ wire: [UInt8], _ loopback: inout Loopback, _ workers: RecordWorkers
  ) throws(TLSError) -> (text: [UInt8], behind: ArraySlice<UInt8>, result: OpenedRecords) {
    var text = [UInt8](repeating: 0, count: wire.count)
    var output = text.mutableRawSpan
    let result = try loopback.server.open(wire.rawSpan, into: &output, with: workers)
    return (Array(text.prefix(result.written)), text.dropFirst(result.written), result)
  }

  @Test(
    "Every suite's data goes through, and the connection goes on", arguments: CipherSuite.everyWay)
  func everySuite(suite: CipherSuite, encryptThenMAC: Bool) throws {
    let workers = RecordWorkers(count: 2, minimumByteCount: 1_000)
    var loopback = try suite.loopback {
      $0.usesEncryptThenMAC = encryptThenMAC
    } _: {
      $0.usesEncryptThenMAC = encryptThenMAC
    }
    try loopback.exchange()
    for byteCount in [100_000, 3, 70_000] {
      let text = BulkLayer.text(byteCount)
      let wire = try wire(&loopback, workers, text)
      let opened = try open(wire, &loopback, workers)
      #expect(opened.text == text)
      #expect(opened.result.consumed == wire.count)
    }
    // What one thread does fits to what several have done, either way.
    let one = RecordWorkers(count: 1)
    let text = try open(try wire(&loopback, one), &loopback, workers).text
    #expect(text == Self.text)
    let again = try open(try wire(&loopback, workers), &loopback, one).text
    #expect(again == Self.text)
    try loopback.expectDataBothWays()
  }

  @Test("Who never asks, or for little, has no keys for anybody else")
  func lazily() throws {
    let workers = RecordWorkers(count: 3)
    #expect(workers.minimumByteCount == 262_144)
    var loopback = try Loopback.connected()
    let small = BulkLayer.text(262_143)
    let wire = try wire(&loopback, workers, small)
    let opened = try open(Array(wire.prefix(262_143)), &loopback, workers)
    #expect(opened.result.written == 15 * 16_384)
    var counts = [loopback.client.helperCounts, loopback.server.helperCounts]
    #expect(counts == [[0, 0], [0, 0]])

    _ = try self.wire(&loopback, workers)
    counts = [loopback.client.helperCounts, loopback.server.helperCounts]
    #expect(counts == [[3, 0], [0, 0]])

    _ = try self.wire(&loopback, RecordWorkers(count: 5))
    _ = try self.wire(&loopback, RecordWorkers(count: 2))
    let grown = loopback.client.helperCounts
    #expect(grown == [5, 0])
  }

  @Test("Records of a CBC suite, which one thread opens, get no keys for others")
  func keysOfCBC() throws {
    let workers = RecordWorkers(count: 3)
    var loopback = try CipherSuite.ecdheECDSAWithAES128CBCSHA256.loopback()
    try loopback.exchange()
    let opened = try open(try wire(&loopback, workers), &loopback, workers)
    #expect(opened.text == Self.text)
    let counts = [loopback.client.helperCounts, loopback.server.helperCounts]
    #expect(counts == [[3, 0], [0, 0]])
  }

  @Test("Empty records before a forged one are consumed as with one thread", arguments: [0, 1, 5])
  func emptyBeforeForged(emptyCount: Int) throws {
    var results: [OpenedRecords] = []
    for count in [1, 3] {
      let workers = RecordWorkers(count: count, minimumByteCount: 1_000)
      var loopback = try Loopback.connected()
      var peer = try ProtectedPeer.takingOver(loopback)
      var wire = try peer.record(.applicationData, BulkLayer.text(16_384))
      for _ in 0..<emptyCount { wire += try peer.record(.applicationData, []) }
      let goodByteCount = wire.count
      wire += try peer.record(.applicationData, [1, 2, 3])
      wire[wire.count - 1] ^= 1
      let opened = try open(wire, &loopback, workers)
      #expect(opened.result == OpenedRecords(goodByteCount, 16_384, next: .failed))
      results.append(opened.result)
    }
    #expect(results.first == results.last)
  }

  @Test("A forged record ends the connection as it does with one thread", arguments: [0, 7, 18])
  func forged(position: Int) throws {
    var failures: [TLSError?] = []
    for count in [1, 3] {
      var loopback = try Loopback.connected()
      let workers = RecordWorkers(count: count)
      var records = WireRecord.split(try wire(&loopback, workers))
      records[position].body[20] ^= 4
      var error: TLSError?
      do throws(TLSError) {
        let opened = try open(records.flatMap(\.bytes), &loopback, workers)
        #expect(opened.text == Array(Self.text.prefix(position * 16_384)))
        #expect(opened.behind.allSatisfy { $0 == 0 })
        #expect(position > 0)
      } catch {
        #expect(position == 0)
      }
      let helpers = loopback.server.helperCounts
      #expect(helpers == [0, 0])
      failures.append(loopback.server.failure)
      do throws(TLSError) {
        _ = try open([], &loopback, workers)
      } catch let again {
        error = again
      }
      let failure = loopback.server.failure
      #expect(error == failure)
      #expect(failure?.alert == .badRecordMAC)
      // The peer hears of it.
      #expect(throws: TLSError.self) { try loopback.exchange() }
    }
    #expect(failures.count == 2)
    #expect(failures.first == failures.last)
  }

  @Test("It stops at close_notify, which is for the level in place")
  func closing() throws {
    let workers = RecordWorkers(count: 2)
    var loopback = try Loopback.connected()
    var wire = try wire(&loopback, workers)
    loopback.client.close()
    let alert = loopback.client.takeOutgoing()
    wire += alert
    let opened = try open(wire, &loopback, workers)
    #expect(opened.text == Self.text)
    #expect(opened.result.consumed == wire.count - alert.count)
    var rest = alert
    var buffer = rest.mutableRawSpan
    guard case .handled(_, let events) = try loopback.server.open(&buffer) else {
      Issue.record("the alert was not handled")
      return
    }
    #expect(events.last?.isClosed == true)
    let after = try open(wire, &loopback, workers)
    #expect(after.result == OpenedRecords(0, 0, next: .other))
    #expect(throws: TLSError.self) { _ = try self.wire(&loopback, workers) }
  }

  @Test("Before the handshake is complete there is nothing to seal or to open")
  func tooEarly() throws {
    let workers = RecordWorkers(count: 2, minimumByteCount: 1)
    var client = try ClientConnection(
      to: "example.com", configuration: try TestIdentities.clientConfiguration())
    try client.start()
    var room = [UInt8](repeating: 0, count: 1_000)
    var output = room.mutableRawSpan
    let text = BulkLayer.text(100)
    #expect(throws: TLSError.self) {
      _ = try client.seal(text.rawSpan, into: &output, with: workers)
    }
    let hello = client.takeOutgoing()
    let opened = try client.open(hello.rawSpan, into: &output, with: workers)
    #expect(opened == OpenedRecords(0, 0, next: .other))
    #expect(client.failure == nil)
  }

  @Test("Who gives the keys away has none for helpers either")
  func keysGivenAway() throws {
    let workers = RecordWorkers(count: 2)
    var loopback = try Loopback.connected()
    let wire = try wire(&loopback, workers)
    _ = try open(wire, &loopback, workers)
    _ = try loopback.server.dangerouslyTakeTrafficSecrets()
    let helpers = loopback.server.helperCounts
    #expect(helpers == [0, 0])
    #expect(throws: TLSError.self) { _ = try open(wire, &loopback, workers) }
  }

  @Test("Several connections share the threads, at the same time")
  func shared() async throws {
    let workers = RecordWorkers(count: 3, minimumByteCount: 1_000)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for connection in 0..<4 {
        group.addTask {
          var loopback = try Loopback.connected()
          for round in 1...10 {
            let text = BulkLayer.text(20_000 * round + connection)
            let wire = try self.wire(&loopback, workers, text)
            let opened = try self.open(wire, &loopback, workers).text
            guard opened == text else { return false }
          }
          return true
        }
      }
      for try await isWhole in group { #expect(isWhole) }
    }
  }
}

extension Connection {
  /// How many threads have keys to seal with, and to open with.
  fileprivate var helperCounts: [Int] {
    [core.channel.records.sealerCount, core.channel.records.openerCount]
  }
}
