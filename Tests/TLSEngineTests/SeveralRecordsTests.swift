import TLSCrypto
import Testing

@testable import TLSEngine

/// Several records opened in one call, out of place.
@Suite("Several records in one call")
struct SeveralRecordsTests {
  /// What a call said, and all of the output that it was given.
  private struct Outcome {
    let opened: OpenedRecords
    let output: [UInt8]

    var plaintext: [UInt8] { Array(output.prefix(opened.written)) }
  }

  /// Opens records into so much room, which was full of 0xee.
  private func open<Role>(
    _ records: [UInt8], room: Int? = nil, _ connection: inout Connection<Role>
  ) throws(TLSError) -> Outcome {
    var output = [UInt8](repeating: 0xee, count: room ?? records.count)
    var span = output.mutableRawSpan
    let opened = try connection.open(records.rawSpan, into: &span)
    return Outcome(opened: opened, output: output)
  }

  /// The records of these texts, one each.
  private func records(_ texts: [[UInt8]], _ loopback: inout Loopback) throws -> [[UInt8]] {
    var records: [[UInt8]] = []
    for text in texts {
      try loopback.client.send(text)
      records.append(loopback.client.takeOutgoing())
    }
    return records
  }

  private static let texts: [[UInt8]] = [[1, 2, 3], [4], Array(5..<45)]

