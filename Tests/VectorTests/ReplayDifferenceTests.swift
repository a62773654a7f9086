import Testing

@testable import tls

/// What a replay says where a file is not what it should be.
@Suite("Differences of a replay")
struct ReplayDifferenceTests {
  /// A client's vector with a single connection, and its lines.
  private static func lines() throws -> [String] {
    let name = try #require(Corpus.names.first { $0.hasSuffix("defaults.openssl.txt") })
    let text = String(decoding: try Corpus.contents(of: name), as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// What is said once a line that has a word is another.
  private func words(
    of lines: [String], from section: String, _ word: String, _ change: (String) -> String
  ) throws -> String {
    var lines = lines
    let start = try #require(lines.firstIndex { $0.hasPrefix(section) })
    let index = try #require(lines[start...].firstIndex { $0.contains(word) })
    lines[index] = change(lines[index])
    let bytes = [UInt8](lines.joined(separator: "\n").utf8)
    guard case .different(let words) = ReplayVectors.replay(bytes, Corpus.places) else {
      Issue.record("nothing is different")
      return ""
    }
    return words
  }

  /// Another digit in place of the first.
  private static func otherDigit(_ line: String) -> String {
    guard let place = line.firstIndex(where: \.isHexDigit) else { return line }
    var line = line
    line.replaceSubrange(place...place, with: line[place] == "0" ? "1" : "0")
    return line
  }

  @Test("Bytes that our side sends: message, field and offset")
  func sent() throws {
    let words = try words(of: Self.lines(), from: "sent", "| random", Self.otherDigit)
    #expect(words.contains("connection 1, step 1, sent: byte 11 of"), "\(words)")
    #expect(words.contains("ClientHello, random, byte 0 of it"), "\(words)")
    #expect(words.contains("file:") && words.contains("engine:"), "\(words)")
  }

  @Test("Another extension: itself, and not the lengths around it")
  func anotherExtension() throws {
    let words = try words(of: Self.lines(), from: "format", "clock = ") {
      "option = --no-sct\n" + $0
    }
    #expect(words.contains("file:   extension signed_certificate_timestamp"), "\(words)")
    #expect(words.contains("engine: extension "), "\(words)")
  }

  @Test("Bytes that the peer sent: what the engine makes of them")
  func received() throws {
    let words = try words(of: Self.lines(), from: "received", "| cipher_suite", Self.otherDigit)
    #expect(words.contains("engine: level: fatal (2)"), "\(words)")
  }

  @Test("Sealed bytes that our side sends")
  func sealed() throws {
    let words = try words(of: Self.lines(), from: "do send", "| ciphertext", Self.otherDigit)
    #expect(words.contains("a body that does not open"), "\(words)")
    #expect(words.contains("engine: data: hello\\n"), "\(words)")
  }

  @Test(
    "What is written beside the bytes",
    arguments: [
      ("[connection 1]", "| random"), ("[connection 1]", "= 1400000c"),
      ("[connection 1: outcome]", "cipher_suite"), ("[connection 1: secrets]", "client_write_key"),
    ])
  func text(section: String, word: String) throws {
    let words = try words(of: Self.lines(), from: section, word) { $0 + "!" }
    #expect(words.contains("does not say what follows from the bytes"), "\(words)")
    #expect(words.contains("file: ") && words.contains("replay: "), "\(words)")
  }

  @Test("What nothing follows from", arguments: ["with = ", "on = "])
  func remark(word: String) throws {
    let words = try words(of: Self.lines(), from: "[recorded]", word) { $0 + "!" }
    #expect(words.contains("the digest of the file is not the one in its last line"), "\(words)")
  }

  @Test("The master secret, which is all that an observer has")
  func masterSecret() throws {
    let words = try words(
      of: Self.lines(), from: "[connection 1: secrets]", "master_secret"
    ) { line in
      String(line.dropLast()) + (line.hasSuffix("0") ? "1" : "0")
    }
    #expect(words.contains("master_secret"), "\(words)")
  }

  @Test("The seed and the options")
  func head() throws {
    let seed = try words(of: Self.lines(), from: "format", "seed = ") { $0 + "!" }
    #expect(seed.contains("ClientHello, random, byte 0 of it"), "\(seed)")
    let option = try words(of: Self.lines(), from: "format", "option = ") { _ in "option = --what" }
    #expect(option.contains("the options of the head") && option.contains("--what"), "\(option)")
  }

  @Test("A step that is another than the head says")
  func step() throws {
    let words = try words(of: Self.lines(), from: "[connection 1]", "do send") { _ in "do close" }
    #expect(words.contains("the head does not say what was done: close"), "\(words)")
  }

  @Test("A flight that is missing")
  func flight() throws {
    var lines = try Self.lines()
    let start = try #require(lines.firstIndex { $0.hasPrefix("received, ") })
    let end = try #require(lines[start...].firstIndex { $0.hasPrefix("sent, ") })
    lines.removeSubrange(start..<end)
    let words = try words(of: lines, from: "format", "format") { $0 }
    #expect(words.contains("connection 1, step "), "\(words)")
  }
}
