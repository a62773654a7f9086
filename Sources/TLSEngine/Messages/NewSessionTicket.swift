/// The server hands its memory of the session to the client (RFC 5077 section 3.3).
struct NewSessionTicket: DecodableHandshakeBody {
  static let type = HandshakeType.newSessionTicket

  /// How long the ticket is worth keeping, in seconds; zero says nothing.
  let lifetimeHint: UInt32

  /// Empty from a server that has changed its mind.
  let ticket: [UInt8]

  init(lifetimeHint: UInt32, ticket: [UInt8]) {
    self.lifetimeHint = lifetimeHint
    self.ticket = ticket
  }

  init(decoding reader: inout Reader) throws(TLSError) {
    let high = try reader.readUInt16("ticket_lifetime_hint")
    let low = try reader.readUInt16("ticket_lifetime_hint")
    lifetimeHint = UInt32(high) << 16 | UInt32(low)
    var ticket = try reader.readVector16("ticket")
    self.ticket = ticket.readRemainder()
  }

  func encode(into writer: inout Writer) {
    writer.write(UInt16(truncatingIfNeeded: lifetimeHint >> 16))
    writer.write(UInt16(truncatingIfNeeded: lifetimeHint))
    writer.writeVector16 { $0.write(ticket) }
  }

  var detail: String { "\(ticket.count) bytes, for \(lifetimeHint) s" }
}
