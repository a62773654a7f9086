import TLSEngine
import Testing

@testable import tls

/// What holds of every recorded connection.
@Suite("The corpus")
struct CorpusTests {
  @Test("Each vector replays byte for byte", arguments: Corpus.replayed)
  func replays(name: String) throws {
    let outcome = ReplayVectors.replay(try Corpus.contents(of: name), Corpus.places)
    guard case .different(let words) = outcome else { return }
    Issue.record("\(words)")
  }

  /// A byte of each, at a place that follows from its name, so that they are all over the files: heads,
  /// bytes on the wire, what they say, secrets and digests.
  @Test("A changed byte makes a vector different, in words", arguments: Corpus.replayed)
  func changedByte(name: String) throws {
    var contents = try Corpus.contents(of: name)
    let place = name.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xffff_ffff } % contents.count
    contents[place] ^= 1
    guard case .different(let words) = ReplayVectors.replay(contents, Corpus.places) else {
      Issue.record("byte \(place) was changed, and nobody noticed")
      return
    }
    let isAboutBytes = words.contains("file:") && words.split(separator: "\n").count > 2
    let isAboutALine = words.contains("line ") || words.contains("the head")
    #expect(isAboutBytes || isAboutALine || words.contains("expect"), "\(words)")
  }

  @Test("There are enough of them, of both roles")
  func count() {
    for role in ["client", "server"] {
      #expect(Corpus.names(in: "handshakes/\(role)").count >= 100)
      #expect(Corpus.names(in: "refusals/\(role)").count >= 25)
    }
    #expect(Corpus.names(in: "handshakes").count >= 250)
    #expect(Corpus.names(in: "refusals").count >= 60)
  }

  @Test("No two show the same")
  func unique() throws {
    var shown: [String: String] = [:]
    var made: [[String]: String] = [:]
    for name in Corpus.names {
      let head = try Corpus.vector(name).head
      if let other = shown.updateValue(name, forKey: head.shows) {
        Issue.record("\(name) and \(other) both show: \(head.shows)")
      }
      let recipe = head.lines.filter { line in
        !line.hasPrefix("#") && !line.hasPrefix("shows = ") && !line.hasPrefix("seed = ")
      }
      if let other = made.updateValue(name, forKey: recipe) {
        Issue.record("\(name) and \(other) are made the same way")
      }
    }
  }

  /// Where the heads alone differ, and what they ask of our side is not to be seen, a vector shows nothing
  /// that another does not.
  @Test("No two of a program say the same")
  func sayings() throws {
    var said: [[String]: String] = [:]
    for name in Corpus.names {
      if let other = said.updateValue(name, forKey: try Corpus.saying(of: name)) {
        Issue.record("\(name) and \(other) say the same")
      }
    }
  }

  @Test("Each draws its randomness from a seed of its own")
  func seeds() throws {
    let seeds = try Corpus.names.map { try Corpus.vector($0).head.seed }
    #expect(Set(seeds).count == seeds.count)
  }

  @Test("None speaks of the machine that it was recorded on", arguments: Corpus.names)
  func places(name: String) throws {
    let text = String(decoding: try Corpus.contents(of: name), as: UTF8.self)
    for word in ["/tmp/", "/home/", "/root/", Corpus.places.root] {
      #expect(!text.contains(word), "\(word)")
    }
  }
}
