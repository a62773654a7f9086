import TLSCrypto
import Testing

@testable import TLSEngine

/// Feeds every parser every truncation and every flipped bit of real messages: the answer is a
/// value or a typed error, and never a trap. ``FlippedHandshakeTests`` does the same to whole
/// connections.
@Suite("Parsers")
struct CodecTests {
  /// The handshake messages of a real handshake, as both sides sent them in the clear; a
  /// CertificateRequest (RFC 5246 section 7.4.4), which this server does not send; a Finished, which
  /// is never in the clear; and those of features that this handshake does not have.
  private func messages() throws -> [[UInt8]] {
    var server = ServerConfiguration(identities: [try TestIdentities.identity(.p256)])
    server.applicationProtocols = ["h2"]
    var loopback = try Loopback(
      try TestIdentities.client { $0.applicationProtocols = ["h2", "http/1.1"] }, server)
    try loopback.exchange()
    let sent = WireRecord.split(loopback.sentByClient).prefix { $0.type == 22 }
    let received = WireRecord.split(loopback.sentByServer).prefix { $0.type == 22 }
    return WireRecord.messages(Array(sent)) + WireRecord.messages(Array(received)) + [
      WireRecord.certificateRequest, (1...12).map { UInt8($0) }.message(20),
      // CertificateStatus, CertificateVerify, NewSessionTicket, NextProtocol.
      ([1] + [UInt8](repeating: 7, count: 30).vector(3)).message(22),
      ([4, 3] + [UInt8](repeating: 7, count: 70).vector(2)).message(15),
      ([0, 0, 1, 0] + [UInt8](repeating: 7, count: 90).vector(2)).message(4),
      ([UInt8]([104, 50]).vector(1) + [UInt8](repeating: 0, count: 28).vector(1)).message(67),
    ]
  }

  /// What the messages that depend on the suite are decoded for.
  private static let suite = CipherSuiteParameters(
    keyExchange: .ecdhe, authentication: .ecdsa, cipher: .aead(.aes128GCM), hash: .sha256)

  /// Decodes the body of a message as what its type says.
  private func decode(_ bytes: [UInt8]) throws(TLSError) {
    let message = HandshakeMessage(type: HandshakeType(rawValue: bytes[0]), bytes: bytes)
    switch message.type {
    case .clientHello: _ = try message.decode(ClientHello.self)
    case .serverHello: try decodeServerHello(message)
    case .certificate: _ = try message.decode(CertificateMessage.self)
    case .serverKeyExchange: _ = try message.decode(ServerKeyExchange.self, for: Self.suite)
    case .certificateRequest: _ = try message.decode(CertificateRequest.self)
    case .serverHelloDone: _ = try message.decode(ServerHelloDone.self)
    case .clientKeyExchange: _ = try message.decode(ClientKeyExchange.self, for: Self.suite)
    case .finished: _ = try message.decode(Finished.self)
    case .helloRequest: _ = try message.decode(HelloRequest.self)
    case .certificateStatus: _ = try message.decode(CertificateStatus.self)
    case .certificateVerify: _ = try message.decode(CertificateVerify.self)
    case .newSessionTicket: _ = try message.decode(NewSessionTicket.self)
    case .nextProtocol: _ = try message.decode(NextProtocol.self)
    default: throw .unexpected(message.type, expected: "a known message")
    }
  }

  private func decodeServerHello(_ message: HandshakeMessage) throws(TLSError) {
    let hello = try message.decode(ServerHello.self)
    for each in hello.extensions {
      guard let known = HelloExtensions.known(each.type) else { continue }
      try decodeAnswer(known, each.body)
    }
  }

  private func decodeAnswer<E: HelloExtension>(
    _ known: E.Type, _ body: [UInt8]
  ) throws(TLSError) {
    var reader = Reader(body.rawSpan)
    _ = try known.decodeAnswer(&reader)
    try reader.expectEnd(of: "the extension")
  }

