import TLSCrypto

/// What a vector's file begins with: what it shows, who we are in it, and how to record it again.
struct VectorHead: Sendable {
  /// Which side is ours.
  enum Role: String, Sendable {
    case client
    case server
  }

  /// The lines as they stand in the file, comments and all, so that they can be written again.
  let lines: [String]

  /// What it shows, in a sentence.
  let shows: String

  let role: Role

  /// The name that a client asks for; a server has none.
  let name: String?

  /// The options of `tls connect` or `tls serve`, by words.
  let options: [String]

  /// What our side takes for the present time.
  let clock: Timestamp

  /// What our side's randomness is made from.
  let seed: String

  /// The peer: the name of a script in the folder `peers`, and its arguments.
  let peer: [String]

  /// What is changed of the peer's bytes on their way.
  let edits: [Edit]

  /// What is done once the handshake is complete.
  let actions: [VectorAction]

  /// How the last connection has to end, if it is no good end.
  let expectation: VectorExpectation?

  /// Reads the lines before the first section.
  ///
  /// - Throws: ``VectorError`` with the number of the line that is wrong.
  init(_ lines: [String]) throws(VectorError) {
    var fields = VectorHeadFields()
    for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      try fields.read(line, number: index + 1)
    }
    self.lines = lines
    guard fields.one("format") == VectorFormat.version else {
      throw VectorError(
        line: 1, "the head must say format = \(VectorFormat.version): others are not known here")
    }
    shows = try fields.required("shows")
    let roleName = try fields.required("role")
    guard let role = Role(rawValue: roleName) else {
      throw fields.error("role", "is client or server, not \(roleName)")
    }
    self.role = role
    name = fields.one("name")
    guard (name == nil) == (role == .server) else {
      throw fields.error("role", "a client has a name to ask for, and a server has none")
    }
    options = fields.all("option").flatMap { VectorFormat.words($0.value) }
    clock = try fields.time("clock")
    seed = try fields.required("seed")
    peer = VectorFormat.words(try fields.required("peer"))
    // Its arguments can make such a script do anything: only heads that are trusted are recorded.
    guard let script = peer.first, !script.contains("/"), !script.hasPrefix(".") else {
      throw fields.error("peer", "is the name of a script in the folder peers, and its arguments")
    }
    edits = try fields.edits()
    actions = try fields.actions()
    expectation = try fields.expectation()
  }
}

/// The fields of a head by their names.
private struct VectorHeadFields {
  private static let several: Set<String> = ["option", "edit", "do"]
  private static let single: Set<String> = [
    "format", "shows", "role", "name", "clock", "seed", "peer", "expect",
  ]

  private var entries: [(name: String, value: String, line: Int)] = []

  mutating func read(_ line: String, number: Int) throws(VectorError) {
    guard let (name, value) = VectorFormat.field(line) else {
      throw VectorError(line: number, "a line of the head is NAME = VALUE, not \(line)")
    }
    guard Self.several.contains(name) || Self.single.contains(name) else {
      throw VectorError(line: number, "the head knows no \(name)")
    }
    guard Self.several.contains(name) || one(name) == nil else {
      throw VectorError(line: number, "\(name) is there already")
    }
    entries.append((name, value, number))
  }

  func all(_ name: String) -> [(value: String, line: Int)] {
    entries.filter { $0.name == name }.map { ($0.value, $0.line) }
  }

  func one(_ name: String) -> String? { all(name).first?.value }

  func required(_ name: String) throws(VectorError) -> String {
    guard let value = one(name), !value.isEmpty else {
      throw VectorError(line: 1, "the head must have a \(name)")
    }
    return value
  }

  func error(_ name: String, _ problem: String) -> VectorError {
    VectorError(line: all(name).first?.line ?? 1, "\(name): \(problem)")
  }

  func time(_ name: String) throws(VectorError) -> Timestamp {
    let text = try required(name)
    guard let time = try? Timestamp(argument: text) else {
      throw error(name, "\(text) is no time such as 2026-11-24T04:30:00Z")
    }
    return time
  }

  func edits() throws(VectorError) -> [Edit] {
    var edits: [Edit] = []
    for (value, line) in all("edit") {
      do throws(Failure) {
        edits.append(try Edit(value))
      } catch {
        throw VectorError(line: line, error.sentence)
      }
    }
    return edits
  }

  func actions() throws(VectorError) -> [VectorAction] {
    var actions: [VectorAction] = []
    var byteCount = 0
    for (value, line) in all("do") {
      guard let action = VectorAction(value) else {
        throw VectorError(line: line, "\(value) is nothing that can be done")
      }
      actions.append(action)
      byteCount += action.byteCount
      guard byteCount <= VectorFormat.maximumDataByteCount else {
        throw VectorError(
          line: line, "a vector has \(VectorFormat.maximumDataByteCount) bytes of data at most")
      }
    }
    return actions
  }

  func expectation() throws(VectorError) -> VectorExpectation? {
    guard let text = one("expect") else { return nil }
    guard let expectation = VectorExpectation(text) else {
      throw error("expect", "is sent ALERT, received ALERT, or end of stream, not \(text)")
    }
    return expectation
  }
}
