import AllocationCounter
import TLSCrypto
import Testing

@testable import TLSEngine

/// What a peer can make the engine keep and do, and the configuration's word on it.
@Suite("Bounds")
struct BoundTests {
  // MARK: The configuration

  @Test("A limit that no handshake could pass is a misuse, on both sides")
  func nonsense() throws {
    let limits: [(WritableKeyPath<Limits, Int>, name: String, least: Int)] = [
      (\.handshakeMessageByteCount, "handshakeMessageByteCount", 512),
      (\.certificateCount, "certificateCount", 0),
      (\.certificateAuthorityCount, "certificateAuthorityCount", 0),
      (\.waitingByteCount, "waitingByteCount", 0),
      (\.consecutiveEmptyRecords, "consecutiveEmptyRecords", 0),
      (\.warningAlerts, "warningAlerts", 0),
      (\.renegotiationRequests, "renegotiationRequests", 0),
      (\.outgoingByteCount, "outgoingByteCount", 0),
    ]
    for (limit, name, least) in limits {
      for count in [least, .max] {
        try TestIdentities.client { $0.limits[keyPath: limit] = count }.check()
        try TestIdentities.serverConfiguration { $0.limits[keyPath: limit] = count }.check()
      }
      for count in [least - 1, .min] {
        let reason = TLSError.Reason.misuse(
          "the limit \(name) is \(count), and must be \(least) or more")
        let client = try TestIdentities.client { $0.limits[keyPath: limit] = count }
        let server = try TestIdentities.serverConfiguration { $0.limits[keyPath: limit] = count }
        #expect(throws: TLSError.self) { try client.check() }
        let errors = [
          #expect(throws: TLSError.self) {
            _ = try ClientConnection(to: "a.b", configuration: client)
          },
          #expect(throws: TLSError.self) { _ = try ServerConnection(configuration: server) },
        ]
        for error in errors { #expect(error?.reason == reason) }
      }
    }
  }

  @Test("A handshake passes with the largest limits that can be said")
  func boundless() throws {
    let limits = {
      var limits = Limits()
      limits.handshakeMessageByteCount = .max
      limits.certificateCount = .max
      limits.certificateAuthorityCount = .max
      limits.waitingByteCount = .max
      limits.consecutiveEmptyRecords = .max
      limits.warningAlerts = .max
      limits.renegotiationRequests = .max
      limits.outgoingByteCount = .max
      return limits
    }()
    var loopback = try Loopback(
      try TestIdentities.client { $0.limits = limits },
      try TestIdentities.serverConfiguration { $0.limits = limits })
    try loopback.exchange()
    #expect(loopback.client.summary != nil)
    #expect(loopback.server.summary != nil)
  }

  // MARK: Lists within messages

  /// `CN=ca`.
  private static let name: [UInt8] = [
    0x30, 0x0d, 0x31, 0x0b, 0x30, 0x09, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0c, 0x02, 0x63, 0x61,
  ]

  /// A CertificateRequest that names so many authorities.
  private func request(_ names: [[UInt8]]) -> [UInt8] {
    ([UInt8]([64, 1]).vector(1) + [UInt8]([4, 3, 8, 4]).vector(2)
      + names.flatMap { $0.vector(2) }.vector(2)).message(13)
  }

  @Test("A server may name so many authorities, and no more", arguments: [0, 1, 1_024])
  func authorities(limit: Int) throws {
    let configuration = try TestIdentities.client {
      // The last is the limit that there is unless another is said.
      if limit != 1_024 { $0.limits.certificateAuthorityCount = limit }
    }
    var client = try TestIdentities.startedClient(configuration)
    var peer = try HandDrivenServer(answering: &client)
    peer.flight.beforeDone = [request(Array(repeating: Self.name, count: limit))]
    #expect(try client.receive(try peer.firstFlight()).isEmpty)
    try peer.receive(client.takeOutgoing())
    #expect(try client.receive(try peer.secondFlight()).first?.summary != nil)

    try expectClientRefuses(
      with: .illegalParameter,
      saying: "the peer sent the names of \(limit + 1) authorities; the limit is \(limit)",
      offering: configuration
    ) { $0.beforeDone = [request(Array(repeating: Self.name, count: limit + 1))] }
  }

