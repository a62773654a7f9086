import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("Closing, alerts and bounds")
struct ClosingTests {
  @Test("close_notify is answered, and what comes after it is ignored")
  func closeNotify() throws {
    var loopback = try Loopback.connected()
    loopback.client.close()
    loopback.client.close()
    let alert = loopback.client.takeOutgoing()
    #expect(WireRecord.split(alert).count == 1)
    let events = try loopback.server.receive(alert + [1, 2, 3, 4, 5, 6])
    #expect(events.count == 1 && events[0].isClosed)
    #expect(loopback.server.hasOutgoing == true)
    #expect(throws: TLSError.self) { try loopback.server.send([1]) }
    try loopback.server.receiveEndOfStream()
    // Our side is closed for sending, and says so without failing.
    let error = #expect(throws: TLSError.self) { try loopback.client.send([1]) }
    guard case .misuse = error?.reason else {
      Issue.record("the wrong reason: \(String(describing: error))")
      return
    }
    #expect(loopback.client.failure == nil)
  }

  @Test("What the peer still sends after our close_notify is still received")
  func halfClosed() throws {
    var loopback = try Loopback.connected()
    loopback.client.close()
    try loopback.server.send([7])
    #expect(try loopback.client.receive(loopback.server.takeOutgoing()).flatMap(\.data) == [7])
  }

  @Test("Data that came before a wrong record is delivered first; then the error")
  func dataBeforeError() throws {
    var loopback = try Loopback.connected()
    try loopback.server.send([7])
    var bytes = loopback.server.takeOutgoing()
    try loopback.server.send([8])
    var wrong = loopback.server.takeOutgoing()
    wrong[wrong.count - 1] ^= 1
    bytes += wrong
    #expect(try loopback.client.receive(bytes).flatMap(\.data) == [7])
    #expect(loopback.client.failure?.alert == .badRecordMAC)
    let error = #expect(throws: TLSError.self) { try loopback.client.receiveEndOfStream() }
    #expect(error?.reason == .badRecordMAC(sequenceNumber: 2))
    #expect(loopback.client.hasOutgoing == true)
  }

