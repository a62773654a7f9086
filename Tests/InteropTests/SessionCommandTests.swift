import Foundation
import Testing

extension Interop {
  /// Sessions that outlive the process, on both sides.
  @Suite("Sessions on the command line", .serialized)
  struct SessionCommand {
    private let runs: CommandRuns

    init() throws {
      runs = CommandRuns(authority: try Authority.shared.get())
    }

    /// A file for a session that is not there yet.
    private func newSessionFile() -> String { "session-\(UUID().uuidString)" }

    private func isResumed(_ address: String, _ session: String) throws -> Bool {
      let resumed = try runs.negotiated(address, "--session", session)["resumed"]
      #expect(resumed is Bool)
      return resumed as? Bool == true
    }

    @Test("A ticket in --session is resumed by the next run, whose owner alone can read it")
    func ticket() throws {
      let (server, address) = try runs.serve()
      defer { server.stop() }
      let file = newSessionFile()
      #expect(try !isResumed(address, file))
      let attributes = try FileManager.default.attributesOfItem(
        atPath: runs.authority.file(file).path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(try isResumed(address, file))
      #expect(try isResumed(address, file))
      let (status, output) = try runs.connect(address, "--session", file)
      #expect(status == 0)
      #expect(output.contains("session      resumed"), "\(output)")
    }

    @Test("Two servers that share only a ticket secret resume each other's sessions")
    func fleet() throws {
      try runs.write((0..<32).map { $0 &* 7 }, to: "ticket.secret")
      try runs.write((0..<32).map { $0 &* 11 }, to: "other.secret")
      let (first, firstAddress) = try runs.serve("--ticket-secret", "ticket.secret")
      defer { first.stop() }
      let (second, secondAddress) = try runs.serve("--ticket-secret", "ticket.secret")
      defer { second.stop() }
      let (stranger, strangerAddress) = try runs.serve("--ticket-secret", "other.secret")
      defer { stranger.stop() }
      let file = newSessionFile()
      #expect(try !isResumed(firstAddress, file))
      #expect(try isResumed(secondAddress, file))
      #expect(try isResumed(firstAddress, file))
      // A ticket under another secret costs a full handshake, and no more.
      #expect(try !isResumed(strangerAddress, file))
    }

    @Test("Without tickets a session is resumed by its id, where the server keeps it")
    func identifier() throws {
      let (keeping, keepingAddress) = try runs.serve("--no-tickets", "--session-cache", "8")
      defer { keeping.stop() }
      let file = newSessionFile()
      #expect(try !isResumed(keepingAddress, file))
      #expect(try isResumed(keepingAddress, file))

      let (forgetful, forgetfulAddress) = try runs.serve("--no-tickets")
      defer { forgetful.stop() }
      let none = newSessionFile()
      #expect(try !isResumed(forgetfulAddress, none))
      #expect(!FileManager.default.fileExists(atPath: runs.authority.file(none).path))
    }

    @Test("--session-context keeps servers apart that share a secret")
    func context() throws {
      try runs.write((0..<32).map { $0 &* 13 }, to: "shared.secret")
      let (first, firstAddress) = try runs.serve(
        "--ticket-secret", "shared.secret", "--session-context", "one")
      defer { first.stop() }
      let (second, secondAddress) = try runs.serve(
        "--ticket-secret", "shared.secret", "--session-context", "two")
      defer { second.stop() }
      let file = newSessionFile()
      #expect(try !isResumed(firstAddress, file))
      #expect(try isResumed(firstAddress, file))
      #expect(try !isResumed(secondAddress, file))
    }

    @Test("s_client resumes a ticket of tls serve, and tls connect one of s_server")
    func withOpenSSL() throws {
      let (server, address) = try runs.serve("--echo")
      defer { server.stop() }
      let stored = newSessionFile()
      let full = try runs.opensslClient(address, "-sess_out", stored)
      try full.waitForOutput("TLS session ticket:")
      full.endInput()
      #expect(try full.waitForExit() == 0, "\(full.output)")
      #expect(full.output.contains("\nNew, "), "\(full.output)")
      let short = try runs.opensslClient(address, "-sess_in", stored)
      try short.waitForOutput("Reused, ")
      short.endInput()
      #expect(try short.waitForExit() == 0, "\(short.output)")

      let (theirs, theirAddress) = try runs.opensslServer(
        "-cert", "rsa.pem", "-key", "rsa.key", "-www")
      defer { theirs.stop() }
      let file = newSessionFile()
      #expect(try !isResumed(theirAddress, file))
      #expect(try isResumed(theirAddress, file))
    }

    @Test("A file that holds no session, or a secret that is too short, is exit status 64")
    func wrong() throws {
      let damaged = try runs.connect("127.0.0.1:1", "--session", "ca.pem")
      #expect(damaged.status == 64)
      #expect(damaged.output.hasPrefix("tls: ca.pem: "), "\(damaged.output)")
      try runs.write([UInt8](repeating: 1, count: 31), to: "short.secret")
      for (arguments, sentence) in [
        (["--ticket-secret", "short.secret"], "needs at least 32 bytes, not 31"),
        (["--ticket-secret", "absent.secret"], "absent.secret: No such file or directory"),
        (["--ticket-rotation", "59"], "rotate every 60 to 604800 seconds"),
        (["--session-cache", "0"], "room for at least one session"),
        (["--session-lifetime", "604801"], "a session lives from 1 second to 604800 seconds"),
        (["--no-tickets", "--ticket-rotation", "60"], "--no-tickets does not go with"),
      ] {
        let (status, output) = try runs.run(
          ["serve", "--port", "0", "--identity", "rsa.pem,rsa.key"] + arguments)
        #expect(status == 64, "\(arguments)")
        #expect(output.contains(sentence), "\(output)")
      }
    }
  }
}
