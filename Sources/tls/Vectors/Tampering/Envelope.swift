/// A record on its way to the engine, before it is sealed.
struct Envelope {
  enum Content {
    /// A record as the peer sent it.
    case received(Received)
    /// Handshake messages, which take several records if they are long.
    case messages([UInt8], version: [UInt8])
    /// What is to be put into a record.
    case content(type: UInt8, version: [UInt8], [UInt8], isPlain: Bool)
    /// The bytes of a record, whatever they are.
    case raw([UInt8])
  }

  var content: Content

  /// Its number among the peer's records, if it came from there.
  var number: Int?

  /// The messages that end in it.
  var names: [String] = []
}

/// A piece of what edits make of a message.
enum Part {
  /// Handshake messages, which share a record with those beside them.
  case message([UInt8], name: String?)
  /// A record of its own.
  case record(type: UInt8, [UInt8], isPlain: Bool, name: String?)
  /// A record that was not touched.
  case untouched(Unit)
  /// The bytes of a record, whatever they are.
  case raw([UInt8])

  /// A message as it came.
  init(_ unit: Unit) {
    self =
      if unit.isAlone {
        .untouched(unit)
      } else if unit.isHandshake {
        .message(unit.bytes ?? [], name: unit.name)
      } else {
        .record(type: unit.type, unit.bytes ?? [], isPlain: false, name: unit.name)
      }
  }

  /// The same as something that shares a record with what stands beside it, if it can.
  fileprivate var joinable: Part {
    guard case .untouched(let unit) = self, unit.isHandshake, let bytes = unit.bytes else {
      return self
    }
    return .message(bytes, name: unit.name)
  }

  init(_ content: Edit.Content) {
    self =
      switch content.kind {
      case .message where content.isPlain:
        .record(type: WireRecord.handshake, content.bytes, isPlain: true, name: nil)
      case .message: .message(content.bytes, name: nil)
      case .record(let type):
        .record(type: type, content.bytes, isPlain: content.isPlain, name: nil)
      case .raw: .raw(content.bytes)
      }
  }
}

extension [Envelope] {
  /// Records that no edit of messages touched.
  static func keeping(_ records: [Received], _ units: [Unit]) -> [Envelope] {
    records.enumerated().map { index, received in
      Envelope(
        content: .received(received), number: received.number,
        names: units.filter { $0.record == index }.map(\.name))
    }
  }

  /// What edits made of the messages of some records. Those that stand beside each other share a record
  /// again.
  static func framing(_ parts: [Part], like records: [Received]) -> [Envelope] {
    var all: [Envelope] = []
    let joins = parts.contains { if case .message = $0 { true } else { false } }
    var run: (bytes: [UInt8], names: [String])?
    let version = records.first?.record.version ?? [3, 3]
    func endRun() {
      guard let ended = run else { return }
      all.append(
        Envelope(content: .messages(ended.bytes, version: version), names: ended.names))
      run = nil
    }
    for part in parts {
      if case .message(let bytes, let name) = joins ? part.joinable : part {
        run = ((run?.bytes ?? []) + bytes, (run?.names ?? []) + [name].compactMap(\.self))
        continue
      }
      endRun()
      switch part {
      case .message: break
      case .record(let type, let bytes, let isPlain, let name):
        // What the peer did not send has the version that has been agreed on.
        all.append(
          Envelope(
            content: .content(
              type: type, version: name == nil ? [3, 3] : version, bytes, isPlain: isPlain),
            names: [name].compactMap(\.self)))
      case .untouched: all += keeping(records, Unit.units(of: records))
      case .raw(let bytes): all.append(Envelope(content: .raw(bytes)))
      }
    }
    endRun()
    return all.numbered(records)
  }

  /// Gives the numbers of the peer's records to those that have something of the peer's in them.
  private func numbered(_ records: [Received]) -> [Envelope] {
    var numbers = records.map(\.number)[...]
    return map { envelope in
      guard envelope.number == nil, !envelope.names.isEmpty else { return envelope }
      var result = envelope
      result.number = numbers.popFirst()
      return result
    }
  }
}
