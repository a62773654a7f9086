import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// CRIME (Rizzo and Duong 2012, CVE-2012-4929): the length of a record told how well the attacker's
  /// text compressed together with a secret. There is no compression here. What an application
  /// compresses by itself (BREACH, CVE-2013-3587) is beyond what an engine can see.
  @Suite("CRIME: nothing is compressed")
  struct CompressionTests {
    @Test("A client offers null alone, and a server that chooses another is illegal_parameter")
    func client() throws {
      var client = try TestIdentities.startedClient()
      #expect(try WireHello(ofStream: client.takeOutgoing()).compressionMethods == [0])
      for method: UInt8 in [1, 64, 0xff] {
        try expectClientRefuses(
          with: .illegalParameter,
          saying: "the server chose the compression method \(method), and only null was offered"
        ) { $0.hello.compressionMethods = [method] }
      }
    }

    @Test("A hello without null compression is illegal_parameter (RFC 5246 7.4.1.2)")
    func server() throws {
      try expectServerRefuses(
        with: .illegalParameter, saying: "the client does not offer null compression"
      ) { $0.compressionMethods = [1] }
    }

    @Test("A server takes null, whatever is offered before it")
    func preferred() throws {
      var peer = try HandDrivenClient()
      peer.hello.compressionMethods = [1, 64, 0]
      var server = try TestIdentities.server()
      _ = try server.receive(peer.helloRecord)
      #expect(try WireHello(ofStream: server.takeOutgoing()).compressionMethods == [0])
    }

    @Test("The length of what is sent depends on its length alone")
    func lengths() throws {
      var loopback = try Loopback.connected()
      let secret = [UInt8]("cookie=secret; ".utf8)
      var lengths: Set<Int> = []
      for guess in ["cookie=secret; ", "cookie=sXXXXX; ", "0123456789abcde"] {
        try loopback.client.send(secret + Array(guess.utf8))
        lengths.insert(loopback.client.takeOutgoing().count)
      }
      #expect(lengths.count == 1)
    }
  }
}
