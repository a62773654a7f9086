import TLSEngine
import Testing

@testable import tls

/// Edits on the way to a live engine: each does what it says, and the engine says what it thinks of it.
struct TampererTests {
  @Test func leavesAloneWhatNoEditTouches() throws {
    let pair = try TamperedPair()
    let outcomes = [try pair.client([]), try pair.server([])]
    for outcome in outcomes {
      #expect(outcome.failure == nil)
      #expect(outcome.isConnected)
      #expect(outcome.received == outcome.original)
    }
    let unused = try pair.client(["drop CertificateRequest"])
    #expect(unused.received == unused.original)
    #expect(unused.unused == ["drop CertificateRequest"])
  }

  @Test func isForOneConnection() throws {
    let outcome = try TamperedPair().client(["connection 2, drop ServerHello"])
    #expect(outcome.received == outcome.original)
    #expect(outcome.unused.isEmpty)
  }

  @Test(arguments: [
    (["ServerHello.cipher_suite: 009c"], AlertDescription.illegalParameter),
    (["ServerHello.server_version: 0302"], .protocolVersion),
    (["append to ServerHello.extensions: 00100000"], .unsupportedExtension),
    (["append to ServerHello.extensions: ff01000100"], .decodeError),
    (["ServerHello.renegotiation_info.renegotiated_connection: 00"], .handshakeFailure),
    (["drop ServerHello.extension renegotiation_info"], .handshakeFailure),
    (["exactly ServerHello.extensions length: 0000"], .decodeError),
    (["append to ServerHello: 00"], .decodeError),
    (["shorten ServerHello by 1"], .decodeError),
    (["exactly ServerHello.extensions: empty"], .decodeError),
    (["flip ServerKeyExchange.signature"], .decryptError),
    (["drop ServerKeyExchange"], .unexpectedMessage),
    (["repeat Certificate"], .unexpectedMessage),
    (["move Certificate after ServerKeyExchange"], .unexpectedMessage),
    (["ServerHelloDone: 0e00000100"], .decodeError),
    (["after ServerHelloDone: 0e000000"], .unexpectedMessage),
    (["after ServerHelloDone: 00000000"], .unexpectedMessage),
    (["repeat record of Finished"], .badRecordMAC),
    (["before Certificate: change_cipher_spec 01"], .unexpectedMessage),
    (["split Certificate at 10: change_cipher_spec 01"], .unexpectedMessage),
    (["record 0.version: 0003"], .protocolVersion),
    (["record 0.type: 18"], .unexpectedMessage),
    (["record 0.length: 4801"], .recordOverflow),
    (["before record 0: 5 times alert 0164"], .unexpectedMessage),
    (["before ServerHello: record 16 0303 0000"], .decodeError),
    (["flip record of Finished at -1"], .badRecordMAC),
    (["shorten Finished.verify_data by 1"], .decodeError),
    (["flip Finished.verify_data"], .decryptError),
    (["drop ChangeCipherSpec"], .unexpectedMessage),
    (["repeat ChangeCipherSpec"], .unexpectedMessage),
    (["before Finished: alert 0350"], .illegalParameter),
    (["after Finished: 33 times application_data empty"], .unexpectedMessage),
    (["after Finished: plain application_data 00"], .badRecordMAC),
    (["after Finished: 5 times handshake 00000000"], .handshakeFailure),
    (
      ["append to ApplicationData: 00", "after ApplicationData: handshake 0e000000"],
      .unexpectedMessage
    ),
  ])
  func refusesAtTheClient(_ edits: [String], _ alert: AlertDescription) throws {
    let outcome = try TamperedPair().client(edits)
    #expect(outcome.failure?.alert == alert, "\(String(describing: outcome.failure))")
    #expect(outcome.unused.isEmpty)
  }

  @Test(arguments: [
    (["ClientHello.client_version: 0302"], AlertDescription.protocolVersion),
    (["ClientHello.compression_methods: 01"], .illegalParameter),
    (["ClientHello.cipher_suites: 5600"], .handshakeFailure),
    (
      ["append to ClientHello.cipher_suites: 5600", "ClientHello.client_version: 0302"],
      .inappropriateFallback
    ),
    (["ClientHello.server_name.host_name: 00"], .illegalParameter),
    (["ClientKeyExchange.ecdh_Yc: empty"], .decodeError),
    (["flip ClientKeyExchange.ecdh_Yc"], .badRecordMAC),
    (["flip Finished.verify_data"], .decryptError),
    (["drop ChangeCipherSpec"], .unexpectedMessage),
    (["after Finished: 5 times handshake 01000000"], .handshakeFailure),
  ])
  func refusesAtTheServer(_ edits: [String], _ alert: AlertDescription) throws {
    let outcome = try TamperedPair().server(edits)
    #expect(outcome.failure?.alert == alert, "\(String(describing: outcome.failure))")
    #expect(outcome.unused.isEmpty)
  }

  /// What was brought in counts: the rest is sealed again under the next numbers.
  @Test func sealsAgainBehindWhatWasBroughtIn() throws {
    let outcome = try TamperedPair().client(
      ["before Finished: alert 0164", "ApplicationData: 62796521", "repeat ApplicationData"])
    #expect(outcome.failure == nil)
    #expect(outcome.isConnected)
    #expect(outcome.unused.isEmpty)
    #expect(outcome.received.count > outcome.original.count)
  }

  @Test func answersHelloRequestWithAWarning() throws {
    let outcome = try TamperedPair().client(["after Finished: handshake 00000000"])
    #expect(outcome.failure == nil)
    #expect(outcome.sentAlerts.contains { $0.contains("no_renegotiation") })
  }

  @Test(arguments: [1, 2, 7, 100])
  func waitsForWholeRecords(_ length: Int) throws {
    let bytes = WireRecord(type: 22, body: [14, 0, 0, 0]).bytes
    var tamperer = Tamperer([try Edit("before ServerHelloDone: alert 0164")])
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: length) {
      result += tamperer.change(Array(bytes.dropFirst(start).prefix(length))) { nil }
    }
    #expect(result == [21, 3, 3, 0, 2, 1, 100] + bytes)
  }

  @Test func joinsMessagesInTheirRecord() throws {
    let bytes = WireRecord(type: 22, body: [14, 0, 0, 0, 0, 0, 0, 0]).bytes
    var tamperer = Tamperer([try Edit("before HelloRequest: 04000001ff")])
    let result = tamperer.change(bytes) { nil }
    #expect(
      result
        == WireRecord(type: 22, body: [14, 0, 0, 0, 4, 0, 0, 1, 0xff, 0, 0, 0, 0]).bytes)
  }
}
