import Testing

@testable import TLSCertificates

@Suite("PEM (RFC 7468)")
struct PEMTests {
  private static let block = "-----BEGIN THING-----\nZm9vYmFy\n-----END THING-----\n"
  private static let document = PEM.Document(label: "THING", contents: Array("foobar".utf8))

  private static func documents(_ text: String) throws -> [PEM.Document] {
    try PEM.documents(in: Array(text.utf8))
  }

  @Test(
    "a block is found, whatever stands around it and however lines end",
    arguments: [
      block, "\n\n" + block, "Subject: CN=foo\n" + block + "more text\n",
      block.replacing("\n", with: "\r\n"), block.replacing("\n", with: " \t\r\n"),
      String(block.dropLast()), block.replacing("Zm9vYmFy", with: "Zm9v\nYmFy"),
      block.replacing("Zm9vYmFy", with: "\nZm9v\n\nYmFy\n"), "\u{feff}\n" + block,
      "-----BEGIN OTHER----\n" + block, "-----END OTHER-----\n" + block,
    ])
  func finds(_ text: String) throws {
    #expect(try Self.documents(text) == [Self.document])
  }

  @Test("several blocks come in their order, with text between them")
  func several() throws {
    let text =
      Self.block + "between\n-----BEGIN -----\n-----END -----\n" + Self.block
      + "-----BEGIN A B-----\nZg==\n-----END A B-----"
    let found = try Self.documents(text)
    #expect(found.map(\.label) == ["THING", "", "THING", "A B"])
    #expect(found.map(\.contents.count) == [6, 0, 6, 1])
  }

  @Test("a text without a block gives none", arguments: ["", "\n", "hello", "BEGIN THING"])
  func none(_ text: String) throws {
    #expect(try Self.documents(text).isEmpty)
  }

  private static let malformed: [(String, Int, String)] = [
    ("-----BEGIN A-----\nZg==\n", 1, "\"A\" begins here and never ends"),
    ("x\n-----BEGIN A-----", 2, "\"A\" begins here and never ends"),
    ("-----BEGIN A-----\nZg==\n-----END B-----\n", 3, "\"B\" ends what begins as \"A\""),
    ("-----BEGIN A-----\nZg=\n-----END A-----\n", 3, "the base64 before it is incomplete"),
    ("-----BEGIN A-----\nZ%==\n-----END A-----\n", 2, "this is not base64"),
    ("-----BEGIN A-----\nZg==\nZg==\n-----END A-----\n", 3, "this is not base64"),
    ("-----BEGIN A-----\n-----BEGIN A-----\n-----END A-----\n", 2, "this is not base64"),
    ("-----BEGIN A-----\nZg== -----END A-----\n", 2, "this is not base64"),
    (
      "-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\n\nZg==\n-----END A-----\n", 2,
      "the block is encrypted"
    ),
    (
      "-----BEGIN A-----\nKey: value\n\nZg==\n-----END A-----\n", 2,
      "headers inside of a block are not supported"
    ),
    (
      "-----BEGIN \u{1b}[31m-----\nZg==\n-----END A-----\n", 3,
      "\"A\" ends what begins as \"\\u{1b}[31m\""
    ),
  ]

  @Test("a malformed block is an error that says where and what", arguments: malformed)
  func refuses(_ text: String, _ line: Int, _ problem: String) {
    #expect(throws: PEMError(line: line, problem: problem)) { try Self.documents(text) }
  }

  @Test("the error reads as a sentence")
  func sentence() {
    #expect(
      PEMError(line: 2, problem: "this is not base64").description
        == "PEM text, line 2: this is not base64")
  }

  @Test(
    "what is written has lines of 64 characters and is read again", arguments: [0, 1, 47, 48, 49])
  func roundTrip(_ count: Int) throws {
    let document = PEM.Document(label: "A B", contents: [UInt8](repeating: 0xa5, count: count))
    let text = PEM.encode(document)
    #expect(try Self.documents(text) == [document])
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.dropFirst().dropLast(2).dropLast().allSatisfy { $0.count == 64 })
    #expect(text.hasPrefix("-----BEGIN A B-----\n"))
    #expect(text.hasSuffix("-----END A B-----\n"))
  }

  @Test("many comments and many blocks are read")
  func large() throws {
    let comment = String(repeating: "-----BEGIN A----\n", count: 20_000)
    let blocks = String(repeating: Self.block, count: 5_000)
    #expect(try Self.documents(comment + blocks).count == 5_000)
  }

  @Test("a certificate is written as OpenSSL writes it")
  func certificate() throws {
    for text in [OpenSSLChain.root, OpenSSLChain.issuing, OpenSSLChain.leafP256] {
      #expect(try Certificate(fixture: text).pem == text + "\n")
    }
  }

  @Test("certificates of a text come in their order, and other blocks are passed over")
  func chain() throws {
    let text = OpenSSLKeys.p256SEC1 + "\n" + OpenSSLChain.leafP256 + "\n" + OpenSSLChain.issuing
    let chain = try Certificate.chain(pem: Array(text.utf8))
    #expect(chain.map(\.subject.commonName) == ["leafP256", "Fixture Issuing"])
  }

  @Test("a text without certificates is an error that says what there is instead")
  func noCertificates() {
    #expect(throws: CertificateFileError.noCertificate(found: [])) {
      try Certificate.chain(pem: [])
    }
    let error = #expect(throws: CertificateFileError.self) {
      try Certificate.chain(pem: Array(OpenSSLKeys.withParameters.utf8))
    }
    #expect(error == .noCertificate(found: ["EC PARAMETERS", "EC PRIVATE KEY"]))
    #expect(
      error?.description
        == "there is no certificate in the text, but \"EC PARAMETERS\", \"EC PRIVATE KEY\"")
    #expect(
      CertificateFileError.noCertificate(found: []).description
        == "there is no certificate in the text")
  }

  @Test("a malformed certificate among others is an error that says which")
  func malformedCertificate() {
    let text =
      OpenSSLChain.root + "\n" + "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"
    let error = #expect(throws: CertificateFileError.self) {
      try Certificate.chain(pem: Array(text.utf8))
    }
    #expect(
      error?.description == "certificate 2: the certificate's encoding has no tbsCertificate")
  }
}
