import TLSCrypto
import Testing

@testable import TLSEngine

/// A kind of CBC suite, and keys that are always the same: both ends of one direction.
struct CBCKind: Sendable, CustomTestStringConvertible {
  let cipher: BlockCipherAlgorithm
  let mac: MACAlgorithm
  let encryptThenMAC: Bool

  static let all = BlockCipherAlgorithm.allCases.flatMap { cipher in
    MACAlgorithm.allCases.flatMap { mac in
      [true, false].map { CBCKind(cipher: cipher, mac: mac, encryptThenMAC: $0) }
    }
  }

  /// Those whose MAC is encrypted, one for each MAC.
  static let macThenEncrypt = MACAlgorithm.allCases.map {
    CBCKind(cipher: .aes128CBC, mac: $0, encryptThenMAC: false)
  }

  var testDescription: String {
    "\(cipher), \(mac), \(encryptThenMAC ? "encrypt-then-MAC" : "MAC-then-encrypt")"
  }

  var key: [UInt8] { [UInt8](repeating: 0x42, count: cipher.keyByteCount) }
  var macKey: [UInt8] { [UInt8](repeating: 0x17, count: mac.byteCount) }

  func protection() throws(TLSError) -> CBCProtection {
    try CBCProtection(
      cipher, mac, key: key.rawSpan, macKey: macKey.rawSpan, encryptThenMAC: encryptThenMAC)
  }

  func sealer() throws(TLSError) -> RecordSealer {
    var sealer = RecordSealer()
    sealer.protect(with: .cbc(try protection()))
    return sealer
  }

  func opener() throws(TLSError) -> RecordOpener {
    var opener = RecordOpener()
    opener.negotiatedVersion = .tls12
    opener.protect(with: .cbc(try protection()))
    return opener
  }

  // MARK: Records, written a second time

  /// The MAC of RFC 5246 section 6.2.3.1, and of RFC 7366 section 3.
  func code(_ text: [UInt8], number: UInt8 = 0, type: UInt8 = 23) throws -> [UInt8] {
    let length = [UInt8(text.count >> 8), UInt8(text.count & 0xff)]
    var hmac = try HMAC(mac, key: macKey.rawSpan)
    hmac.update(([0, 0, 0, 0, 0, 0, 0, number, type, 3, 3] + length + text).rawSpan)
    var code = [UInt8](repeating: 0, count: mac.byteCount)
    var span = code.mutableRawSpan
    hmac.finalize(into: &span)
    return code
  }

  /// The body of a record with these bytes encrypted, which are whole blocks.
  func body(encrypting fragment: [UInt8]) throws -> [UInt8] {
    let iv = [UInt8](repeating: 0x99, count: 16)
    var bytes = fragment
    var blocks = bytes.mutableRawSpan
    var key = try BlockCipherKey(cipher, key: key.rawSpan)
    try key.encrypt(inPlace: &blocks, iv: BlockCipherKey.InitializationVector(repeating: 0x99))
    return try iv + bytes + (encryptThenMAC ? code(iv + bytes) : [])
  }

  /// What is encrypted: content, MAC if it is in there, and so much padding.
  func fragment(_ content: [UInt8], padding: Int) throws -> [UInt8] {
    let padding = [UInt8](repeating: UInt8(padding), count: padding + 1)
    return try content + (encryptThenMAC ? [] : code(content)) + padding
  }

  /// Content of about `count` bytes that fills blocks together with so much padding.
  func content(_ count: Int, fitting padding: Int) -> [UInt8] {
    let rest = (count + (encryptThenMAC ? 0 : mac.byteCount) + padding + 1) % 16
    return [UInt8](repeating: 0x61, count: count + (16 - rest) % 16)
  }

  /// What opening a body as the first record comes to: what is in it, or the error, and whether
  /// nothing of it was left then.
  func opened(_ body: [UInt8], as type: ContentType = .applicationData) throws -> Outcome {
    var protection = try protection()
    var bytes = body
    var span = bytes.mutableRawSpan
    do throws(TLSError) {
      let range = try protection.open(&span, as: type)
      return .opened(Array(bytes[range]))
    } catch {
      return .refused(error, isWiped: bytes.allSatisfy { $0 == 0 })
    }
  }

  enum Outcome: Equatable {
    case opened([UInt8])
    case refused(TLSError, isWiped: Bool)

    /// The first record is `bad_record_mac`, and nothing is left of it.
    static let badRecordMAC = Outcome.refused(
      TLSError(.badRecordMAC, .badRecordMAC(sequenceNumber: 0)), isWiped: true)
  }
}
