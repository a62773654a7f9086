import TLSEngine
import Testing

@testable import tls

/// A vector may come from anywhere: nothing in it makes the command trap, start a program while it is
/// replayed, or need much more than the file has.
@Suite("Hostile vectors")
struct HostileVectorTests {
  private static func contents(_ more: [String]) -> [UInt8] {
    let head = [
      "format = 1", "shows = a thing", "role = server", "option = --psk {identities}/psk",
      "clock = 2026-11-29T12:00:00Z", "seed = s", "peer = openssl-client",
    ]
    return [UInt8](((head + more).joined(separator: "\n") + "\n").utf8)
  }

  private static func words(_ bytes: [UInt8]) -> String {
    guard case .different(let words) = ReplayVectors.replay(bytes, Corpus.places) else {
      return "the same"
    }
    return words
  }

  @Test("More data than a vector has")
  func data() {
    let sends = Array(repeating: "do = send 1048576 of a", count: 5)
    #expect(Self.words(Self.contents(sends)).contains("bytes of data at most"))
  }

  @Test(
    "Numbers without a bound in edits",
    arguments: [
      "flip record 4 at -9223372036854775808", "shorten ServerHello by -5",
      "record 0: 1048576 of 6161616161616161", "before ServerHello: 65536 times 1048576 of 61",
    ])
  func edits(line: String) {
    #expect(throws: Failure.self) { try Edit(line) }
    #expect(Self.words(Self.contents(["edit = \(line)"])).contains("is no edit"))
  }

  @Test("What was done is what the head says")
  func actions() {
    let steps = ["", "[recorded]", "[connection 1]", "do close"]
    #expect(Self.words(Self.contents(steps)).contains("the head does not say what was done"))
    let more = ["do = close", "do = connect"] + steps
    #expect(Self.words(Self.contents(more)).contains("the head has 2 connections"))
  }

  @Test("Many small records in a flight are read once each")
  func records() throws {
    let count = 20_000
    let lines = ["", "[connection 1]", "received, \(5 * count) bytes"]
    let flight = Array(repeating: "  16 0303 0000", count: count)
    let vector = try VectorParser.read(Self.contents(lines + flight))
    let reading = Observer.read(
      vector.connections[0].steps, ownSide: .server, masterSecret: nil)
    #expect(reading.flights[0]?.records.count == count)
  }

  @Test(
    "Bytes that are nothing, in every flight",
    arguments: [[0x16], [0x16, 3, 3, 0xff, 0xff], [0x50]])
  func nonsense(bytes: [UInt8]) {
    let line = "  " + Hexadecimal.text(bytes)
    let words = Self.words(
      Self.contents(["", "[connection 1]", "received, \(bytes.count) bytes", line]))
    #expect(words != "the same")
  }

  @Test("A folder that leads back to itself ends")
  func folders() throws {
    let scratch = try ScratchFolder()
    #expect(throws: Failure.self) { try VectorFiles.files([scratch.path]) }
    #expect(throws: Failure.self) { try VectorFiles.files(["\(scratch.path)/nothing"]) }
  }
}
