import TLSEngine

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
  mutating func derive(from hellos: Dissector, of side: ConnectionSide, masterSecret: [UInt8]?) {
    guard hellos.clientRandom != nil, hellos.cipherSuite != nil else {
      // Without hellos there will never be any.
      hasNoKeys = true
      return
    }
    guard let masterSecret else { return }
    keys = PeerKeys(hellos, of: side, masterSecret: masterSecret)
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
    // Behind the peer's own ChangeCipherSpec the engine expects what is protected.
    defer {
      if sealing == nil, envelope.names.contains("ChangeCipherSpec") { sealing = 0 }
    }
    switch envelope.content {
    case .raw(let bytes): return bytes
    case .received(let received):
      // It is as the engine expects it, or nobody can change it.
      guard received.sequenceNumber != sealing, let content = received.content else {
        if sealing != nil { sealing? += 1 }
        return received.record.bytes
      }
      return record(received.record.type, received.record.version, content)
    case .messages(let bytes, let version):
      // RFC 5246 section 6.2.1.
      return stride(from: 0, to: max(1, bytes.count), by: 16_384).flatMap { start in
        record(WireRecord.handshake, version, Array(bytes.dropFirst(start).prefix(16_384)))
      }
    case .content(let type, let version, let content, let isPlain):
      return record(type, version, content, isPlain: isPlain)
    }
  }

  private mutating func record(
    _ type: UInt8, _ version: [UInt8], _ content: [UInt8], isPlain: Bool = false
  ) -> [UInt8] {
    guard let number = sealing, !isPlain, let sealed = keys?.seal(content, type, number) else {
      return WireRecord(type: type, version: version, body: content).bytes
    }
    sealing = number + 1
    return sealed
  }
}
