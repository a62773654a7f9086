import Foundation
import TLSCertificates
import TLSCrypto
import TLSEngine
import Testing

extension Interop {
  /// The code that the README shows, as it stands there.
  @Suite("The README's code", .serialized)
  struct Embedding {
    @Test("A client of ten lines talks to tls serve")
    func client() async throws {
      let authority = try Authority.shared.get()
      let peer = try Peer.tls(
        ["serve", "--port", "0", "--identity", "ecdsa.pem,ecdsa.key", "--once"],
        in: authority.directory)
      let socket = try Socket.connect(toPort: try peer.waitForListening())
      var answer = ""

      var client = try ClientConnection(
        to: "example.com", configuration: authority.clientConfiguration())
      try client.start()
      while let bytes = try await socket.exchange(sending: client.takeOutgoing()) {
        for event in try client.receive(bytes) {
          switch event {
          case .handshakeCompleted: try client.send(Array("GET / HTTP/1.0\r\n\r\n".utf8))
          case .applicationData(let data): answer += String(decoding: data, as: UTF8.self)
          default: break
          }
        }
      }
      try client.receiveEndOfStream()

      #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"), "\(answer)")
      #expect(try peer.waitForExit() == 0, "\(peer.output)")
    }

    @Test("An identity from two files makes a server")
    func server() throws {
      let authority = try Authority.shared.get()
      let chainFile = [UInt8](try Data(contentsOf: authority.file("rsa.pem")))
      let keyFile = [UInt8](try Data(contentsOf: authority.file("rsa.key")))

      let identity = try Identity(
        certificates: Certificate.chain(pem: chainFile), privateKey: PrivateKey(pem: keyFile))
      let server = try ServerConnection(
        configuration: ServerConfiguration(identities: [identity]))

      #expect(identity.certificates.count == 1)
      #expect(server.summary == nil)
    }
  }
}

extension Socket {
  /// Writes the bytes it is given, and returns what it reads, or `nil` at the end.
  fileprivate func exchange(sending bytes: [UInt8]) async throws -> [UInt8]? {
    try write(bytes)
    let received = try read()
    return received.isEmpty ? nil : received
  }
}