  @Test("Every message of a handshake decodes")
  func whole() throws {
    let messages = try messages()
    #expect(messages.map { $0[0] } == [1, 16, 2, 11, 12, 14, 13, 20, 22, 15, 4, 67])
    for message in messages { try decode(message) }
  }

  /// Where a hello would end if it had no extensions.
  private func endWithoutExtensions(_ message: [UInt8]) -> Int? {
    guard message[0] <= 2 else { return nil }
    // Type, length, version, random, and the session's id behind its length.
    let afterSession = 38 + 1 + Int(message[38])
    switch message[0] {
    case 1:
      let suites = Int(message[afterSession]) << 8 | Int(message[afterSession + 1])
      let methods = afterSession + 2 + suites
      return methods + 1 + Int(message[methods])
    case 2: return afterSession + 3
    default: return nil
    }
  }

  @Test("Every truncation is refused with decode_error")
  func truncations() throws {
    for message in try messages() {
      // RFC 5246 section 7.4.1.2: a hello may end where its extensions begin.
      let complete = endWithoutExtensions(message)
      for count in 4..<message.count {
        let cut = Array(message.prefix(count))
        guard count != complete else {
          try decode(cut)
          continue
        }
        let error = #expect(throws: TLSError.self, "\(message[0]) cut to \(count)") {
          try decode(cut)
        }
        #expect(error?.alert == .decodeError, "\(message[0]) cut to \(count)")
      }
    }
  }

  @Test("Trailing bytes are refused with decode_error")
  func trailing() throws {
    for message in try messages() {
      for rest in [[0], [0, 0], [0, 0, 0]] as [[UInt8]] {
        let error = #expect(throws: TLSError.self, "\(message[0])") { try decode(message + rest) }
        #expect(error?.alert == .decodeError, "\(message[0])")
      }
    }
  }

  @Test("No flipped bit traps")
  func flippedBits() throws {
    var refused = 0
    for message in try messages() {
      for index in message.indices.dropFirst(4) {
        for bit in 0..<8 {
          var changed = message
          changed[index] ^= 1 << bit
          do {
            try decode(changed)
          } catch {
            #expect(error.alert != nil)
            refused += 1
          }
        }
      }
    }
    #expect(refused > 100)
  }

  @Test("A message cut in two at any byte is joined again, and is not there before")
  func joining() throws {
    for message in try messages() {
      for count in 1..<message.count {
        var joiner = HandshakeJoiner(limit: 65_536)
        let start = Array(message.prefix(count))
        joiner.append(start.rawSpan)
        #expect(try joiner.next() == nil, "\(message[0]) cut at \(count)")
        #expect(!joiner.isEmpty)
        // The rest comes with the beginning of another message.
        let rest: [UInt8] = message.dropFirst(count) + [14, 0]
        joiner.append(rest.rawSpan)
        let joined = try joiner.next()
        #expect(joined?.bytes == message, "\(message[0]) cut at \(count)")
        #expect(joined?.type.rawValue == message[0])
        #expect(try joiner.next() == nil)
        #expect(!joiner.isEmpty)
        let end: [UInt8] = [0, 0]
        joiner.append(end.rawSpan)
        #expect(try joiner.next()?.bytes == [14, 0, 0, 0])
        #expect(joiner.isEmpty)
      }
    }
  }

  @Test("A message one byte longer than the bound is refused by its header alone")
  func bound() throws {
    var joiner = HandshakeJoiner(limit: 16)
    let longest = [UInt8](repeating: 7, count: 12).message(20)
    joiner.append(longest.rawSpan)
    #expect(try joiner.next()?.bytes.count == 16)
    let header: [UInt8] = [20, 0, 0, 13]
    joiner.append(header.rawSpan)
    let error = #expect(throws: TLSError.self) { _ = try joiner.next() }
    #expect(error?.alert == .illegalParameter)
    #expect(
      error?.reason == .limitExceeded(what: "a handshake message of 13 bytes", limit: 16))
  }
}
