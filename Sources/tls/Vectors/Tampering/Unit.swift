/// A record of the peer's, and what was in it.
struct Received {
  /// Its number among the peer's records, from 0.
  let number: Int
  let record: WireRecord
  /// Its sequence number, if it is protected.
  let sequenceNumber: UInt64?
  /// What it holds in the clear; `nil` if it could not be opened.
  let content: [UInt8]?
}

/// What edits of messages work on: a handshake message, or what a record of another type holds.
struct Unit {
  let name: String
  let type: UInt8
  /// `nil` if it could not be opened.
  let bytes: [UInt8]?
  /// Which of the records it ends in.
  let record: Int
  /// Whether it is all that is in that record, and in no other.
  let isAlone: Bool

  var isHandshake: Bool { type == WireRecord.handshake }

  /// The messages of records that begin with one and end with one, or the one thing that a record of
  /// another type holds.
  static func units(of records: [Received]) -> [Unit] {
    guard let first = records.first else { return [] }
    let type = first.record.type
    let stream = records.flatMap { $0.content ?? [] }
    guard type == WireRecord.handshake, first.content != nil,
      let messages = MessageJoiner.split(stream)
    else { return [single(first)] }
    var ends: [Int] = []
    for record in records { ends.append((ends.last ?? 0) + (record.content?.count ?? 0)) }
    var position = 0
    return messages.map { message in
      position += message.count
      return Unit(
        name: MessageName.handshakeMessage(message.first ?? 0), type: type, bytes: message,
        record: ends.firstIndex { $0 >= position } ?? 0,
        isAlone: messages.count == 1 && records.count == 1)
    }
  }

  private static func single(_ received: Received) -> Unit {
    // What cannot be opened has its name from where it stands: the first is Finished.
    let handshake = received.sequenceNumber == 0 ? "Finished" : "handshake message"
    let type = received.record.type
    return Unit(
      name: type == WireRecord.handshake ? handshake : MessageName.content(ofRecord: type),
      type: type, bytes: received.content, record: 0, isAlone: true)
  }
}
