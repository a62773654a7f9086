import ArgumentParser
import Dispatch
import TLSCertificates
import TLSEngine

/// `tls demo`.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a handshake over loopback, and a wrong hostname refused.",
    discussion: """
      Client and server are the engine's, with a real TCP connection between them and an authority \
      made for the occasion. Exits with 0 only if the first connection works and the second is \
      refused for its name.
      """)

  private static let name = "demo.example"
  private static let wrongName = "other.example"

  func run() throws {
    Process.ignoreBrokenPipes()
    try Failure.reporting {
      let (identity, authority) = try DevelopmentIdentity.make(names: [Self.name])
      var configuration = ClientConfiguration()
      configuration.verification = .roots(TrustRoots(certificates: [authority]))
      configuration.applicationProtocols = ["http/1.1"]
      configuration.tracesHandshake = true
      let listener = try TCP.listen(host: "127.0.0.1", port: 0)
      try talk(configuration, identity, listener)
      try beRefused(configuration, identity, listener)
    }
  }

  /// Accepts one connection beside the client, and sends back what arrives in capitals.
  private func startServer(_ identity: Identity, _ listener: Descriptor) -> DispatchGroup {
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      var configuration = ServerConfiguration(identities: [identity])
      configuration.applicationProtocols = ["h2", "http/1.1"]
      do {
        let socket = try TCP.accept(listener)
        var server = try ServerConnection(configuration: configuration)
        var (_, events) = try server.handshake(over: socket)
        while true {
          for case .applicationData(let bytes) in events {
            let answer = String(decoding: bytes, as: UTF8.self).uppercased()
            Output.line("server received: \(String(decoding: bytes, as: UTF8.self))")
            try server.send(Array(answer.utf8), over: socket)
          }
          for case .closed in events { return server.finish(over: socket) }
          guard let more = try server.receive(from: socket) else { return }
          events = more
        }
      } catch {
        Output.line("server: \(Failure(error).sentence)")
      }
    }
    return group
  }

  private func talk(
    _ configuration: ClientConfiguration, _ identity: Identity, _ listener: Descriptor
  ) throws {
    Output.line("1. A connection to \(Self.name), verified.\n")
    let server = startServer(identity, listener)
    let socket = try TCP.connect(host: "127.0.0.1", port: try TCP.port(of: listener))
    var client = try ClientConnection(to: Self.name, configuration: configuration)
    try client.start()
    let (summary, _) = try client.handshake(over: socket)
    let ladder = Ladder(own: "client", peer: "server")
    Output.line(ladder.heading)
    for line in ladder.lines(client.takeTrace()) { Output.line(line) }
    Output.line("")
    for line in Report(summary, by: .client).lines { Output.line(line) }
    Output.line("")
    try client.send(Array("hello, server".utf8), over: socket)
    let answer = try readAnswer(&client, socket)
    Output.line("client received: \(answer)")
    client.finish(over: socket)
    server.wait()
    guard answer == "HELLO, SERVER" else {
      throw Failure(.handshake, "the server's answer is \(answer.printable)")
    }
  }

  private func readAnswer(
    _ client: inout ClientConnection, _ socket: Descriptor
  ) throws -> String {
    while let events = try client.receive(from: socket) {
      for case .applicationData(let bytes) in events {
        return String(decoding: bytes, as: UTF8.self)
      }
    }
    return ""
  }

  private func beRefused(
    _ configuration: ClientConfiguration, _ identity: Identity, _ listener: Descriptor
  ) throws {
    Output.line("\n2. The same server, asked for \(Self.wrongName).\n")
    let server = startServer(identity, listener)
    let socket = try TCP.connect(host: "127.0.0.1", port: try TCP.port(of: listener))
    var client = try ClientConnection(to: Self.wrongName, configuration: configuration)
    try client.start()
    defer { server.wait() }
    do {
      _ = try client.handshake(over: socket)
    } catch let error as TLSError {
      guard case .certificate(let refusal) = error.reason, case .nameMismatch = refusal.rule else {
        throw error
      }
      Output.line("client refused: \(error)")
      return
    }
    throw Failure(.certificate, "a certificate for \(Self.name) passed for \(Self.wrongName)")
  }
}