  @Test("A fatal alert ends the connection, and none is sent back")
  func fatalAlert() throws {
    var client = try ClientConnection(
      to: "example.com", configuration: try TestIdentities.clientConfiguration())
    try client.start()
    _ = client.takeOutgoing()
    let error = #expect(throws: TLSError.self) {
      _ = try client.receive(WireRecord.alert(2, 40).bytes)
    }
    #expect(error?.reason == .peerAlert(.handshakeFailure))
    #expect(
      error?.description
        == "the peer ended the connection with the alert handshake_failure "
        + "(while expecting ServerHello)")
    #expect(client.hasOutgoing == false)
  }

  @Test("Malformed alerts are refused", arguments: [[2], [2, 40, 0], [], [3, 40]] as [[UInt8]])
  func malformedAlerts(body: [UInt8]) throws {
    var client = try ClientConnection(
      to: "example.com", configuration: try TestIdentities.clientConfiguration())
    try client.start()
    let error = #expect(throws: TLSError.self) {
      _ = try client.receive(WireRecord(type: 21, body: body).bytes)
    }
    #expect([.decodeError, .illegalParameter].contains(error?.alert))
  }

  @Test("A handshake message that is no request to renegotiate is refused")
  func strayMessage() throws {
    var loopback = try Loopback.connected()
    let finished: [UInt8] = [20, 0, 0, 12] + [UInt8](repeating: 0, count: 12)
    try loopback.server.core.channel.records.queue(finished.rawSpan, as: .handshake)
    let error = #expect(throws: TLSError.self) {
      _ = try loopback.client.receive(loopback.server.takeOutgoing())
    }
    #expect(error?.alert == .unexpectedMessage)
  }

  @Test("After close_notify no alert goes out, and the error claims none")
  func failureAfterClosing() throws {
    var loopback = try Loopback.connected()
    try loopback.server.send([1, 2, 3])
    var record = loopback.server.takeOutgoing()
    record[record.count - 1] ^= 1
    loopback.client.close()
    _ = loopback.client.takeOutgoing()
    let error = #expect(throws: TLSError.self) { _ = try loopback.client.receive(record) }
    #expect(error?.alert == nil)
    guard case .badRecordMAC = error?.reason else {
      Issue.record("the wrong reason: \(String(describing: error))")
      return
    }
    #expect(loopback.client.hasOutgoing == false)
  }

  @Test("In place, the peer's close_notify ends the reading: an empty buffer asks for more")
  func readingAfterClose() throws {
    var loopback = try Loopback.connected()
    loopback.client.close()
    _ = try loopback.server.receive(loopback.client.takeOutgoing())
    var late: [UInt8] = [1, 2, 3]
    var buffer = late.mutableRawSpan
    guard case .handled(consumed: 3, let events) = try loopback.server.open(&buffer) else {
      Issue.record("what comes after close_notify is not ignored")
      return
    }
    #expect(events.isEmpty)
    var rest = late.mutableRawSpan
    var none = rest._mutatingExtracting(3..<3)
    guard case .needsMoreBytes = try loopback.server.open(&none) else {
      Issue.record("nothing was handled, for ever")
      return
    }
  }

  // MARK: The caller's own alerts

  @Test("A caller that sees what only it can see ends the connection with an alert of its choice")
  func abort() throws {
    var loopback = try Loopback.connected()
    try loopback.server.abort(with: .accessDenied, because: "nobody of that name may in")
    let error = #expect(throws: TLSError.self) {
      _ = try loopback.client.receive(loopback.server.takeOutgoing())
    }
    #expect(error?.reason == .peerAlert(.accessDenied))
    #expect(loopback.server.failure?.reason == .refused("nobody of that name may in"))
    #expect(loopback.server.failure?.alert == .accessDenied)
    #expect(throws: TLSError.self) { try loopback.server.send([1]) }
    #expect(throws: TLSError.self) { _ = try loopback.server.receive([23, 3, 3]) }
    // What has failed keeps its error, and says no more.
    try loopback.server.abort(with: .internalError, because: "again")
    #expect(loopback.server.failure?.alert == .accessDenied)
    #expect(loopback.server.hasOutgoing == false)
  }

  @Test("During a handshake an abort goes out in the clear, and the handshake is over")
  func abortedHandshake() throws {
    var client = try TestIdentities.startedClient()
    _ = client.takeOutgoing()
    try client.abort(with: .userCanceled, because: "the person went away")
    #expect(WireRecord.split(client.takeOutgoing()).map(\.body) == [[2, 90]])
    #expect(client.summary == nil)
    #expect(client.failure?.reason == .refused("the person went away"))
  }

  @Test("Alerts that are never fatal end nothing; after close_notify none goes out")
  func abortsThatAreNone() throws {
    var loopback = try Loopback.connected()
    for alert in [AlertDescription.closeNotify, .noRenegotiation] {
      let error = #expect(throws: TLSError.self) {
        try loopback.client.abort(with: alert, because: "")
      }
      #expect(error?.isMisuse == true)
    }
    #expect(loopback.client.failure == nil)
    loopback.client.close()
    _ = loopback.client.takeOutgoing()
    try loopback.client.abort(with: .internalError, because: "too late")
    #expect(loopback.client.hasOutgoing == false)
    #expect(loopback.client.failure?.alert == nil)
    #expect(loopback.client.failure?.reason == .refused("too late"))
  }

  @Test(
    "A server forgets the session of a connection that it aborted, closed or not",
    arguments: [0, 1, 2])
  func abortedSession(closing: Int) throws {
    var pair = try Acquaintances(.cache)
    try pair.getAcquainted()
    var loopback = try pair.meet()
    try expectConnected(&loopback, isResumed: true)
    if closing == 1 { loopback.server.close() }
    if closing == 2 { loopback.client.close() }
    try loopback.exchange()
    try loopback.server.abort(with: .accessDenied, because: "")
    var again = try pair.meet()
    try expectConnected(&again, isResumed: false)
  }

  @Test("A ticket is in the client's hands, and outlives an abort")
  func abortedTicket() throws {
    var pair = try Acquaintances(.tickets)
    try pair.getAcquainted()
    var loopback = try pair.meet()
    try loopback.server.abort(with: .accessDenied, because: "")
    var again = try pair.meet()
    try expectConnected(&again, isResumed: true)
  }

  @Test("Nor does a refusal as an answer end a handshake with such an alert")
  func refusalsThatAreNone() throws {
    var loopback = try Loopback(
      try TestIdentities.client { $0.verification = .ask },
      ServerConfiguration(identities: [try TestIdentities.identity(.ed25519)]))
    try loopback.exchange()
    for alert in [AlertDescription.closeNotify, .noRenegotiation] {
      let error = #expect(throws: TLSError.self) {
        _ = try loopback.client.answer(.refused("", alert: alert))
      }
      #expect(error?.reason == .misuse("\(alert) is never fatal, and ends no connection"))
    }
    _ = try loopback.client.answer(.chainIsGood)
    try loopback.exchange()
    #expect(loopback.server.summary != nil)
  }
}
