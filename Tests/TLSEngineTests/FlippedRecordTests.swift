import TLSCrypto
import TLSEngine
import Testing

/// A record of a live connection with one bit flipped: refused at both levels of the interface, and
/// nothing of it is left to read.
@Suite("Flipped bits in the records of a connection")
struct FlippedRecordTests {
  private static let text = [UInt8]("attack at dawn".utf8)

  /// More than the longest record, so that a length that grew is not waited for.
  private static let padding = [UInt8](repeating: 0, count: 18_500)

  /// The alert for a record whose bit `bit` of byte `index` was flipped.
  private func expectedAlert(_ changed: [UInt8], at index: Int) -> AlertDescription {
    switch index {
    // RFC 5246 section 6.2.1: only four types of content exist.
    case 0: (20...23).contains(changed[0]) ? .badRecordMAC : .unexpectedMessage
    case 1, 2: .protocolVersion
    // RFC 5246 section 6.2.3: a body is at most 2^14 + 2048 bytes long.
    case 3, 4:
      Int(changed[3]) << 8 | Int(changed[4]) > 16_384 + 2_048 ? .recordOverflow : .badRecordMAC
    default: .badRecordMAC
    }
  }

  /// Every bit of the header, and one bit in every byte behind it.
  private func bits(at index: Int) -> [Int] { index < 5 ? Array(0..<8) : [index % 8] }

  private static let suites: [CipherSuite] = [
    .ecdheECDSAWithAES128GCMSHA256, .ecdheECDSAWithChaCha20Poly1305SHA256,
  ]

  /// Sends the text over a new connection for each bit, flips that bit of the record, and hands the
  /// connection, what the server is to receive and the alert for it to `check`.
  private func forEachFlippedBit(
    _ suite: CipherSuite,
    _ check: (inout Loopback, [UInt8], AlertDescription, Comment) throws -> Void
  ) throws {
    var index = 0
    var count = Int.max
    while index < count {
      for bit in bits(at: index) {
        var loopback = try Loopback.connected { $0.cipherSuites = [suite] }
        try loopback.client.send(Self.text)
        var changed = loopback.client.takeOutgoing()
        count = changed.count
        changed[index] ^= 1 << bit
        try check(
          &loopback, changed + Self.padding, expectedAlert(changed, at: index),
          "bit \(bit) of byte \(index)")
      }
      index += 1
    }
    #expect(count > Self.text.count + 20)
  }

  @Test("Buffered: an error, no event, and no data afterwards", arguments: suites)
  func buffered(suite: CipherSuite) throws {
    try forEachFlippedBit(suite) { loopback, changed, expected, comment in
      let error = #expect(throws: TLSError.self) { _ = try loopback.server.receive(changed) }
      #expect(error?.alert == expected, comment)
      #expect(loopback.server.failure == error)
      // The alert goes out, sealed, and the client hears it.
      let alert = loopback.server.takeOutgoing()
      #expect(throws: TLSError.self) { _ = try loopback.client.receive(alert) }
      #expect(loopback.client.failure?.reason == error?.alert.map { .peerAlert($0) })
      // A good record afterwards changes nothing.
      #expect(throws: TLSError.self) { _ = try loopback.server.receive([23, 3, 3, 0, 0]) }
    }
  }

  @Test("In place: an error, and no plaintext in the buffer", arguments: suites)
  func inPlace(suite: CipherSuite) throws {
    try forEachFlippedBit(suite) { loopback, changed, expected, comment in
      var buffer = changed
      var bytes = buffer.mutableRawSpan
      let error = #expect(throws: TLSError.self) { _ = try loopback.server.open(&bytes) }
      #expect(error?.alert == expected, comment)
      #expect(buffer.firstRange(of: Self.text.prefix(4)) == nil)
      var again = buffer.mutableRawSpan
      #expect(throws: TLSError.self) { _ = try loopback.server.open(&again) }
    }
  }

  @Test("The record as it was is read, and its plaintext is in the buffer: the check can fail")
  func unchanged() throws {
    var loopback = try Loopback.connected { $0.cipherSuites = [.ecdheECDSAWithAES128GCMSHA256] }
    try loopback.client.send(Self.text)
    var buffer = loopback.client.takeOutgoing() + Self.padding
    var bytes = buffer.mutableRawSpan
    guard case .applicationData(let range, _) = try loopback.server.open(&bytes) else {
      Issue.record("no application data")
      return
    }
    #expect(Array(buffer[range]) == Self.text)
    #expect(buffer.firstRange(of: Self.text.prefix(4)) != nil)
  }
}
