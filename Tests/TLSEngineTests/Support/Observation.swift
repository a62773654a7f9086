import TLSCrypto
import Testing

@testable import TLSEngine

/// What somebody who looks on sees of a connection: the messages in the clear, and the records behind
/// each side's ChangeCipherSpec.
struct Observation {
  let suite: CipherSuite
  let clientRandom: [UInt8]
  let serverRandom: [UInt8]

  /// The master secret, from the key log.
  let master: [UInt8]

  /// Every message that the client sent before its ChangeCipherSpec.
  let clientMessages: [[UInt8]]
  let serverMessages: [[UInt8]]

  /// Whole records, from the Finished on.
  let clientRecords: [WireRecord]
  let serverRecords: [WireRecord]

  init(_ loopback: borrowing Loopback) throws {
    let client = WireRecord.split(loopback.sentByClient)
    let server = WireRecord.split(loopback.sentByServer)
    clientMessages = WireRecord.messages(Array(client.prefix { $0.type != 20 }))
    serverMessages = WireRecord.messages(Array(server.prefix { $0.type != 20 }))
    clientRecords = Array(client.drop { $0.type != 20 }.dropFirst())
    serverRecords = Array(server.drop { $0.type != 20 }.dropFirst())
    let hello = try WireHello(try #require(clientMessages.first))
    let answer = try WireHello(try #require(serverMessages.first))
    suite = CipherSuite(rawValue: UInt16(answer.cipherSuites[0]))
    clientRandom = hello.random
    serverRandom = answer.random
    master = try #require(TestKeyLog.shared.masterSecret(of: hello.random))
  }

  func schedule(encryptThenMAC: Bool) throws(TLSError) -> KeySchedule {
    try KeySchedule(
      masterSecret: master.rawSpan, clientRandom: clientRandom, serverRandom: serverRandom,
      cipherSuite: suite, usesEncryptThenMAC: encryptThenMAC)
  }

  func records(of side: ConnectionSide) -> [WireRecord] {
    side == .client ? clientRecords : serverRecords
  }

  /// The hash of what was said before `side`'s Finished, in a full handshake without a client's
  /// certificate.
  func transcriptHash(before side: ConnectionSide, clientFinished: [UInt8]) throws -> [UInt8] {
    // A server's new ticket comes behind the client's Finished (RFC 5077 section 3.3).
    let isTicket: ([UInt8]) -> Bool = { $0.first == 4 }
    let first = try #require(clientMessages.first)
    var messages = [first] + serverMessages.filter { !isTicket($0) } + clientMessages.dropFirst()
    if side == .server { messages += [clientFinished] + serverMessages.filter(isTicket) }
    let bytes = messages.flatMap { $0 }
    return try Hash.digest(of: bytes.rawSpan, using: try #require(suite.parameters).hash).array
  }
}

/// The error of a call that must fail.
func failure<Value: ~Copyable>(
  sourceLocation: SourceLocation = #_sourceLocation, of call: () throws(TLSError) -> Value
) -> TLSError? {
  do throws(TLSError) {
    _ = try call()
    Issue.record("nothing was thrown", sourceLocation: sourceLocation)
    return nil
  } catch {
    return error
  }
}
