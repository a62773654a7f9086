import TLSCrypto
import Testing

@testable import TLSEngine

/// The keys of one connection as a peer driven by hand computes them: the key schedule of RFC 5246
/// sections 5, 6.3 and 8.1 and of RFC 7627, written a second time.
struct TestKeys: ~Copyable {
  let master: [UInt8]
  private let hash: HashFunction

  /// What the client's records are protected with.
  var client: AEADProtection

  /// What the server's records are protected with.
  var server: AEADProtection

  /// - Parameter transcript: every message up to ClientKeyExchange, for the extended master secret;
  ///   `nil` for that of RFC 5246.
  init(
    premaster secret: [UInt8], client: [UInt8], server: [UInt8], suite: CipherSuite,
    transcript: [UInt8]?
  ) throws {
    guard let parameters = suite.parameters else { throw CryptoError.unsupported("\(suite)") }
    let hash = parameters.hash
    let master =
      if let transcript {
        try Self.prf(
          secret, "extended master secret",
          try Hash.digest(of: transcript.rawSpan, using: hash).array, 48, hash)
      } else {
        try Self.prf(secret, "master secret", client + server, 48, hash)
      }
    try self.init(master: master, client: client, server: server, suite: suite)
  }

  /// The keys of a connection that goes on with an earlier master secret.
  init(master: [UInt8], client: [UInt8], server: [UInt8], suite: CipherSuite) throws {
    guard let parameters = suite.parameters else { throw CryptoError.unsupported("\(suite)") }
    let hash = parameters.hash
    let aead = try #require(parameters.cipher.aead)
    let key = aead.keyByteCount
    let iv = aead.fixedIVByteCount
    let block = try Self.prf(master, "key expansion", server + client, 2 * (key + iv), hash)
    func protection(_ index: Int) throws -> AEADProtection {
      try AEADProtection(
        aead, key: block.rawSpan.extracting(index * key..<(index + 1) * key),
        fixedIV: block.rawSpan.extracting(2 * key + index * iv..<2 * key + (index + 1) * iv))
    }
    let clientKeys = try protection(0)
    let serverKeys = try protection(1)
    self.master = master
    self.hash = hash
    self.client = clientKeys
    self.server = serverKeys
  }

  /// The Finished of the side that `label` names, over these messages: the whole message.
  func finished(_ label: String, _ transcript: [UInt8]) throws -> [UInt8] {
    let digest = try Hash.digest(of: transcript.rawSpan, using: hash).array
    return try Self.prf(master, label, digest, 12, hash).message(20)
  }

  /// P_hash of RFC 5246 section 5, straight from its definition.
  static func prf(
    _ secret: [UInt8], _ label: String, _ seed: [UInt8], _ count: Int, _ hash: HashFunction
  ) throws -> [UInt8] {
    func code(_ message: [UInt8]) throws -> [UInt8] {
      try HMAC.authenticationCode(for: message.rawSpan, key: secret.rawSpan, using: hash).array
    }
    let labelAndSeed = Array(label.utf8) + seed
    var a = labelAndSeed
    var output: [UInt8] = []
    while output.count < count {
      a = try code(a)
      output += try code(a + labelAndSeed)
    }
    return Array(output.prefix(count))
  }
}

extension AEADProtection {
  /// The next record.
  mutating func record(_ type: ContentType, _ plaintext: [UInt8]) throws -> [UInt8] {
    var record = [UInt8](
      repeating: 0, count: RecordHeader.byteCount + overhead + plaintext.count)
    var output = record.mutableRawSpan
    try seal(plaintext.rawSpan, as: type, into: &output)
    return record
  }

  /// What is in a record.
  mutating func opened(_ record: WireRecord) throws -> [UInt8] {
    guard let type = ContentType(rawValue: record.type) else { throw WireCursor.TooShort() }
    var body = record.body
    var bytes = body.mutableRawSpan
    let plaintext = try open(&bytes, as: type)
    return [UInt8](bytes.bytes.extracting(plaintext))
  }
}

extension RecordCipher {
  /// The AEAD cipher, if it is one.
  var aead: AEADAlgorithm? {
    if case .aead(let algorithm) = self { algorithm } else { nil }
  }
}
