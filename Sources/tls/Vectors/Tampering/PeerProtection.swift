/// What the peer's records are protected with, and how far both ends have counted: records that were
/// brought in or taken out make the engine's count another than the peer's.
struct PeerProtection {
  private var keys: PeerKeys?
  private var hasNoKeys = false
  /// The number of the peer's next record, once its ChangeCipherSpec has come.
  private var opening: UInt64?
  /// The number that the engine expects, once it has got ChangeCipherSpec.
  private var sealing: UInt64?

  /// Whether what comes through now is not what the peer sent, whatever the edits are.
  var isShifted: Bool { opening != sealing }

  /// Whether keys are missing to look into a record, or to seal what an edit may put behind it.
  func lacksKeys(for record: WireRecord) -> Bool {
    keys == nil && !hasNoKeys
      && (opening != nil || record.type == WireRecord.changeCipherSpec)
  }

  /// Makes the keys, if everything is known that they are made from.
  mutating func derive(from facts: HelloFacts, isServer: Bool, masterSecret: [UInt8]?) {
    guard facts.isComplete else {
      // Without hellos there will never be any.
      hasNoKeys = true
      return
    }
    guard let masterSecret else { return }
    keys = PeerKeys(facts, ofServer: isServer, masterSecret: masterSecret)
    hasNoKeys = keys == nil
  }

  /// Opens the next record of the peer's.
  mutating func open(_ record: WireRecord, number: Int) -> Received {
    guard let sequenceNumber = opening else {
      if record.type == WireRecord.changeCipherSpec { opening = 0 }
      return Received(number: number, record: record, sequenceNumber: nil, content: record.body)
    }
    opening = sequenceNumber + 1
    return Received(
      number: number, record: record, sequenceNumber: sequenceNumber,
      content: keys?.open(record, sequenceNumber))
  }

  /// The bytes that the engine gets of a record.
  mutating func bytes(of envelope: Envelope) -> [UInt8] {
    switch envelope.content {
    case .raw(let bytes): return bytes
    case .received(let received):
      // It is as the engine expects it, or nobody can change it.
      guard received.sequenceNumber != sealing, let content = received.content else {
        if sealing != nil { sealing? += 1 }
        noteChangeOfKeys(envelope)
        return received.record.bytes
      }
      return bytes(
        of: received.record.type, received.record.version, content, isPlain: false, envelope)
    case .content(let type, let version, let content, let isPlain):
      return bytes(of: type, version, content, isPlain: isPlain, envelope)
    }
  }

  private mutating func bytes(
    of type: UInt8, _ version: [UInt8], _ content: [UInt8], isPlain: Bool, _ envelope: Envelope
  ) -> [UInt8] {
    var (rest, result) = (content[...], [UInt8]())
    repeat {
      // RFC 5246 section 6.2.1. An edit that wants a longer record gets it, if it is no handshake.
      let fragment = type == WireRecord.handshake ? Array(rest.prefix(16_384)) : Array(rest)
      rest = rest.dropFirst(fragment.count)
      result += oneRecord(type, version, fragment, isPlain: isPlain)
    } while !rest.isEmpty
    noteChangeOfKeys(envelope)
    return result
  }

  private mutating func oneRecord(
    _ type: UInt8, _ version: [UInt8], _ content: [UInt8], isPlain: Bool
  ) -> [UInt8] {
    guard let number = sealing, !isPlain, let sealed = keys?.seal(content, type, number) else {
      return WireRecord(type: type, version: version, body: content).bytes
    }
    sealing = number + 1
    return sealed
  }

  /// Behind the peer's own ChangeCipherSpec the engine expects what is protected.
  private mutating func noteChangeOfKeys(_ envelope: Envelope) {
    if sealing == nil, envelope.names.contains("ChangeCipherSpec") { sealing = 0 }
  }
}
