import TestSupport
import Testing

@Suite("The reader of vectors")
struct VectorFileTests {
  private func read(_ text: String) throws -> VectorFile {
    try VectorFile(path: "test.txt", contents: Array(text.utf8))
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
      ("[a]b]\n", 1), ("[a] \n", 1), ("a = 00\r\n", 1), ("\n# \u{e9}\n", 2), ("a = 00", 0),
    ])
  func malformed(_ text: String, _ line: Int) {
    let error = #expect(throws: VectorError.self) { try read(text) }
    #expect(error?.file == "test.txt")
    #expect(error?.line == line)
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
