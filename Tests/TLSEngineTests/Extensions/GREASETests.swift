import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("GREASE (RFC 8701)")
struct GREASETests {
  /// The values that RFC 8701 section 2 lists.
  private static let reserved = Set((0..<16).map { 0x0a0a + 0x1010 * $0 })

  private static func configuration(_ seed: UInt8) throws -> ClientConfiguration {
    try TestIdentities.client {
      $0.randomness = DeterministicRandomSource(seed: [seed])
      $0.usesGREASE = true
      $0.applicationProtocols = ["h2"]
    }
  }

  private func hello(_ seed: UInt8) throws -> WireHello {
    var client = try TestIdentities.startedClient(try Self.configuration(seed))
    return try WireHello(ofStream: client.takeOutgoing())
  }

  /// The numbers in a list behind a length of two bytes.
  private func numbers(_ body: [UInt8]?) throws -> [Int] {
    var list = WireCursor(try #require(body).dropFirst(2))
    var numbers: [Int] = []
    while !list.isEmpty { numbers.append(try list.number(2)) }
    return numbers
  }

  @Test("The sixteen reserved numbers are told from all others")
  func reservedNumbers() {
    let found = Set((0...0xffff).filter { GREASE.isReserved(UInt16($0)) })
    #expect(found == Self.reserved)
  }

  @Test("One stands first in each list, and an extension at each end")
  func shape() throws {
    var seen: Set<Int> = []
    for seed in 0..<64 as Range<UInt8> {
      let hello = try hello(seed)
      let groups = try numbers(hello.body(of: WireHello.supportedGroups))
      let schemes = try numbers(hello.body(of: WireHello.signatureAlgorithms))
      let (first, last) = (
        try #require(hello.extensions.first), try #require(hello.extensions.last)
      )
      #expect(first.body == [])
      #expect(last.body == [0])
      let drawn = [hello.cipherSuites[0], groups[0], schemes[0], first.type, last.type]
      #expect(Self.reserved.isSuperset(of: drawn), "\(drawn)")
      seen.formUnion(drawn)
      // The rest is what it would be without.
      #expect(hello.cipherSuites.dropFirst() == CipherSuite.defaults.map { Int($0.rawValue) }[...])
      #expect(groups.dropFirst() == [29, 23, 24])
      #expect(schemes.dropFirst() == SignatureScheme.defaults.map { Int($0.rawValue) }[...])
      // No type comes twice (RFC 5246 section 7.4.1.4).
      let types = hello.extensions.map(\.type)
      #expect(Set(types).count == types.count)
      #expect(types.filter(Self.reserved.contains) == [first.type, last.type])
      let protocols = try #require(hello.body(of: WireHello.applicationProtocols))
      let name = Int(protocols[3]) << 8 | Int(protocols[4])
      #expect(Self.reserved.contains(name))
      #expect(Array(protocols.dropFirst(5)) == [2, 0x68, 0x32])
    }
    #expect(seen == Self.reserved)
  }

  @Test("Without it nothing reserved is said, and nothing is drawn for it")
  func off() throws {
    var configuration = try Self.configuration(1)
    configuration.usesGREASE = false
    var client = try TestIdentities.startedClient(configuration)
    let hello = try WireHello(ofStream: client.takeOutgoing())
    let groups = try numbers(hello.body(of: WireHello.supportedGroups))
    let schemes = try numbers(hello.body(of: WireHello.signatureAlgorithms))
    let said = hello.cipherSuites + groups + schemes + hello.extensions.map(\.type)
    #expect(Self.reserved.isDisjoint(with: said))
    // The key of the second flight is the next thing drawn after the random.
    var source: any RandomSource = DeterministicRandomSource(seed: [1])
    let random = source.bytes(32)
    #expect(random == hello.random)
    let key = try EphemeralPrivateKey(.x25519, using: &source).publicKey
    var peer = try HandDrivenServer(answering: hello)
    _ = try client.receive(try peer.firstFlight())
    try peer.receive(client.takeOutgoing())
    #expect(peer.clientMessages.last == key.vector(1).message(16))
  }

  @Test("Our own server does not mind, and what is agreed on is real")
  func handshake() throws {
    for seed in 0..<16 as Range<UInt8> {
      var server = ServerConfiguration(identities: [try TestIdentities.identity(.p256)])
      server.applicationProtocols = ["h2"]
      server.prefersClientOrder = true
      var loopback = try Loopback(try Self.configuration(seed), server)
      try loopback.exchange()
      let summary = loopback.client.summary
      #expect(summary?.cipherSuite == .ecdheECDSAWithAES128GCMSHA256)
      #expect(summary?.group == .x25519)
      #expect(summary?.applicationProtocol == "h2")
    }
  }

  @Test("A trace counts real suites and names real groups")
  func trace() throws {
    var configuration = try Self.configuration(3)
    configuration.tracesHandshake = true
    configuration.isFallback = true
    var client = try TestIdentities.startedClient(configuration)
    let entries = client.takeTrace()
    let detail = try #require(entries.first).detail
    #expect(detail.contains("6 suites"), "\(detail)")
    #expect(detail.contains("groups X25519 P-256 P-384"), "\(detail)")
  }

  // MARK: Servers that choose one

  /// Checks what a client says to a flight that takes up a value of its hello.
  private func expectRefused(
    with alert: AlertDescription, _ sentence: (WireHello) throws -> String,
    _ change: (inout ServerFlight, WireHello) throws -> Void
  ) throws {
    var client = try TestIdentities.startedClient(try Self.configuration(5))
    var peer = try HandDrivenServer(answering: &client)
    try change(&peer.flight, peer.clientHello)
    TLSEngineTests.expectRefused(
      &client, receiving: try peer.firstFlight(), with: alert,
      saying: try sentence(peer.clientHello))
  }

  private func hexadecimal(_ number: Int) -> String {
    CipherSuite(rawValue: UInt16(number)).description
  }

  @Test("The reserved suite is illegal_parameter")
  func suite() throws {
    try expectRefused(with: .illegalParameter) {
      "the server chose \(hexadecimal($0.cipherSuites[0])), which was not offered"
    } _: { flight, hello in
      flight.hello.cipherSuites = [hello.cipherSuites[0]]
    }
  }

  @Test("A reserved extension is unsupported_extension")
  func extensions() throws {
    for end in [\[WireHello.Extension].first, \[WireHello.Extension].last] {
      try expectRefused(with: .unsupportedExtension) {
        let type = try #require($0.extensions[keyPath: end]).type
        return "the server answered extension \(type), which was not offered"
      } _: { flight, hello in
        flight.hello.extensions.append(try #require(hello.extensions[keyPath: end]))
      }
    }
  }

  @Test("The reserved group is illegal_parameter")
  func group() throws {
    let group = { (hello: WireHello) in
      try numbers(hello.body(of: WireHello.supportedGroups))[0]
    }
    try expectRefused(with: .illegalParameter) {
      "the server chose the group \(hexadecimal(try group($0))), which was not offered"
    } _: { flight, hello in
      flight.group = try group(hello)
    }
  }

  @Test("The reserved signature scheme is illegal_parameter")
  func scheme() throws {
    let scheme = { (hello: WireHello) in
      try numbers(hello.body(of: WireHello.signatureAlgorithms))[0]
    }
    try expectRefused(with: .illegalParameter) {
      "the server signed with \(hexadecimal(try scheme($0))), which was not offered"
    } _: { flight, hello in
      flight.signing = .ed25519
      flight.scheme = SignatureScheme(rawValue: UInt16(try scheme(hello)))
    }
  }

  @Test("The reserved application protocol is illegal_parameter, whichever it is")
  func applicationProtocol() throws {
    for seed in 0..<32 as Range<UInt8> {
      var client = try TestIdentities.startedClient(try Self.configuration(seed))
      var peer = try HandDrivenServer(answering: &client)
      let offer = try #require(peer.clientHello.body(of: WireHello.applicationProtocols))
      peer.flight.hello.set(WireHello.applicationProtocols, Array(offer[2..<5]).vector(2))
      TLSEngineTests.expectRefused(
        &client, receiving: try peer.firstFlight(), with: .illegalParameter,
        saying: "the server chose the application protocol \"")
    }
  }
}
