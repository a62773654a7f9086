import TLSEngine
import Testing

@testable import tls

/// The form of a vector's text.
@Suite("The text of a vector")
struct VectorTextTests {
  private static let head = [
    "# A remark.", "format = 1", "shows = a thing", "role = client", "name = server.example",
    "option = --suites ECDHE", "clock = 2026-11-29T12:00:00Z", "seed = s",
    "peer = openssl-server -rev", "do = send hello\\n", "do = connect", "do = close",
  ]

  private func parse(_ lines: [String]) throws(tls.VectorError) -> Vector {
    try VectorParser.read([UInt8]((lines.joined(separator: "\n") + "\n").utf8))
  }

  @Test("A head alone is a vector that is not recorded")
  func headAlone() throws {
    let vector = try parse(Self.head)
    #expect(vector.connections.isEmpty)
    #expect(vector.head.options == ["--suites", "ECDHE"])
    #expect(vector.head.peer == ["openssl-server", "-rev"])
    #expect(vector.head.actionsByConnection.map(\.count) == [1, 1])
    #expect(vector.head.lines == Self.head)
  }

  @Test("A head is read whatever stands behind it")
  func headBefore() throws {
    let lines = Self.head + ["", "[nonsense]", "\u{e9}"]
    let bytes = [UInt8](lines.joined(separator: "\n").utf8)
    let (head, isRecorded) = try VectorParser.readHead(bytes)
    #expect(head.lines == Self.head && isRecorded)
    #expect(throws: tls.VectorError.self) { try VectorParser.read(bytes) }
  }

  @Test(
    "What a head must have, and may not have",
    arguments: [
      ("format = 1", "format = 2", 1), ("shows = a thing", "", 1),
      ("role = client", "role = both", 4),
      ("name = server.example", "", 4), ("clock = 2026-11-29T12:00:00Z", "clock = noon", 7),
      ("seed = s", "seed = s\nseed = t", 9), ("do = close", "do = nothing", 12),
      ("do = close", "unknown = 1", 12), ("do = close", "no field", 12),
      ("do = close", "expect = sent nonsense", 12),
      ("peer = openssl-server -rev", "peer = ../../bin/sh", 9),
    ])
  func wrongHeads(line: String, instead: String, number: Int) throws {
    let lines = Self.head.flatMap {
      $0 == line ? instead.split(separator: "\n").map(String.init) : [$0]
    }
    let error = #expect(throws: tls.VectorError.self) { try parse(lines) }
    #expect(error?.line == number, "\(String(describing: error))")
  }

  @Test(
    "Options that do more than configure",
    arguments: [
      "--keylog /dev/null", "--session=/dev/null", "--write-ca /dev/null",
      "--self-signed localhost",
    ])
  func wrongOptions(option: String) throws {
    let lines = Self.head.map { $0.hasPrefix("option = ") ? "option = \(option)" : $0 }
    let head = try parse(lines).head
    #expect(throws: Failure.self) { _ = try VectorSetting(client: head, Corpus.places) }
  }

  @Test("Bytes, marks and notes of a flight")
  func flights() throws {
    let vector = try parse(
      Self.head + [
        "", "[recorded]", "with = a program", "on = 2026-11-29", "", "[connection 1]",
        "sent, 3 bytes", "  16 03 | note = | 00", "    = 55 | opened", "  01", "do close",
        "received, 1 bytes", "  ff", "end of stream", "", "[end]", "sha256 = 00",
      ])
    #expect(vector.program == "a program" && vector.day == "2026-11-29")
    #expect(
      vector.connections.first?.steps == [
        .sent([0x16, 0x03, 0x01]), .action(.close), .received([0xff]), .endOfStream,
      ])
  }

  @Test(
    "What is none",
    arguments: [
      ["[connection 2]"], ["[nonsense]"], ["[connection 1]", "  16"],
      ["[connection 1]", "sent, 1 bytes", "  1"], ["[connection 1]", "sent, 1 bytes", "  1g"],
      ["[connection 1]", "do nothing"], ["[recorded]", "who = me"],
    ])
  func wrongSections(lines: [String]) {
    #expect(throws: tls.VectorError.self) { try parse(Self.head + [""] + lines) }
  }

  @Test(
    "Actions read and written",
    arguments: [
      "send hello\\n", "send 3 of ab", "await 12 bytes", "await x", "await close", "type \\x00\\\\",
      "close", "cut", "abort user_canceled", "connect", "clock +60",
    ])
  func actions(text: String) throws {
    let action = try #require(VectorAction(text))
    #expect(action.text == text)
  }

  @Test(
    "What nobody can do",
    arguments: [
      "", "send", "send \\q", "send \\x0", "send 0 of a", "send 2000000 of a", "await",
      "abort nothing",
      "clock 60", "clock +-1", "close now", "Close",
    ])
  func wrongActions(text: String) {
    #expect(VectorAction(text) == nil)
  }

  @Test("Texts stand for bytes")
  func texts() {
    #expect(VectorText("a\\n\\r\\t\\\\\\x80")?.bytes == [0x61, 0x0a, 0x0d, 0x09, 0x5c, 0x80])
    #expect(VectorText("5 of ab")?.bytes == [UInt8]("ababa".utf8))
  }
}
