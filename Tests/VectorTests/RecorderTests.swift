import Testing

@testable import tls

/// Recording with a live peer: Debian's OpenSSL.
@Suite("Recording vectors")
struct RecorderTests {
  private static func head(_ changes: [String: String] = [:], _ more: [String] = []) -> [String] {
    let lines = [
      ("format", "1"), ("shows", "a test"), ("role", "client"), ("name", "server.example"),
      ("option", "--ca {identities}/ca.pem"), ("clock", "2026-11-29T12:00:00Z"), ("seed", "test"),
      (
        "peer",
        "openssl-server -cert {identities}/ed25519.pem -cert_chain {identities}/ed25519.pem "
          + "-key {identities}/ed25519.key -rev"
      ),
    ]
    return lines.map { "\($0.0) = \(changes[$0.0] ?? $0.1)" } + more
  }

  private static let talk = ["do = send hello\\n", "do = await olleh\\n", "do = close"]

  private static func record(_ lines: [String]) throws -> Vector {
    try Recorder.record(try VectorHead(lines), Corpus.places)
  }

  @Test("Two recordings differ in what the peer draws, and in nothing else")
  func twice() throws {
    let first = try Self.record(Self.head([:], Self.talk))
    let second = try Self.record(Self.head([:], Self.talk))
    #expect(first.connections.first?.steps.first == second.connections.first?.steps.first)
    #expect(first.connections.first?.steps != second.connections.first?.steps)
    #expect(first.connections.first?.facts == second.connections.first?.facts)
    #expect(Self.outline(first) == Self.outline(second))
    let text = VectorWriter.text(of: first)
    #expect(
      try VectorReplay([UInt8](text.utf8), Corpus.places).difference(from: [UInt8](text.utf8))
        == nil)
  }

  /// The lines of a text without their bytes, and without what the peer drew in words.
  private static func outline(_ vector: Vector) -> [String] {
    VectorWriter.text(of: vector).split(separator: "\n").map { line in
      guard line.hasPrefix(" ") else { return String(line.prefix { $0 != "=" }) }
      return String(line.drop { $0 != "|" })
    }
  }

  @Test("A session goes on, with the server still there")
  func resumption() throws {
    let vector = try Self.record(Self.head([:], Self.talk + ["do = connect"] + Self.talk))
    #expect(
      vector.connections.map { $0.facts.contains(VectorFact("resumed", true)) } == [false, true])
  }

  @Test("An edit changes what came, and what was expected came of it")
  func edit() throws {
    let vector = try Self.record(
      Self.head([:], ["edit = flip ServerKeyExchange.signature", "expect = sent decrypt_error"]))
    #expect(vector.connections.first?.facts.first == VectorFact("handshake", "failed"))
  }

  @Test(
    "What goes wrong is said, and nothing is recorded",
    arguments: [
      (["name": "other.example"], [], "head has no line expect"),
      (
        [:], ["expect = sent decode_error", "do = close"],
        "expects that our side sends decode_error"
      ),
      ([:], ["edit = drop CertificateRequest"], "nothing came that this edit is for"),
      (["peer": "no-such-server"], [], "there is no "),
      (["peer": "openssl-server -no-such-option"], [], "does not listen"),
      (["option": "--no-such-option"], [], "the options of the head"),
      ([:], ["edit = nonsense"], "nonsense"),
    ] as [([String: String], [String], String)])
  func wrong(changes: [String: String], more: [String], words: String) throws {
    let error = #expect(throws: (any Error).self) { try Self.record(Self.head(changes, more)) }
    let said = error.map(Failure.words) ?? ""
    #expect(said.contains(words), "\(said)")
  }
}