  @Test("Records of all lengths come out joined, with every suite", arguments: CipherSuite.everyWay)
  func joined(suite: CipherSuite, encryptThenMAC: Bool) throws {
    var loopback = try suite.loopback(
      { $0.usesEncryptThenMAC = encryptThenMAC }, { $0.usesEncryptThenMAC = encryptThenMAC })
    try loopback.exchange()
    let text = (0..<60_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    for count in [1, 15, 16, 17, 255, 1_350, 16_384, 60_000] {
      try loopback.client.send(Array(text.prefix(count)))
      let wire = loopback.client.takeOutgoing()
      let outcome = try open(wire, &loopback.server)
      #expect(outcome.plaintext == Array(text.prefix(count)))
      #expect(outcome.opened.consumed == wire.count)
      #expect(outcome.opened.next == .needsMoreBytes(atLeast: 5))
    }
  }

  @Test("Whatever part of the records is there, the whole ones are opened and the rest is left")
  func everySplit() throws {
    var loopback = try Loopback.connected()
    let count = try records(Self.texts, &loopback).reduce(0) { $0 + $1.count }
    loopback = try Loopback.connected()
    for split in 0...count {
      let records = try records(Self.texts, &loopback)
      let wire = records.flatMap { $0 }
      let first = try open(Array(wire.prefix(split)), &loopback.server)
      let whole = wholeRecords(in: split, records)
      #expect(first.plaintext == Self.texts.prefix(whole).flatMap { $0 })
      let start = records.prefix(whole).reduce(0) { $0 + $1.count }
      #expect(first.opened.consumed == start)
      let needed = split - start < 5 ? 5 : records[whole].count
      #expect(first.opened.next == .needsMoreBytes(atLeast: needed))
      let second = try open(Array(wire.dropFirst(start)), &loopback.server)
      #expect(second.plaintext == Self.texts.dropFirst(whole).flatMap { $0 })
    }
  }

  /// How many of the records lie whole in so many bytes.
  private func wholeRecords(in byteCount: Int, _ records: [[UInt8]]) -> Int {
    var end = 0
    return records.prefix {
      end += $0.count
      return end <= byteCount
    }.count
  }

  @Test("Output without room for the next record says how much it needs, and nothing is lost")
  func noRoom() throws {
    var loopback = try Loopback.connected()
    for room in 0...Self.texts.joined().count {
      let records = try records(Self.texts, &loopback)
      let first = try open(records.flatMap { $0 }, room: room, &loopback.server)
      let fitting = room < 3 ? 0 : room < 4 ? 1 : room < 44 ? 2 : 3
      #expect(first.plaintext == Self.texts.prefix(fitting).flatMap { $0 })
      let next: OpenedRecords.Next =
        fitting < 3 ? .needsRoom(atLeast: Self.texts[fitting].count) : .needsMoreBytes(atLeast: 5)
      #expect(first.opened.next == next)
      let rest = Array(records.joined().dropFirst(first.opened.consumed))
      let second = try open(rest, &loopback.server)
      #expect(second.plaintext == Self.texts.dropFirst(fitting).flatMap { $0 })
    }
  }

  @Test("A CBC record wants room for its MAC and padding too", arguments: [true, false])
  func roomOfCBC(encryptThenMAC: Bool) throws {
    var loopback = try CipherSuite.ecdheECDSAWithAES128CBCSHA256.loopback(
      { $0.usesEncryptThenMAC = encryptThenMAC }, { $0.usesEncryptThenMAC = encryptThenMAC })
    try loopback.exchange()
    let wire = try records([[1, 2, 3]], &loopback).flatMap { $0 }
    let needed = encryptThenMAC ? 16 : 48
    let first = try open(wire, room: needed - 1, &loopback.server)
    #expect(first.opened.next == .needsRoom(atLeast: needed))
    #expect(first.opened.consumed == 0)
    let second = try open(wire, room: needed, &loopback.server)
    #expect(second.plaintext == [1, 2, 3])
  }

  @Test("The buffered level opens the same from pieces of any size, and keeps less than a record")
  func bufferedPieces() throws {
    var loopback = try Loopback.connected()
    let text = (0..<40_000).map { UInt8(truncatingIfNeeded: $0 &* 11) }
    for size in [1, 4, 6, 1_000, 16_413, 16_420, 20_000, 40_100] {
      try loopback.client.send([7])
      try loopback.client.send(text)
      var received: [UInt8] = []
      for piece in loopback.client.takeOutgoing().chunks(of: size) {
        received += try loopback.server.receive(piece).flatMap(\.data)
        let kept = loopback.server.incoming.count
        #expect(kept < 16_384 + 5 + 24)
      }
      #expect(received == [7] + text, "pieces of \(size)")
      #expect(loopback.server.incoming.isEmpty)
    }
  }

  // MARK: What is not data

  @Test("It stops before an alert, which the ordinary call reads; behind that there is nothing")
  func closeNotify() throws {
    var loopback = try Loopback.connected()
    let data = try records([[1], [2]], &loopback).flatMap { $0 }
    loopback.client.close()
    let wire = data + loopback.client.takeOutgoing()
    let outcome = try open(wire, &loopback.server)
    #expect(outcome.plaintext == [1, 2])
    #expect(outcome.opened.consumed == data.count)
    #expect(outcome.opened.next == .other)
    var rest = Array(wire.dropFirst(data.count))
    var span = rest.mutableRawSpan
    let result = try loopback.server.open(&span)
    guard case .handled(_, let events) = result else {
      Issue.record("close_notify was not read")
      return
    }
    #expect(events.last?.isClosed == true)
    let after = try open(data, &loopback.server)
    #expect(after.opened == OpenedRecords(0, 0, next: .other))
  }

  @Test("Before the handshake is complete nothing is data")
  func handshake() throws {
    var server = try TestIdentities.server()
    var client = try TestIdentities.startedClient()
    let hello = client.takeOutgoing()
    let outcome = try open(hello, &server)
    #expect(outcome.opened == OpenedRecords(0, 0, next: .other))
    #expect(try server.receive(hello).isEmpty)
  }

  @Test("A header that is wrong is left to the ordinary call, which refuses it")
  func wrongHeader() throws {
    for header in [[23, 3, 2, 0, 20], [99, 3, 3, 0, 20], [23, 3, 3, 0x48, 1]] as [[UInt8]] {
      var loopback = try Loopback.connected()
      let data = try records([[1]], &loopback).flatMap { $0 }
      let outcome = try open(data + header, &loopback.server)
      #expect(outcome.plaintext == [1])
      #expect(outcome.opened.next == .other)
      var rest = header
      var span = rest.mutableRawSpan
      do {
        _ = try loopback.server.open(&span)
        Issue.record("\(header) was taken")
      } catch {
        #expect(loopback.server.failure == error)
      }
    }
  }

  // MARK: What is wrong

  @Test(
    "Behind a forged record nothing is read, and nothing of it is left",
    arguments: CipherSuite.everyWay)
  func forgedInTheMiddle(suite: CipherSuite, encryptThenMAC: Bool) throws {
    for place in [5, 30, -1] {
      var loopback = try suite.loopback(
        { $0.usesEncryptThenMAC = encryptThenMAC }, { $0.usesEncryptThenMAC = encryptThenMAC })
      try loopback.exchange()
      let text = [UInt8](repeating: 0x61, count: 100)
      var records = try records([[1, 2, 3], text, [4]], &loopback)
      records[1][place < 0 ? records[1].count - 1 : place] ^= 1
      let outcome = try open(records.flatMap { $0 }, &loopback.server)
      #expect(outcome.plaintext == [1, 2, 3])
      #expect(outcome.opened.consumed == records[0].count)
      #expect(outcome.opened.next == .failed)
      #expect(outcome.output[3..<103].allSatisfy { $0 == 0 })
      expectFailure(.badRecordMAC, &loopback.server, records[2])
    }
  }

  @Test("A forged record with nothing before it is thrown at once")
  func forgedFirst() throws {
    var loopback = try Loopback.connected()
    var wire = try records([[1, 2, 3]], &loopback).flatMap { $0 }
    wire[wire.count - 1] ^= 1
    do {
      _ = try open(wire, &loopback.server)
      Issue.record("a forged record was taken")
    } catch {
      #expect(error.alert == .badRecordMAC)
    }
    expectFailure(.badRecordMAC, &loopback.server, wire)
  }

  @Test("A record of more than 2^14 bytes is record_overflow, and nothing of it is left")
  func overflow() throws {
    var loopback = try Loopback.connected()
    var peer = try ProtectedPeer.takingOver(loopback)
    let wire =
      try peer.record(.applicationData, [1])
      + peer.record(.applicationData, [UInt8](repeating: 0x61, count: 16_385))
    let outcome = try open(wire, &loopback.server)
    #expect(outcome.plaintext == [1])
    #expect(outcome.opened.next == .failed)
    #expect(!outcome.output.contains(0x61))
    expectFailure(.recordOverflow, &loopback.server, wire)
  }

  /// The connection has failed, its alert waits, and each call says so.
  private func expectFailure<Role>(
    _ alert: AlertDescription, _ connection: inout Connection<Role>, _ more: [UInt8]
  ) {
    let (failure, alertWaits) = (connection.failure, connection.hasOutgoing)
    #expect(failure?.alert == alert)
    #expect(alertWaits)
    do {
      _ = try open(more, &connection)
      Issue.record("more was opened after a failure")
    } catch {
      #expect(error == failure)
    }
  }

  @Test("Empty records are consumed, and not without end")
  func emptyRecords() throws {
    var loopback = try Loopback.connected()
    var peer = try ProtectedPeer.takingOver(loopback)
    var wire: [UInt8] = []
    for _ in 0..<32 { wire += try peer.record(.applicationData, []) }
    let none = try open(wire, &loopback.server)
    #expect(none.opened == OpenedRecords(wire.count, 0, next: .needsMoreBytes(atLeast: 5)))
    // Data in between begins the count anew.
    var more = try peer.record(.applicationData, [7])
    for _ in 0..<32 { more += try peer.record(.applicationData, []) }
    #expect(try open(more, &loopback.server).plaintext == [7])
    let last = try peer.record(.applicationData, [])
    do {
      _ = try open(last, &loopback.server)
      Issue.record("33 empty records were taken")
    } catch {
      #expect(error.alert == .unexpectedMessage)
    }
  }
}
