import ArgumentParser
import Dispatch
import TLSCertificates
import TLSCrypto
import TLSEngine

/// `tls serve`.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve a page that says what was negotiated, or echo.",
    discussion: """
      The identity for a connection is chosen by the name that the client asks for; the first is \
      the default. --self-signed makes one from an authority that lives as long as the process; \
      --write-ca says where to put its certificate, so that clients can trust it.

      With --psk no identity is needed: the key proves who is there.
      """)

  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen on; 0 for any that is free.")
  var port: UInt16 = 4433

  @Option(help: ArgumentHelp("A chain and its key; again for more.", valueName: "cert.pem,key.pem"))
  var identity: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Names for an identity made now, up to the next option.", valueName: "name"))
  var selfSigned: [String] = []

  @Option(help: "The file for the certificate of the authority behind --self-signed.")
  var writeCa: String?

  @OptionGroup(title: "Negotiation") var negotiation: NegotiationOptions
  @OptionGroup(title: "Negotiation") var protocols: ProtocolOptions
  @OptionGroup(title: "Negotiation") var selection: ServerSelectionOptions
  @OptionGroup(title: "Negotiation") var stapling: StaplingOptions
  @OptionGroup(title: "Negotiation") var preSharedKey: PreSharedKeyOptions
  @OptionGroup(title: "Clients' certificates") var clients: ClientCertificateOptions
  @OptionGroup(title: "Clients' certificates") var rules: VerificationOptions
  @OptionGroup(title: "Sessions") var sessions: ServerSessionOptions
  @OptionGroup(title: "Records and limits") var records: RecordOptions
  @OptionGroup(title: "Records and limits") var limits: LimitOptions
  @OptionGroup(title: "Looking into it") var log: LogOptions
  @OptionGroup(title: "Looking into it") var exporters: ExporterOptions

  @Flag(help: "Send back what arrives, instead of a page.")
  var echo = false

  @Flag(help: "Serve one connection and exit.")
  var once = false

  func validate() throws {
    guard clients.clientCa != nil || rules.isDefault else {
      throw ValidationError(
        "How certificates are judged, such as by --crl, is about clients: it goes with --client-ca."
      )
    }
    guard rules.ocspCheck == .good else {
      throw ValidationError("--ocsp-check is about servers: clients staple nothing.")
    }
    guard !identity.isEmpty || !selfSigned.isEmpty || preSharedKey.psk != nil else {
      throw ValidationError("Give an --identity, a name for --self-signed, or --psk.")
    }
  }

  func run() throws {
    Process.ignoreBrokenPipes()
    try Failure.reporting {
      let configuration = try serverConfiguration()
      let listener = try TCP.listen(host: host, port: port)
      Output.error("listening on \(host.printable):\(try TCP.port(of: listener))")
      if once {
        try serve(try TCP.accept(listener), configuration)
      } else {
        try serveForever(listener, configuration)
      }
    }
  }

  func serverConfiguration() throws -> ServerConfiguration {
    var identities = try identity.map(Files.identity)
    if !selfSigned.isEmpty { identities.append(try makeIdentity()) }
    var configuration = ServerConfiguration(identities: identities)
    do {
      try negotiation.apply(to: &configuration)
      protocols.apply(to: &configuration)
      selection.apply(to: &configuration)
      try stapling.apply(to: &configuration)
      try preSharedKey.apply(to: &configuration, choosesSuites: negotiation.suites == nil)
      try clients.apply(to: &configuration, rules: rules)
      try sessions.apply(to: &configuration)
      records.apply(to: &configuration)
      try limits.apply(to: &configuration)
      try log.apply(to: &configuration)
      // What cannot work is said now, and not to the first client.
      _ = try ServerConnection(configuration: configuration)
    } catch let error as TLSError {
      throw Failure(.usage, "\(error)")
    }
    return configuration
  }

  private func makeIdentity() throws -> Identity {
    let (identity, authority) = try DevelopmentIdentity.make(names: selfSigned)
    if let writeCa {
      try Files.write(Array(authority.pem.utf8), to: writeCa)
      Output.error("the authority's certificate is in \(writeCa.printable)")
    } else {
      Output.error("the authority's certificate, for clients to trust:\n\(authority.pem)")
    }
    return identity
  }

  /// Serves connections side by side, 64 at most. What one of them does wrong concerns it alone.
  private func serveForever(
    _ listener: Descriptor, _ configuration: ServerConfiguration
  ) throws {
    let places = DispatchSemaphore(value: 64)
    let queue = DispatchQueue(label: "connections", attributes: .concurrent)
    while true {
      places.wait()
      let socket = try TCP.accept(listener)
      let command = self
      queue.async {
        defer { places.signal() }
        do {
          try command.serve(socket, configuration)
        } catch {
          Output.error("tls: \(Failure(error).sentence)")
        }
      }
    }
  }

  private func serve(_ socket: Descriptor, _ configuration: ServerConfiguration) throws {
    var server = try ServerConnection(configuration: configuration)
    let (summary, events) = try server.handshake(
      over: socket, drawnFrom: "server", to: "client")
    defer { server.drawLadder(own: "server", peer: "client") }
    try exporters.write(of: server)
    if echo {
      try sendBack(&server, socket, after: events)
    } else {
      try Page.serve(&server, socket, summary, after: events)
    }
  }

  /// Reads nothing more before what came has gone back, so that little is held in memory.
  private func sendBack(
    _ server: inout ServerConnection, _ socket: Descriptor, after first: [Event]
  ) throws {
    var events: [Event]? = first
    while let current = events {
      for event in current {
        switch event {
        case .applicationData(let bytes): try server.send(bytes, over: socket)
        case .closed: return server.finish(over: socket)
        default: break
        }
      }
      guard try server.wait(for: [socket], milliseconds: 60_000) != nil else {
        return server.finish(over: socket)
      }
      events = try server.receive(from: socket)
    }
  }
}
