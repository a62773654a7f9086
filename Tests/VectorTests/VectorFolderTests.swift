import TestSupport
import Testing

/// What holds of every file in the simple text format.
@Suite("Files of vectors")
struct VectorFolderTests {
  private static let folders = ["primitives", "key-schedule", "records"]

  private static let names = try? folders.flatMap { try VectorFile.names(in: $0) }

  @Test("There are as many as there should be")
  func count() throws {
    let names = try #require(Self.names)
    #expect(names.count > 60)
    #expect(names.allSatisfy { name in Self.folders.contains { name.hasPrefix("\($0)/") } })
  }

  @Test("A changed byte is noticed, wherever it is", arguments: names ?? [])
  func changedByte(name: String) throws {
    let contents = try VectorFile.contents(of: name)
    try VectorDigest.check(contents, of: name)
    // All over the file, at its beginning, and in all of its last line.
    let places =
      Array(stride(from: 0, to: contents.count, by: contents.count / 20 + 1))
      + (contents.count - 80..<contents.count)
    for place in places {
      for bit in [UInt8(1), 0x20] {
        var changed = contents
        changed[place] ^= bit
        #expect(throws: VectorError.self, "byte \(place)") {
          try VectorDigest.check(changed, of: name)
        }
      }
    }
    var shorter = contents
    shorter.remove(at: contents.count / 2)
    #expect(throws: VectorError.self) { try VectorDigest.check(shorter, of: name) }
  }

  @Test("The reader asks for the digest, and says what it should be", arguments: folders)
  func reader(folder: String) throws {
    let name = try #require(try VectorFile.names(in: folder).first)
    var contents = try VectorFile.contents(of: name)
    // In the first comment: nothing but the digest can tell.
    let old = contents[3]
    contents[3] = old == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
    let error = #expect(throws: VectorError.self) {
      try VectorFile(path: name, contents: contents)
    }
    let lines = contents.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    #expect(error?.line == lines.count - 1)
    let text = lines.dropLast(2).joined(separator: [UInt8(ascii: "\n")]) + [UInt8(ascii: "\n")]
    let right = try VectorDigest.line(for: text).dropLast()
    #expect(error?.message.hasSuffix("the last line is \"\(right)\"") == true)
    _ = try VectorFile(path: name, contents: Array(text) + Array(right.utf8) + [0x0a])
  }

  @Test(
    "The READMEs name every file",
    arguments: [("primitives", "primitives/README.md"), ("key-schedule", "README.md")])
  func readme(folder: String, name: String) throws {
    let readme = String(decoding: try VectorFile.contents(of: name), as: UTF8.self)
    for name in try VectorFile.names(in: folder) {
      let file = name.dropFirst(folder.count + 1)
      #expect(readme.contains("| `\(file)` |"), "\(name)")
    }
  }
}
