import TLSEngine
import TestSupport
import Testing

/// `Vectors/records`: single records of every suite, most of them of other implementations.
@Suite("Vectors of records")
struct RecordVectorTests {
  /// The records of a suite's file.
  private static func vectors(_ name: String) throws -> [RecordVector] {
    try VectorFile(name).records.map(RecordVector.init)
  }

  @Test("Every suite has a file, and every file a suite")
  func files() throws {
    #expect(
      try VectorFile.names(in: "records")
        == CipherSuite.supported.map { "records/\($0).txt" }.sorted())
  }

  @Test(
    "A file has records of its suite alone, by each side and protected in every way",
    arguments: try VectorFile.names(in: "records"))
  func sections(name: String) throws {
    let file = try VectorFile(name)
    let vectors = try Self.vectors(name)
    #expect(vectors.allSatisfy { "records/\($0.suite).txt" == name })
    let isCBC = name.contains("_CBC_")
    let ways: Set<RecordVector.Protection> = isCBC ? [.encryptThenMAC, .macThenEncrypt] : [.aead]
    #expect(Set(vectors.map(\.protection)) == ways)
    for way in ways {
      for side in ConnectionSide.allCases {
        let types = vectors.filter { $0.protection == way && $0.writer == side }.map(\.contentType)
        #expect(types.count >= 4)
        #expect(Set(types).isSuperset(of: [.handshake, .applicationData]))
      }
    }
    let origins = Set(vectors.map(\.origin))
    let head = try #require(
      String(decoding: VectorFile.contents(of: name), as: UTF8.self).split(separator: "[").first)
    for origin in origins { #expect(head.contains("\"\(origin)\":")) }
    #expect(file.counts.values.reduce(0, +) == vectors.count)
  }

  @Test(
    "Opening gives the plaintext, and sealing the record again",
    arguments: try VectorFile.names(in: "records"))
  func records(name: String) throws {
    let vectors = try Self.vectors(name)
    #expect(!vectors.isEmpty)
    for vector in vectors {
      let place = vector.place
      var records = try vector.protector()
      let plaintext = try records.open(vector.record)
      #expect(plaintext == vector.plaintext, "\(place)")
      let number = records.sequenceNumber
      #expect(number == vector.sequenceNumber + 1, "\(place)")
      #expect(vector.record.first == vector.contentType.rawValue, "\(place)")

      let count = records.explicitIVByteCount
      #expect(vector.explicitIV?.count == (count > 0 ? count : nil), "\(place)")
      #expect(vector.record.dropFirst(5).starts(with: vector.explicitIV ?? []), "\(place)")
      records.sequenceNumber = vector.sequenceNumber
      let record = try records.seal(
        vector.plaintext, as: vector.contentType, explicitIV: vector.explicitIV)
      #expect(record == vector.record, "\(place)")
    }
  }

  @Test("A vector with something else in it is refused, with its place")
  func malformed() throws {
    let good = """
      key = 00
      fixed_iv = 00
      sequence_number = 0000000000000000
      content_type = 17
      plaintext = 00
      record = 00
      """
    let suite = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
    let cases = [
      ("[\(suite) aead client x]", good, nil),
      ("[\(suite) aead client]", good, "a section has four words"),
      ("[TLS_NULL aead client x]", good, "the engine knows no suite TLS_NULL"),
      (
        "[\(suite) plain client x]", good,
        "the section [\(suite) plain client x] does not say one of aead, encrypt-then-mac, "
          + "mac-then-encrypt"
      ),
      (
        "[\(suite) aead nobody x]", good,
        "the section [\(suite) aead nobody x] does not say one of client, server"
      ),
      (
        "[\(suite) aead client x]", good + "\nmac_key = 00",
        "the record has no business with mac_key"
      ),
      (
        "[\(suite) encrypt-then-mac client x]", good,
        "the record has no business with fixed_iv"
      ),
      (
        "[\(suite) aead client x]", good.replacing("0000000000000000", with: "00"),
        "a sequence number has 8 bytes"
      ),
      (
        "[\(suite) aead client x]", good.replacing("= 17", with: "= 18"),
        "the content type is none of TLS 1.2"
      ),
      (
        "[\(suite) aead client x]", good.replacing("key = 00", with: "other = 00"),
        "the record has no business with other"
      ),
    ]
    for (section, fields, sentence) in cases {
      let text = "\(section)\n\n\(fields)\n\n"
      let file = try VectorFile(
        path: "test.txt", contents: Array((text + VectorDigest.line(for: text.utf8)).utf8))
      let record = try #require(file.records.first)
      if let sentence {
        #expect(throws: VectorError(file: "test.txt", line: 3, message: sentence)) {
          try RecordVector(record)
        }
      } else {
        _ = try RecordVector(record)
      }
    }
  }
}
