import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("TLS_FALLBACK_SCSV (RFC 7507)")
struct FallbackSCSVTests {
  private static let signal = 0x5600

  @Test("A client says it behind its suites, if it falls back", arguments: [false, true])
  func offer(isFallback: Bool) throws {
    let configuration = try TestIdentities.client { $0.isFallback = isFallback }
    var client = try TestIdentities.startedClient(configuration)
    let hello = try WireHello(ofStream: client.takeOutgoing())
    let suites = CipherSuite.defaults.map { Int($0.rawValue) }
    #expect(hello.cipherSuites == suites + (isFallback ? [Self.signal] : []))
  }

  @Test("The alert is 86")
  func number() {
    #expect(AlertDescription.inappropriateFallback.rawValue == 86)
    #expect(CipherSuite.fallbackSCSV.description == "TLS_FALLBACK_SCSV")
  }

  @Test("A server serves it with what it speaks, and with more", arguments: [0x0303, 0x0304])
  func served(version: Int) throws {
    var peer = try HandDrivenClient()
    peer.hello.version = version
    peer.hello.cipherSuites.append(Self.signal)
    var server = try TestIdentities.server()
    #expect(try server.receive(peer.helloRecord).isEmpty)
    #expect(try WireHello(ofStream: server.takeOutgoing()).version == 0x0303)
  }

  @Test("Whole handshakes go well with it")
  func handshake() throws {
    let loopback = try Loopback.connected { $0.isFallback = true }
    #expect(loopback.client.summary?.cipherSuite == .ecdheECDSAWithAES128GCMSHA256)
  }

  @Test("A server that chooses it as a suite is refused with illegal_parameter")
  func chosen() throws {
    try expectClientRefuses(
      with: .illegalParameter,
      saying: "the server chose TLS_FALLBACK_SCSV, which was not offered",
      offering: try TestIdentities.client { $0.isFallback = true }
    ) { $0.hello.cipherSuites = [Self.signal] }
  }
}
