/// The edits of one connection that have not found their place yet.
struct PendingEdits {
  private(set) var edits: [Edit]
  /// What was taken from its place, and the message behind which it goes.
  private var moved: [(part: Part, after: String, edit: Edit)] = []

  init(_ edits: [Edit]) {
    self.edits = edits
  }

  var isEmpty: Bool { edits.isEmpty && moved.isEmpty }

  /// Those that were not used, what waits for its new place among them.
  var unused: [Edit] { edits + moved.map(\.edit) }

  /// What the edits make of a message.
  ///
  /// - Returns: its parts; `nil` if no edit is for it.
  mutating func parts(of unit: Unit, _ editor: MessageEditor) -> [Part]? {
    var edited = EditedUnit(unit)
    var rest: [Edit] = []
    for edit in edits {
      if case .message(.moveAfter(let other), let name) = edit.action, name == unit.name,
        let part = edited.take()
      {
        moved.append((part, other, edit))
      } else if !edited.apply(edit.action, editor) {
        rest.append(edit)
        continue
      }
      edited.isChanged = true
    }
    edits = rest
    for (part, after, _) in moved where after == unit.name { edited.append(part) }
    moved.removeAll { $0.after == unit.name }
    return edited.isChanged ? edited.parts : nil
  }

  /// Puts in what is to come before and after records.
  mutating func insert(into envelopes: inout [Envelope]) {
    edits.removeAll { edit in
      guard case .insert(let contents, let side, .record(let place)) = edit.action,
        let index = envelopes.firstIndex(where: { $0.is(place) })
      else { return false }
      let more: [Envelope] = contents.map { content in
        let type = if case .record(let type) = content.kind { type } else { WireRecord.handshake }
        return Envelope(
          content: content.kind == .raw
            ? .raw(content.bytes)
            : .content(type: type, version: [3, 3], content.bytes, isPlain: content.isPlain))
      }
      envelopes.insert(contentsOf: more, at: side == .before ? index : index + 1)
      return true
    }
  }

  /// What the edits make of a record as it would go to the engine.
  mutating func bytes(of envelope: Envelope, _ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    edits.removeAll { edit in
      guard case .record(let change, of: let place) = edit.action, envelope.is(place),
        let record = WireRecord(atStartOf: result[...]), let changed = record.applying(change)
      else { return false }
      result = changed
      return true
    }
    return result
  }
}

extension Envelope {
  fileprivate func `is`(_ place: Edit.RecordPlace) -> Bool {
    switch place {
    case .number(let number): self.number == number
    case .of(let name): names.contains(name)
    }
  }
}

extension Edit.ByteChange {
  /// The message with its length as it is now, if there is more or less of it (RFC 5246 section 7.4).
  fileprivate func puttingLengthRight(in message: [UInt8]) -> [UInt8] {
    switch self {
    case .replace, .flip: return message
    case .append, .shorten:
      let length = max(0, message.count - 4)
      let header = [16, 8, 0].map { UInt8(length >> $0 & 255) }
      return message.prefix(1) + header + message.dropFirst(4)
    }
  }
}

/// A message, and what edits make of it.
private struct EditedUnit {
  private let unit: Unit
  private var before: [Part] = []
  private var own: [Part]
  private var after: [Part] = []
  var isChanged = false

  init(_ unit: Unit) {
    self.unit = unit
    own = [Part(unit)]
  }

  var parts: [Part] { before + own + after }

  private static func part(_ unit: Unit, _ bytes: [UInt8]) -> Part {
    unit.isHandshake
      ? .message(bytes, name: unit.name)
      : .record(type: unit.type, bytes, isPlain: false, name: unit.name)
  }

  mutating func append(_ part: Part) {
    after.append(part)
    isChanged = true
  }

  /// Takes the message out.
  mutating func take() -> Part? { own.popLast() }

  /// - Returns: whether the action is for this message, and was done.
  mutating func apply(_ action: Edit.Action, _ editor: MessageEditor) -> Bool {
    switch action {
    case .message(let change, of: let name) where name == unit.name: return apply(change)
    case .field(let change, of: let name, let path, let keepsLengths) where name == unit.name:
      guard let bytes = currentBytes,
        let changed = editor.change(
          change, at: path, in: bytes, of: unit, keepsLengths: keepsLengths)
      else { return false }
      own = [Self.part(unit, changed)]
    case .insert(let contents, .before, .message(unit.name)): before += contents.map(Part.init)
    case .insert(let contents, .after, .message(unit.name)): after += contents.map(Part.init)
    default: return false
    }
    return true
  }

  private mutating func apply(_ change: Edit.MessageChange) -> Bool {
    switch change {
    case .bytes(let change):
      // What could not be opened can still be replaced.
      guard let bytes = change.applied(to: currentBytes ?? []) else { return false }
      own = [Self.part(unit, unit.isHandshake ? change.puttingLengthRight(in: bytes) : bytes)]
    case .drop: own = []
    case .twice:
      guard let bytes = currentBytes else { return false }
      own = [Self.part(unit, bytes), Self.part(unit, bytes)]
    case .split(let place, let contents):
      guard let bytes = currentBytes, place <= bytes.count else { return false }
      own =
        [.record(type: unit.type, Array(bytes.prefix(place)), isPlain: false, name: nil)]
        + contents.map(Part.init)
        + [.record(type: unit.type, Array(bytes.dropFirst(place)), isPlain: false, name: unit.name)]
    case .moveAfter: return false
    }
    return true
  }

  /// The bytes of the message as the edits before left them.
  private var currentBytes: [UInt8]? {
    guard own.count == 1 else { return nil }
    return switch own.first {
    case .message(let bytes, _), .record(_, let bytes, _, _): bytes
    default: unit.bytes
    }
  }
}
