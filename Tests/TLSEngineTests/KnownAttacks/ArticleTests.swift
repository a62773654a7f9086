import Foundation
import TestSupport
import Testing

/// `docs/KNOWN-ATTACKS.md` names the test that shows each of its paragraphs: neither may go without the
/// other.
@Suite("The article on known attacks")
struct ArticleTests {
  /// A suite that the article names, and the file that is to have it.
  private struct Reference: Hashable {
    let suite: String
    let path: String
  }

  private let article: String

  init() throws {
    let text = try Self.read("docs/KNOWN-ATTACKS.md")
    // A reference may stand on two lines.
    article = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func read(_ path: String) throws -> String {
    try String(contentsOfFile: Repository.path(path), encoding: .utf8)
  }

  private var references: [Reference] {
    article.matches(of: /`(\w+)` in `(Tests\/\w+\/KnownAttacks\/\w+\.swift)`/).map {
      Reference(suite: String($0.1), path: String($0.2))
    }
  }

  @Test("Every suite that it names is in the file that it names, and has tests")
  func named() throws {
    #expect(!references.isEmpty, "the article names no test")
    for reference in references {
      let path = reference.path
      let text = try? Self.read(path)
      #expect(text != nil, "there is no file \(path)")
      let declaration = try Regex("\\b(struct|class|actor|enum) \(reference.suite)\\b")
      #expect(text?.contains(declaration) == true, "\(path) declares no \(reference.suite)")
      #expect(text?.contains("@Test") == true, "\(path) has no test")
    }
  }

  @Test("Every paragraph says that what it says is shown, and by what")
  func shown() {
    let promises = article.matches(of: /Shown by:/).count
    #expect(article.components(separatedBy: "### ").count - 1 == promises)
    let kept = article.matches(of: /Shown by: `\w+` in `Tests\/\w+\/KnownAttacks\/\w+\.swift`/)
      .count
    #expect(promises > 0)
    #expect(kept == promises)
  }

  @Test("Every other suite that it names is somewhere in the tests")
  func others() throws {
    let names = Set(article.matches(of: /`(\w+Tests)`/).map { String($0.1) })
    let folder = try #require(
      FileManager.default.enumerator(atPath: Repository.path("Tests")))
    var found: Set<String> = []
    for case let file as String in folder where file.hasSuffix("Tests.swift") {
      let text = try Self.read("Tests/\(file)")
      found.formUnion(text.matches(of: /struct (\w+Tests)\b/).map { String($0.1) })
    }
    #expect(names.subtracting(found).isEmpty)
  }

  @Test("It names every file of tests of known attacks but this one")
  func complete() throws {
    let named = Set(references.map(\.path))
    var found: Set<String> = []
    let tests = try FileManager.default.contentsOfDirectory(atPath: Repository.path("Tests"))
    for target in tests {
      let folder = "Tests/\(target)/KnownAttacks"
      let files = try? FileManager.default.contentsOfDirectory(atPath: Repository.path(folder))
      for file in files ?? [] where file.hasSuffix(".swift") {
        let path = "\(folder)/\(file)"
        // What has no tests is a tool of the others.
        let text = try Self.read(path)
        guard text.contains("@Test") else { continue }
        found.insert(path)
        // By that name they are all found: `swift test --filter KnownAttacks`.
        let isFiltered = text.contains("extension KnownAttacks {") || file == "ArticleTests.swift"
        #expect(isFiltered, "\(path) is not among KnownAttacks")
      }
    }
    let own = "Tests/TLSEngineTests/KnownAttacks/ArticleTests.swift"
    #expect(found.contains(own))
    let missing = found.subtracting(named).subtracting([own]).sorted()
    #expect(missing.isEmpty, "the article does not name \(missing.joined(separator: ", "))")
  }
}
