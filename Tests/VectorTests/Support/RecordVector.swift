import TLSCrypto
import TLSEngine
import TestSupport

/// A record of `Vectors/records`, as `Vectors/README.md` says.
struct RecordVector: Sendable {
  /// How the records of a suite are protected: the second word of a section.
  enum Protection: String, CaseIterable {
    case aead
    case encryptThenMAC = "encrypt-then-mac"
    case macThenEncrypt = "mac-then-encrypt"
  }

  let suite: CipherSuite
  let protection: Protection
  let writer: ConnectionSide

  /// The word for where it comes from, which the file's head explains.
  let origin: String

  let sequenceNumber: UInt64
  let contentType: ContentType
  let plaintext: [UInt8]

  /// The whole record, header included.
  let record: [UInt8]

  /// What the body begins with, in the clear; `nil` where the cipher has nothing of the kind.
  let explicitIV: [UInt8]?

  /// The file and the line.
  let place: String

  private let key: [UInt8]
  private let fixedIV: [UInt8]
  private let macKey: [UInt8]

  init(_ vector: VectorRecord) throws {
    func error(_ message: String) -> VectorError {
      VectorError(file: vector.file, line: vector.line, message: message)
    }
    guard vector.section.count == 4 else { throw error("a section has four words") }
    guard let suite = CipherSuite(name: vector.section[0]) else {
      throw error("the engine knows no suite \(vector.section[0])")
    }
    self.suite = suite
    protection = try vector.meaning(
      ofWord: 1,
      Dictionary(uniqueKeysWithValues: Protection.allCases.map { ($0.rawValue, $0) }))
    writer = try vector.meaning(
      ofWord: 2,
      Dictionary(uniqueKeysWithValues: ConnectionSide.allCases.map { ($0.rawValue, $0) }))
    origin = vector.section[3]
    let isAEAD = protection == .aead
    let allowed: Set = [
      "key", isAEAD ? "fixed_iv" : "mac_key", "sequence_number", "explicit_iv", "content_type",
      "plaintext", "record",
    ]
    guard allowed.isSuperset(of: vector.fields.keys) else {
      let others = vector.fields.keys.filter { !allowed.contains($0) }.sorted()
      throw error("the record has no business with \(others.joined(separator: ", "))")
    }
    key = try vector.bytes("key")
    fixedIV = try isAEAD ? vector.bytes("fixed_iv") : []
    macKey = try isAEAD ? [] : vector.bytes("mac_key")
    let number = try vector.bytes("sequence_number")
    guard number.count == 8 else { throw error("a sequence number has 8 bytes") }
    sequenceNumber = number.reduce(0) { $0 << 8 | UInt64($1) }
    let type = try vector.bytes("content_type")
    guard type.count == 1, let type = type.first.flatMap(ContentType.init(rawValue:)) else {
      throw error("the content type is none of TLS 1.2")
    }
    contentType = type
    plaintext = try vector.bytes("plaintext")
    record = try vector.bytes("record")
    explicitIV = vector.fields["explicit_iv"]
    place = vector.description
  }

  /// What seals and opens the record.
  func protector() throws(TLSError) -> RecordProtector {
    let keys = TrafficSecrets.Direction(
      copying: key.rawSpan, fixedIV: fixedIV.rawSpan, macKey: macKey.rawSpan,
      sequenceNumber: sequenceNumber)
    return try RecordProtector(
      keys, cipherSuite: suite, usesEncryptThenMAC: protection == .encryptThenMAC)
  }
}