  @Test("Names are counted before they are read: what is none is not looked at beyond the limit")
  func namesThatAreNone() throws {
    try expectClientRefuses(
      with: .illegalParameter,
      saying: "the peer sent the names of 21000 authorities; the limit is 1024"
    ) { $0.beforeDone = [request(Array(repeating: [0xff], count: 21_000))] }
  }

  @Test("Sixteen thousand certificates of one byte are counted, and take the room of their message")
  func tinyCertificates() throws {
    let count = 16_300
    let list = (0..<count).flatMap { _ in [UInt8]([1]).vector(3) }
    let bytes = list.vector(3).message(11)
    let message = HandshakeMessage(type: .certificate, bytes: bytes)
    let before = allocation_count_of_this_thread()
    let certificates = try message.decode(CertificateMessage.self)
    #expect(allocation_count_of_this_thread() - before < 10)
    #expect(certificates.count == count)
    #expect(try certificates.certificates() == Array(repeating: [1], count: count))
    try expectClientRefuses(
      with: .badCertificate, saying: "the peer sent \(count) certificates; the limit is 16"
    ) { $0.certificates = Array(repeating: [1], count: count) }
  }

  @Test("What a hello says thirty thousand times it says once", arguments: [true, false])
  func repetitions(prefersClientOrder: Bool) throws {
    // Each list by itself, since all of them are more than a message may be long.
    for list in ["suites", "groups", "schemes"] {
      var peer = try HandDrivenClient()
      let suite = Int(CipherSuite.ecdheECDSAWithAES128GCMSHA256.rawValue)
      let group = Int(NamedGroup.x25519.rawValue)
      let scheme = Int(SignatureScheme.ed25519.rawValue)
      func repeated(_ number: Int, _ name: String) -> [Int] {
        // Numbers that nobody has given to anything, and the good one at the end.
        let strange = (0..<15_000).map { 0x8000 + $0 % 0x4000 }
        return list == name ? strange + Array(repeating: number, count: 15_000) : [number]
      }
      func vector(_ numbers: [Int]) -> [UInt8] {
        numbers.flatMap { [UInt8].number($0, 2) }.vector(2)
      }
      peer.hello.cipherSuites = repeated(suite, "suites")
      peer.hello.set(WireHello.supportedGroups, vector(repeated(group, "groups")))
      peer.hello.set(WireHello.signatureAlgorithms, vector(repeated(scheme, "schemes")))
      var server = try TestIdentities.server { $0.prefersClientOrder = prefersClientOrder }
      let hello = WireRecord.stream(ofHandshake: peer.hello.message)
      #expect(try server.receive(hello).isEmpty)
      try peer.receive(server.takeOutgoing())
      #expect(try peer.serverHello().cipherSuites == [suite])
      _ = try server.receive(peer.keyExchange)
      #expect(try server.receive(try peer.record(.handshake, peer.finished())).count == 1)
    }
  }

  // MARK: Waiting

  @Test("What comes in the call that brings a question counts among what waits for its answer")
  func waitingInTheSameCall() throws {
    for (extra, limit) in [(0, 0), (1, 0), (1_000, 1_000), (1_001, 1_000), (65_537, 65_536)] {
      let peer = try HandDrivenClient()
      var server = try TestIdentities.server {
        $0.identitySelection = .ask
        $0.limits.waitingByteCount = limit
      }
      let flood = [UInt8](repeating: 22, count: extra)
      let events = try server.receive(peer.helloRecord + flood)
      #expect(events.first?.question != nil)
      guard extra > limit else {
        #expect(server.pendingQuestion != nil)
        #expect(server.failure == nil)
        continue
      }
      #expect(server.pendingQuestion == nil)
      #expect(
        server.failure?.reason
          == .limitExceeded(what: "more while it had to wait for an answer", limit: limit))
      #expect(server.failure?.alert == .unexpectedMessage)
      #expect(
        WireRecord.split(server.takeOutgoing()) == [
          .alert(2, AlertDescription.unexpectedMessage.rawValue)
        ])
    }
  }
}
