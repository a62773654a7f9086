import TLSCrypto
import Testing

@testable import TLSEngine

/// The forms that ServerKeyExchange and ClientKeyExchange have in suites of DHE and of pre-shared keys,
/// whole, cut short and changed. ``CodecTests`` has those of ECDHE with a certificate.
@Suite("Parsers of key exchanges")
struct KeyExchangeCodecTests {
  /// A message and the suite that it belongs to.
  private struct Case {
    let suite: CipherSuite
    let bytes: [UInt8]

    func decode(_ bytes: [UInt8]) throws(TLSError) -> HandshakeMessage {
      guard let parameters = suite.parameters else { throw .misuse("\(suite)") }
      let message = HandshakeMessage(type: HandshakeType(rawValue: bytes[0]), bytes: bytes)
      return bytes[0] == 12
        ? try message.decode(ServerKeyExchange.self, for: parameters).message()
        : try message.decode(ClientKeyExchange.self, for: parameters).message()
    }
  }

  private static let cases: [Case] = {
    let number = [UInt8](repeating: 5, count: 40).vector(2)
    let point = [UInt8](repeating: 6, count: 32).vector(1)
    let identity = [UInt8]("somebody".utf8).vector(2)
    let signature = [8, 4] + [UInt8](repeating: 7, count: 20).vector(2)
    let dhe = CipherSuite.dheRSAWithAES128GCMSHA256
    let psk = CipherSuite.ecdhePSKWithAES128GCMSHA256
    return [
      Case(suite: dhe, bytes: (number + [0, 1, 2] + number + signature).message(12)),
      Case(suite: dhe, bytes: number.message(16)),
      Case(suite: psk, bytes: (identity + [3, 0, 29] + point).message(12)),
      Case(suite: psk, bytes: (identity + point).message(16)),
    ]
  }()

  @Test("Whole, each is read and written again as it was")
  func whole() throws {
    for each in Self.cases { #expect(try each.decode(each.bytes).bytes == each.bytes) }
  }

  @Test("Cut short or followed by anything, each is decode_error")
  func lengths() throws {
    for each in Self.cases {
      let wrong = (4..<each.bytes.count).map { Array(each.bytes.prefix($0)) } + [each.bytes + [0]]
      for bytes in wrong {
        let error = #expect(throws: TLSError.self, "\(each.suite), \(bytes.count) bytes") {
          _ = try each.decode(bytes)
        }
        #expect(error?.alert == .decodeError, "\(each.suite), \(bytes.count) bytes")
      }
    }
  }

  @Test("No flipped bit traps, and what is read is written as it came")
  func flippedBits() throws {
    var refused = 0
    for each in Self.cases {
      for index in each.bytes.indices.dropFirst(4) {
        for bit in 0..<8 {
          var changed = each.bytes
          changed[index] ^= 1 << bit
          do {
            #expect(try each.decode(changed).bytes == changed)
          } catch {
            refused += 1
          }
        }
      }
    }
    #expect(refused > 50)
  }
}
