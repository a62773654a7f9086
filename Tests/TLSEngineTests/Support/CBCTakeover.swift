import TLSCrypto
import Testing

@testable import TLSEngine

/// The keys of a client on a live connection with a CBC suite, to make records that no client would.
struct CBCTakeover {
  private let kind: CBCKind
  private let key: [UInt8]
  private let macKey: [UInt8]

  /// - Parameter loopback: a connection whose handshake is complete, and nothing else.
  init(_ loopback: borrowing Loopback) throws {
    let negotiated = loopback.client.summary
    let summary = try #require(negotiated)
    let suite = try #require(summary.cipherSuite.parameters)
    guard case .cbc(let cipher, let mac) = suite.cipher else {
      throw CryptoError.unsupported("\(summary.cipherSuite)")
    }
    kind = CBCKind(cipher: cipher, mac: mac, encryptThenMAC: summary.usesEncryptThenMAC)
    let (hello, answer) = (try loopback.clientHello(), try loopback.serverHello())
    let block = try TestKeys.prf(
      try loopback.masterSecret(), "key expansion", answer.random + hello.random,
      2 * (mac.byteCount + cipher.keyByteCount), suite.hash)
    macKey = Array(block.prefix(mac.byteCount))
    key = Array(block.dropFirst(2 * mac.byteCount).prefix(cipher.keyByteCount))
  }

  var macByteCount: Int { kind.mac.byteCount }

  /// Whether the MAC is of what is encrypted.
  var encryptThenMAC: Bool { kind.encryptThenMAC }

  /// The MAC of the client's next record, which is number 1: number 0 was its Finished.
  func code(_ text: [UInt8]) throws -> [UInt8] {
    var hmac = try HMAC(kind.mac, key: macKey.rawSpan)
    hmac.update(([0, 0, 0, 0, 0, 0, 0, 1, 23, 3, 3] + .number(text.count, 2) + text).rawSpan)
    var code = [UInt8](repeating: 0, count: kind.mac.byteCount)
    var output = code.mutableRawSpan
    hmac.finalize(into: &output)
    return code
  }

  /// A record of these whole blocks.
  func record(_ blocks: [UInt8]) throws -> [UInt8] {
    let iv = [UInt8](repeating: 0x99, count: 16)
    var bytes = blocks
    var span = bytes.mutableRawSpan
    var key = try BlockCipherKey(kind.cipher, key: key.rawSpan)
    try key.encrypt(inPlace: &span, iv: BlockCipherKey.InitializationVector(repeating: 0x99))
    let body = iv + bytes
    return WireRecord(type: 23, body: try body + (encryptThenMAC ? code(body) : [])).bytes
  }

  /// What is encrypted: content, MAC if it is in there, and so much padding, to whole blocks.
  func blocks(_ content: [UInt8], padding: Int) throws -> [UInt8] {
    try content + (encryptThenMAC ? [] : code(content))
      + [UInt8](repeating: UInt8(padding), count: padding + 1)
  }
}
