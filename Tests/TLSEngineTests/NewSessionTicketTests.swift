import TLSCrypto
import Testing

@testable import TLSEngine

/// NewSessionTicket from a server driven by hand (RFC 5077 section 3.3).
@Suite("NewSessionTicket")
struct NewSessionTicketTests {
  @Test("A new ticket in an abbreviated handshake comes where it was promised (RFC 5077 3.3)")
  func renewedTicket() throws {
    for memory in Acquaintances.Memory.allCases {
      try withResumingServer(memory) { client, peer in
        // A client that goes by an id has not asked for a ticket.
        guard memory == .tickets else {
          peer.hello.set(WireHello.sessionTicket, [])
          expectRefused(
            &client, receiving: try peer.opening(), with: .unsupportedExtension,
            saying: "the server answered session_ticket, which was not offered")
          return
        }
        peer.hello.set(WireHello.sessionTicket, [])
        peer.afterHello = [WireRecord.newSessionTicket]
        let events = try client.receive(try peer.flight())
        #expect(events.first?.summary?.isResumed == true)
        #expect(events.compactMap(\.clientSession).map(\.ticket) == [[1, 2, 3, 4]])
        try peer.finish(client.takeOutgoing())
      }
    }
  }

  @Test("A promised ticket may be empty: then the client keeps what it has (RFC 5077 3.3)")
  func emptyTicket() throws {
    let empty = (.number(0, 4) + [UInt8]().vector(2)).message(4)
    try withResumingServer(.tickets) { client, peer in
      peer.hello.set(WireHello.sessionTicket, [])
      peer.afterHello = [empty]
      let events = try client.receive(try peer.flight())
      #expect(events.count == 1)
      #expect(events.first?.summary?.isResumed == true)
      try peer.finish(client.takeOutgoing())
    }
    // In a full handshake the id is what is left, if there is one.
    for id in [[], [1, 2, 3]] as [[UInt8]] {
      try withTicketPromise { client, peer in
        peer.flight.hello.sessionID = id
      } body: { client, peer in
        let events = try client.receive(peer.plainRecord(empty) + (try peer.secondFlight()))
        #expect(events.first?.summary?.isResumed == false)
        #expect(events.compactMap(\.clientSession).map(\.id) == (id.isEmpty ? [] : [id]))
      }
    }
  }

  @Test("A ticket that was not promised, is missing, comes twice or is malformed is refused")
  func ticketsInAbbreviatedHandshakes() throws {
    let cases:
      [(isPromised: Bool, messages: [[UInt8]], alert: AlertDescription, sentence: String)] =
        [
          (
            false, [WireRecord.newSessionTicket], .unexpectedMessage,
            "NewSessionTicket came where ChangeCipherSpec was expected"
          ),
          (
            true, [], .unexpectedMessage, "ChangeCipherSpec came where a handshake message was"
          ),
          (
            true, [WireRecord.newSessionTicket, WireRecord.newSessionTicket], .unexpectedMessage,
            "NewSessionTicket came where ChangeCipherSpec was expected"
          ),
          (
            true, [[UInt8](repeating: 0, count: 12).message(20)], .unexpectedMessage,
            "Finished came where NewSessionTicket was expected"
          ),
          (
            true, [[UInt8].number(0, 3).message(4)], .decodeError, "ticket_lifetime_hint needs"
          ),
          (true, [[UInt8].number(0, 5).message(4)], .decodeError, "ticket needs"),
          (
            true, [([UInt8].number(0, 6) + [0]).message(4)], .decodeError,
            "the message is followed by 1 bytes"
          ),
        ]
    for (isPromised, messages, alert, sentence) in cases {
      try withResumingServer(.tickets) { client, peer in
        if isPromised { peer.hello.set(WireHello.sessionTicket, []) }
        peer.afterHello = messages
        expectRefused(&client, receiving: try peer.flight(), with: alert, saying: sentence)
      }
    }
    try withResumingServer(.tickets) { client, peer in
      peer.hello.set(WireHello.sessionTicket, [1])
      expectRefused(
        &client, receiving: try peer.opening(), with: .decodeError,
        saying: "the extension is followed by 1 bytes")
    }
  }

  @Test("In a full handshake a ticket comes after the client's Finished, once, if it was promised")
  func ticketsInFullHandshakes() throws {
    try withTicketPromise { client, peer in
      let events = try client.receive(
        peer.plainRecord(WireRecord.newSessionTicket) + (try peer.secondFlight()))
      let sessions = events.compactMap(\.clientSession)
      #expect(sessions.map(\.ticket) == [[1, 2, 3, 4]])
      #expect(sessions.first?.expiresAt == TestIdentities.now.adding(seconds: 3600))
    }
    // It goes before the id that came with it (RFC 5077 section 3.4).
    try withTicketPromise { _, peer in
      peer.flight.hello.sessionID = [5, 6, 7]
    } body: { client, peer in
      let events = try client.receive(
        peer.plainRecord(WireRecord.newSessionTicket) + (try peer.secondFlight()))
      #expect(events.compactMap(\.clientSession).map(\.ticket) == [[1, 2, 3, 4]])
    }
    let ticket = WireRecord.handshake(WireRecord.newSessionTicket).bytes
    let cases: [(isPromised: Bool, bytes: [UInt8], sentence: String)] = [
      (false, ticket, "NewSessionTicket came where ChangeCipherSpec was expected"),
      (true, ticket + ticket, "NewSessionTicket came where ChangeCipherSpec was expected"),
      (
        true, WireRecord.changeCipherSpec.bytes,
        "ChangeCipherSpec came where a handshake message was expected (while expecting "
          + "NewSessionTicket"
      ),
    ]
    for (isPromised, bytes, sentence) in cases {
      try withTicketPromise(isPromised: isPromised) { client, peer in
        try expectRefusedUnderKeys(
          &client, receiving: bytes, with: .unexpectedMessage, saying: sentence
        ) { try peer.keys?.client.opened($0) }
      }
    }
    for isPromised in [true, false] {
      try withTicketPromise(isPromised: isPromised) { client, peer in
        let bytes =
          (isPromised ? ticket : []) + WireRecord.changeCipherSpec.bytes
          + (try peer.record(.handshake, WireRecord.newSessionTicket))
        try expectRefusedUnderKeys(
          &client, receiving: bytes, with: .unexpectedMessage,
          saying: "NewSessionTicket came where Finished was expected"
        ) { try peer.keys?.client.opened($0) }
      }
    }
    try expectClientRefuses(
      with: .unexpectedMessage, saying: "NewSessionTicket came where CertificateRequest or "
    ) {
      $0.hello.set(WireHello.sessionTicket, [])
      $0.beforeDone = [WireRecord.newSessionTicket]
    }
  }
}
