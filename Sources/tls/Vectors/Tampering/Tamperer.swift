import TLSEngine

/// Changes what the peer sends on its way to the engine, as the edits of a vector say.
///
/// The peer is untouched: it does what it always does, and so what was changed stays readable from the
/// recording. What no edit touches goes through byte for byte, in the records in which it came.
struct Tamperer {
  private var edits: PendingEdits
  private var buffer: [UInt8] = []
  /// How many records came from the peer.
  private var recordCount = 0
  /// Records whose last message is not whole yet.
  private var waiting: [Received] = []
  private var sent = MessageJoiner()
  /// The side that the peer is on.
  private var peer = ConnectionSide.client
  private var editor = MessageEditor()
  /// Follows the messages as the engine sends and gets them.
  private var dissector = Dissector()
  private var protection = PeerProtection()

  /// - Parameters:
  ///   - edits: all edits of the vector.
  ///   - connection: which of its connections this is, from 1.
  init(_ edits: [Edit], connection: Int = 1) {
    self.edits = PendingEdits(edits.filter { $0.connection == connection })
  }

  /// Edits that never found their place.
  var unused: [Edit] { edits.unused }

  /// Takes what the engine sends, to follow the hellos. What it protects is of no interest.
  mutating func observe(sent bytes: [UInt8]) {
    for message in sent.messages(inRecords: bytes) {
      if message.first == 1 { peer = .server }
      learn(message)
      editor.see(message)
    }
  }

  /// Takes bytes as they come from the peer, and gives those that the engine gets.
  ///
  /// A part of a record waits for the rest of it. So does, if there are edits left, what the peer
  /// protects while `masterSecret` gives nothing, as on a server whose client sends ClientKeyExchange
  /// and Finished in one breath: feed the engine, and call again without bytes, until nothing comes.
  mutating func change(_ bytes: [UInt8], masterSecret: () -> [UInt8]?) -> [UInt8] {
    buffer += bytes
    var result: [UInt8] = []
    while let record = WireRecord(atStartOf: buffer[...]) {
      if protection.lacksKeys(for: record), !edits.isEmpty || protection.isShifted {
        protection.derive(from: dissector, of: peer, masterSecret: masterSecret())
        if protection.lacksKeys(for: record) { break }
      }
      buffer.removeFirst(record.bytes.count)
      let received = protection.open(record, number: recordCount)
      recordCount += 1
      result += take(received)
    }
    return result
  }

  /// What the engine gets of a record, and of those that waited for it.
  private mutating func take(_ received: Received) -> [UInt8] {
    guard received.record.type == WireRecord.handshake, let content = received.content else {
      let before = pass(waiting)
      waiting = []
      return before + pass([received])
    }
    let stream = waiting.flatMap { $0.content ?? [] } + content
    waiting.append(received)
    guard MessageJoiner.split(stream) != nil else { return [] }
    defer { waiting = [] }
    return pass(waiting)
  }

  /// Edits the messages of some records, seals what has to be sealed, and then edits the records.
  private mutating func pass(_ records: [Received]) -> [UInt8] {
    let units = Unit.units(of: records)
    var parts: [Part] = []
    var isChanged = false
    for unit in units {
      let edited = edits.parts(of: unit, editor)
      isChanged = isChanged || edited != nil
      parts += edited ?? [Part(unit)]
      if unit.isHandshake, let bytes = unit.bytes { editor.see(bytes) }
    }
    for part in parts { learn(part) }
    var envelopes: [Envelope] =
      isChanged ? .framing(parts, like: records) : .keeping(records, units)
    edits.insert(into: &envelopes)
    return envelopes.flatMap { envelope in
      edits.bytes(of: envelope, protection.bytes(of: envelope))
    }
  }

  /// Looks at what the engine gets.
  private mutating func learn(_ part: Part) {
    switch part {
    case .message(let bytes, _): learn(bytes)
    case .untouched(let unit) where unit.isHandshake: learn(unit.bytes ?? [])
    default: break
    }
  }

  private mutating func learn(_ message: [UInt8]) {
    _ = dissector.fields(ofHandshake: message)
  }
}
