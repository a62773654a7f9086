import Synchronization
import TLSCertificates
import TLSCrypto
import TLSEngine
import Testing

@testable import tls

/// A client and a server of ours, and edits on the way to one of them.
struct TamperedPair {
  /// What came of it.
  struct Outcome {
    /// Why the tampered side ended, if it did.
    var failure: TLSError?
    /// Whether its handshake was completed.
    var isConnected = false
    /// What it got.
    var received: [UInt8] = []
    /// What the peer had sent.
    var original: [UInt8] = []
    var unused: [String] = []
    /// Its warnings: the last trace entries that it sent.
    var sentAlerts: [String] = []
  }

  /// Keeps the last line of a key log.
  final class LastSecret: KeyLog {
    private let line = Mutex<[UInt8]>([])

    func append(_ line: RawSpan) {
      let span = Span<UInt8>(_bytes: line)
      let bytes = span.indices.map { span[$0] }
      self.line.withLock { $0 = bytes }
    }

    var masterSecret: [UInt8]? {
      let digits = line.withLock { $0.suffix(96) }
      return digits.isEmpty ? nil : Hexadecimal.bytes(of: digits)
    }
  }

  static let name = "server.example"

  var client = ClientConfiguration()
  var server: ServerConfiguration
  private let log = LastSecret()

  init() throws {
    let (identity, authority) = try DevelopmentIdentity.make(names: [Self.name])
    server = ServerConfiguration(identities: [identity])
    client.verification = .roots(TrustRoots(certificates: [authority]))
    client.keyLog = log
    server.keyLog = log
    client.tracesHandshake = true
    server.tracesHandshake = true
  }

  /// Has them talk, with edits on the way to the client; the server says `hello` once it can.
  func client(_ edits: [String]) throws -> Outcome {
    var mine = try ClientConnection(to: Self.name, configuration: client)
    var peer = try ServerConnection(configuration: server)
    try mine.start()
    return try talk(&mine, &peer, edits)
  }

  /// The same with edits on the way to the server.
  func server(_ edits: [String]) throws -> Outcome {
    var mine = try ServerConnection(configuration: server)
    var peer = try ClientConnection(to: Self.name, configuration: client)
    try peer.start()
    return try talk(&mine, &peer, edits)
  }

  private func talk<Mine, Peers>(
    _ mine: inout Connection<Mine>, _ peer: inout Connection<Peers>, _ edits: [String]
  ) throws -> Outcome {
    var tamperer = Tamperer(try edits.map { line in try Edit(line) })
    var outcome = Outcome()
    var saidHello = false
    for _ in 0..<20 {
      let sent = mine.takeOutgoing()
      tamperer.observe(sent: sent)
      _ = try? peer.receive(sent)
      if peer.summary != nil, mine.summary != nil, !saidHello {
        saidHello = true
        try? peer.send(Array("hello".utf8))
      }
      let original = peer.takeOutgoing()
      outcome.original += original
      if sent.isEmpty, original.isEmpty { break }
      var part = tamperer.change(original) { log.masterSecret }
      while !part.isEmpty {
        outcome.received += part
        _ = try? mine.receive(part)
        part = tamperer.change([]) { log.masterSecret }
      }
    }
    outcome.failure = mine.failure
    outcome.isConnected = mine.summary != nil
    outcome.unused = tamperer.unused.map(\.line)
    for entry in mine.takeTrace() where entry.direction == .sent && entry.name == "Alert" {
      outcome.sentAlerts.append(entry.detail)
    }
    return outcome
  }
}
