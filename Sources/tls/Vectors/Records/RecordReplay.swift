import TLSCrypto
import TLSEngine

/// Opens and seals the records of a file in `Vectors/records` again.
enum RecordReplay {
  /// What is different, in words; `nil` if every record opens to its plaintext and comes out of it again.
  ///
  /// - Parameter count: how many records there were.
  static func difference(_ bytes: [UInt8], count: inout Int) throws -> VectorDifference? {
    let file = try FieldFile(bytes)
    count = file.records.count
    for record in file.records {
      if let problem = try difference(record) {
        return VectorDifference(["line \(record.line): \(problem)"])
      }
    }
    return nil
  }

  private static func difference(_ record: FieldFile.Record) throws -> String? {
    let sealed = try record.bytes("record")
    let plaintext = try record.bytes("plaintext")
    let type = try record.bytes("content_type")
    guard type.count == 1, let contentType = type.first.flatMap(ContentType.init(rawValue:)) else {
      return "its content type is none"
    }
    var protector = try protector(record)
    let number = protector.sequenceNumber
    do throws(TLSError) {
      let opened = try protector.open(sealed)
      guard opened == plaintext, sealed.first == contentType.rawValue else {
        return "it opens to \(Hexadecimal.text(opened)), not to \(Hexadecimal.text(plaintext))"
      }
    } catch {
      return "it does not open: \(error)"
    }
    protector.sequenceNumber = number
    let again = try protector.seal(
      plaintext, as: contentType, explicitIV: record.fields["explicit_iv"] ?? [])
    guard again == sealed else {
      return "sealed again it is \(Hexadecimal.text(again)), not \(Hexadecimal.text(sealed))"
    }
    return nil
  }

  private static let fieldNames: Set = [
    "key", "fixed_iv", "mac_key", "sequence_number", "explicit_iv", "content_type", "plaintext",
    "record",
  ]

  private static func protector(_ record: FieldFile.Record) throws -> RecordProtector {
    guard record.section.count == 4, let suite = CipherSuite(name: record.section[0]),
      ["aead", "encrypt-then-mac", "mac-then-encrypt"].contains(record.section[1]),
      ["client", "server"].contains(record.section[2])
    else { throw VectorError(line: record.line, "its section is none of records") }
    if let other = record.fields.keys.first(where: { !fieldNames.contains($0) }) {
      throw VectorError(line: record.line, "a record has no \(other)")
    }
    let key = try record.bytes("key")
    let fixedIV = record.fields["fixed_iv"] ?? []
    let macKey = record.fields["mac_key"] ?? []
    let digits = try record.bytes("sequence_number")
    guard digits.count == 8 else {
      throw VectorError(line: record.line, "a sequence number has 8 bytes")
    }
    let number = digits.reduce(0) { $0 << 8 | UInt64($1) }
    let keys = TrafficSecrets.Direction(
      copying: key.rawSpan, fixedIV: fixedIV.rawSpan, macKey: macKey.rawSpan, sequenceNumber: number
    )
    return try RecordProtector(
      keys, cipherSuite: suite, usesEncryptThenMAC: record.section[1] == "encrypt-then-mac")
  }
}
