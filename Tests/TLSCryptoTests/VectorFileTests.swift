import TestSupport
import Testing

@Suite("The reader of vectors")
struct VectorFileTests {
  /// Reads a text, behind which its digest is put.
  private func read(_ text: String) throws -> VectorFile {
    let digest = try VectorDigest.line(for: text.utf8)
    return try VectorFile(path: "test.txt", contents: Array((text + digest).utf8))
  }

  @Test("reads fields, sections, comments and empty values")
  func wellFormed() throws {
    let file = try read(
      """
      # Origin: this test.
      a = 00ff
      # A comment does not end a record.
      b =

      [P-256 SHA-256]
      a = 01
      [other]

      a = 02

      """)
    #expect(file.records.count == 3)
    let first = try #require(file.records.first)
    #expect(first.section.isEmpty)
    #expect(first.line == 2)
    #expect(try first.bytes("a") == [0, 0xff])
    #expect(try first.bytes("b").isEmpty)
    #expect(try first.integer("a") == 255)
    #expect(file.counts == ["": 1, "P-256 SHA-256": 1, "other": 1])
    let second = try #require(file.records(in: "P-256").first)
    #expect("\(second)" == "test.txt:7 [P-256 SHA-256]")
    #expect(try second.meaning(ofWord: 1, ["SHA-256": 256]) == 256)
  }

  @Test(
    "names the file and the line of what is wrong",
    arguments: [
      ("a = 0\n", 1), ("# x\na = 0g\n", 2), ("a = AB\n", 1), ("a = 00\na = 00\n", 2),
      ("a=00\n", 1), (" a = 00\n", 1), ("a = \n", 1), ("a = 00 \n", 1), ("a =00\n", 1),
      ("A = 00\n", 1), ("nonsense\n", 1), ("[]\n", 1), ("[a\n", 1), ("[a  b]\n", 1),
      ("[a]b]\n", 1), ("[a] \n", 1), ("a = 00\r\n", 1), ("\n# \u{e9}\n", 2), ("a = 00", 1),
    ])
  func malformed(_ text: String, _ line: Int) {
    let error = #expect(throws: VectorError.self) { try read(text) }
    #expect(error?.file == "test.txt")
    #expect(error?.line == line)
  }

  @Test("refuses a last line that does not end")
  func unended() {
    let error = #expect(throws: VectorError.self) {
      try VectorFile(path: "test.txt", contents: Array("a = 00".utf8))
    }
    #expect(error == VectorError(file: "test.txt", line: 0, message: "the last line does not end"))
  }

  @Test("notices every changed byte, and a digest that is not there, and says what it should be")
  func digest() throws {
    let text = "# Origin: this test.\n\na = 00ff\n\n"
    let line = try VectorDigest.line(for: text.utf8)
    // From another implementation.
    #expect(
      line == "# sha256 = 54da74569d58f52bdf87603dd12b059d34929a5bb1eeb710896c4107f7dac447\n")
    let whole = Array((text + line).utf8)
    for index in whole.indices {
      for bit in [UInt8(1), 2, 0x10, 0x80] {
        var changed = whole
        changed[index] ^= bit
        #expect(throws: VectorError.self) { try VectorDigest.check(changed, of: "test.txt") }
        #expect(throws: VectorError.self) {
          try VectorFile(path: "test.txt", contents: changed)
        }
      }
    }
    let message =
      "a byte of the file was changed, or its digest; if that was meant, the last line is "
    let missing = #expect(throws: VectorError.self) {
      try VectorFile(path: "test.txt", contents: Array(text.utf8))
    }
    #expect(
      missing
        == VectorError(
          file: "test.txt", line: 5, message: message + "\"\(line.dropLast())\""))
    let wrong = #expect(throws: VectorError.self) {
      try VectorFile(path: "test.txt", contents: Array((text + "# sha256 = 00\n").utf8))
    }
    #expect(wrong == missing)
    #expect(throws: VectorError.self) { try VectorFile(path: "test.txt", contents: []) }
    #expect(throws: VectorError.self) { try VectorFile(path: "test.txt", contents: whole + whole) }
  }

  @Test("says which field a record does not have, and which section it does not know")
  func missing() throws {
    let record = try #require(try read("[x]\n\na = 00\n").records.first)
    #expect(
      throws: VectorError(file: "test.txt", line: 3, message: "the record has no \"b\"")
    ) { try record.bytes("b") }
    let error = #expect(throws: VectorError.self) { try record.meaning(ofWord: 0, ["y": 1]) }
    #expect(error?.description == "test.txt:3: the section [x] does not say one of y")
    #expect(throws: VectorError.self) { try record.meaning(ofWord: 1, ["y": 1]) }
  }

  @Test("says where it looked for a file that is not there")
  func noFile() {
    let error = #expect(throws: VectorError.self) { try VectorFile("primitives/nothing.txt") }
    #expect(error?.file == "Vectors/primitives/nothing.txt")
    #expect(error?.message.contains(Repository.path("Vectors/primitives/nothing.txt")) == true)
  }

  @Test("refuses texts that are no hexadecimal")
  func hexadecimal() throws {
    #expect(try hex("00 fF\n10") == [0, 255, 16])
    #expect([UInt8]([0, 255, 16]).hexadecimal == "00ff10")
    #expect(throws: HexadecimalError.self) { try hex("0") }
    #expect(throws: HexadecimalError.self) { try hex("0x") }
  }
}
