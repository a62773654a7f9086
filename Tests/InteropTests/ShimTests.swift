import Foundation
import TLSEngine
import Testing

extension Interop {
  /// What BoringSSL's test runner asks of the shim, without the runner.
  @Suite("The shim for BoringSSL's test runner", .serialized)
  struct Shim {
    private let authority: Authority

    init() throws {
      authority = try Authority.shared.get()
    }

    private func shim(_ arguments: [String]) throws -> Peer {
      try Peer.built("BoGoShim", arguments, in: authority.directory)
    }

    /// A connection from a shim that was started with these flags, behind the eight bytes by which the
    /// runner knows it.
    private func accept(_ flags: [String]) throws -> (shim: Peer, socket: Socket, first: [UInt8]) {
      let listener = try Socket.listen()
      let shim = try shim(["-port", "\(listener.port)", "-shim-id", "513"] + flags)
      let socket = try listener.accept()
      var bytes: [UInt8] = []
      while bytes.count < 8 {
        let more = try socket.read()
        try #require(!more.isEmpty, "\(shim.output)")
        bytes += more
      }
      #expect(bytes.prefix(8) == [1, 2, 0, 0, 0, 0, 0, 0])
      return (shim, socket, Array(bytes.dropFirst(8)))
    }

    /// Serves a shim, sends it some data, and gives what comes back.
    private func serve(_ flags: [String], protocols: [String] = []) throws -> (Peer, echo: [UInt8])
    {
      let (shim, socket, first) = try accept(flags)
      var configuration = try authority.serverConfiguration(.ecdsa)
      configuration.applicationProtocols = protocols
      var server = try ServerConnection(configuration: configuration)
      var (bytes, echo) = (first, [UInt8]())
      while true {
        for event in try server.receive(bytes) {
          switch event {
          case .handshakeCompleted: try server.send([0, 1, 0x42])
          case .applicationData(let data):
            echo += data
            server.close()
          default: break
          }
        }
        try socket.write(server.takeOutgoing())
        bytes = try socket.read()
        guard !bytes.isEmpty else { return (shim, echo) }
      }
    }

    @Test("It splits no handshakes, and offers nothing of what it does not know")
    func refusals() throws {
      let question = try shim(["-is-handshaker-supported"])
      #expect(try question.waitForExit() == 0)
      #expect(question.output == "No\n")
      for flags in [["-dtls"], ["-no-such-flag"], ["-min-version", "772"]] {
        let shim = try shim(["-port", "1"] + flags)
        #expect(try shim.waitForExit() == 89, "\(flags)")
        #expect(shim.output.hasPrefix("not offered: "), "\(shim.output)")
      }
    }

    @Test("As a client it echoes every byte turned over, and ends well")
    func client() throws {
      let (shim, echo) = try serve(
        ["-advertise-alpn", "\u{3}foo", "-expect-alpn", "foo", "-expect-no-session"],
        protocols: ["foo"])
      #expect(echo == [255, 254, 0xbd])
      #expect(try shim.waitForExit() == 0, "\(shim.output)")
    }

    @Test("What was expected and did not come fails, with a sentence")
    func unexpected() throws {
      let (shim, _) = try serve(
        ["-advertise-alpn", "\u{3}foo\u{3}bar", "-expect-alpn", "bar"], protocols: ["foo"])
      #expect(try shim.waitForExit() == 1)
      #expect(shim.output.contains("ALPN's protocol is"), "\(shim.output)")
    }

    @Test("As a server it presents what the flags name, and says why a client is refused")
    func server() throws {
      let flags = [
        "-server", "-cert-file", authority.file("ecdsa.pem").path, "-key-file",
        authority.file("ecdsa.key").path,
      ]
      let (shim, socket, first) = try accept(flags)
      #expect(first.isEmpty)
      var client = try ClientConnection(
        to: "example.com", configuration: authority.clientConfiguration())
      try client.start()
      var isComplete = false
      while !isComplete {
        try socket.write(client.takeOutgoing())
        let bytes = try socket.read()
        try #require(!bytes.isEmpty, "\(shim.output)")
        isComplete = try client.receive(bytes).contains {
          if case .handshakeCompleted = $0 { true } else { false }
        }
      }
      var record = client.takeOutgoing()
      try client.send([1])
      record += client.takeOutgoing()
      record[record.count - 1] ^= 1
      try socket.write(record)
      while try !socket.read().isEmpty {}
      socket.shutdownWriting()
      #expect(try shim.waitForExit() == 1)
      #expect(shim.output.contains("does not authenticate"), "\(shim.output)")
    }

    @Test("What is disabled is disabled once, for a reason; what is mapped is mapped to something")
    func configuration() throws {
      let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      let data = try Data(
        contentsOf: tests.appendingPathComponent("../BoGoShim/config.json").standardizedFileURL)
      let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(Set(object.keys) == ["DisabledTests", "ErrorMap"])
      let disabled = try #require(object["DisabledTests"] as? [String: String])
      #expect(!disabled.isEmpty)
      for (pattern, reason) in disabled {
        #expect(reason.contains(" "), "\(pattern) has no reason")
      }
      let errors = try #require(object["ErrorMap"] as? [String: [String]])
      for (error, sentences) in errors {
        #expect(!sentences.isEmpty && sentences.allSatisfy { $0.count > 9 }, "\(error)")
      }
      // A parser keeps one of two members of one name, and says nothing.
      let members = String(decoding: data, as: UTF8.self).matches(of: /(?m)^ {4}"/).count
      #expect(members == disabled.count + errors.count)
    }
  }
}
