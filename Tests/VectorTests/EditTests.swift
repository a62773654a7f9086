import Testing

@testable import tls

struct EditTests {
  @Test(arguments: [
    (
      "ServerHello.cipher_suite: 009c",
      Edit.Action.field(
        .replace([0, 0x9c]), of: "ServerHello", path: "ServerHello.cipher_suite",
        keepsLengths: false)
    ),
    (
      "exactly ServerHello.extensions length: 0000",
      .field(
        .replace([0, 0]), of: "ServerHello", path: "ServerHello.extensions length",
        keepsLengths: true)
    ),
    (
      "append to ServerHello.extensions: 0010 0000",
      .field(
        .append([0, 16, 0, 0]), of: "ServerHello", path: "ServerHello.extensions",
        keepsLengths: false)
    ),
    (
      "shorten Finished.verify_data by 1",
      .field(
        .shorten(1), of: "Finished", path: "Finished.verify_data", keepsLengths: false)
    ),
    (
      "flip ServerKeyExchange.signature",
      .field(
        .flip(at: -1), of: "ServerKeyExchange", path: "ServerKeyExchange.signature",
        keepsLengths: false)
    ),
    (
      "drop ServerHello.extension renegotiation_info",
      .field(
        .replace([]), of: "ServerHello", path: "ServerHello.extension renegotiation_info",
        keepsLengths: false)
    ),
    ("flip record 4 at -17", .record(.whole(.flip(at: -17)), of: .number(4))),
    ("drop record of Finished", .record(.drop, of: .of("Finished"))),
    ("record 0.version: 0304", .record(.version(.replace([3, 4])), of: .number(0))),
    ("drop ServerHelloDone", .message(.drop, of: "ServerHelloDone")),
    ("repeat Certificate", .message(.twice, of: "Certificate")),
    (
      "move Certificate after ServerKeyExchange",
      .message(.moveAfter("ServerKeyExchange"), of: "Certificate")
    ),
    ("split ServerHello at 4", .message(.split(at: 4, []), of: "ServerHello")),
    (
      "before Certificate: 0e000000",
      .insert(
        [Edit.Content(kind: .message, bytes: [14, 0, 0, 0])], .before, .message("Certificate"))
    ),
    (
      "after record 2: 2 times plain alert 0164, record 17",
      .insert(
        [
          Edit.Content(kind: .record(type: 21), bytes: [1, 100], isPlain: true),
          Edit.Content(kind: .record(type: 21), bytes: [1, 100], isPlain: true),
          Edit.Content(kind: .raw, bytes: [23]),
        ], .after, .record(.number(2)))
    ),
    (
      "after Finished: application_data empty, application_data 3 of 61",
      .insert(
        [
          Edit.Content(kind: .record(type: 23), bytes: []),
          Edit.Content(kind: .record(type: 23), bytes: [0x61, 0x61, 0x61]),
        ], .after, .message("Finished"))
    ),
  ])
  func means(_ line: String, _ action: Edit.Action) throws {
    let edit = try Edit(line)
    #expect(edit.action == action)
    #expect(edit.connection == 1)
    #expect(edit.line == line)
  }

  @Test func isForAConnection() throws {
    let edit = try Edit("connection 2, drop ServerHelloDone")
    #expect(edit.connection == 2)
    #expect(edit.action == .message(.drop, of: "ServerHelloDone"))
  }

  @Test(arguments: [
    "", "drop", "drop Nothing", "ServerHello", "ServerHello.random", "ServerHello.random: 0",
    "ServerHello.random: 0g", "Nothing.random: 00", "move Certificate", "move A after B",
    "append Certificate: 00", "shorten Certificate", "shorten Certificate by x",
    "split Certificate",
    "split Certificate at -1", "flip", "flip record", "flip record x", "record 1.colour: 00",
    "record of Nothing: 00", "before Certificate", "before: 00", "after Certificate: ",
    "after Certificate: 0 times 00", "connection 0, drop Certificate",
    "connection drop Certificate",
    "before Certificate: 99999999 of 00", "exactly Certificate",
  ])
  func isNone(_ line: String) {
    let error = #expect(throws: Failure.self) { try Edit(line) }
    #expect(error?.sentence.contains("is no edit: ") == true)
    #expect(error?.status == .usage)
  }
}
