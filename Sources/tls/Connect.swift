import ArgumentParser
import TLSCertificates
import TLSEngine

/// `tls connect`.
struct Connect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Connect to a server, verify it, and talk to it.",
    discussion: """
      What was negotiated goes to standard error, and what the server answers to standard output. \
      Without --request, standard input is sent. When the input has ended and nothing has come \
      for the time of --idle, the connection is closed.

      An --identity is shown only to a server that asks for the client's certificate and would take \
      it; the first such of several.

      With --json, standard output is one object instead: what was negotiated, and the answer; or \
      the error, with failure and attempts as 'tls verify --json' has them if the chain was refused.
      """)

  @Argument(help: "The server, such as example.com:443 or [2001:db8::1]:443.")
  var address: String

  @Option(help: "The name to ask for and to verify, if it is not the host's.")
  var name: String?

  @Flag(
    help: "Take any certificate for any name: anybody on the way can read and change everything.")
  var insecureWithoutAnyVerification = false

  @Option(help: ArgumentHelp("A chain and its key; again for more.", valueName: "cert.pem,key.pem"))
  var identity: [String] = []

  @OptionGroup(title: "Verification") var trust: TrustOptions
  @OptionGroup(title: "Verification") var rules: VerificationOptions
  @OptionGroup(title: "Negotiation") var negotiation: NegotiationOptions
  @OptionGroup(title: "Negotiation") var protocols: ProtocolOptions
  @OptionGroup(title: "Negotiation") var hello: ClientHelloOptions
  @OptionGroup(title: "Negotiation") var preSharedKey: PreSharedKeyOptions
  @OptionGroup(title: "Sessions") var sessions: ClientSessionOptions
  @OptionGroup(title: "Records and limits") var records: RecordOptions
  @OptionGroup(title: "Records and limits") var limits: LimitOptions
  @OptionGroup(title: "Looking into it") var log: LogOptions
  @OptionGroup(title: "Looking into it") var exporters: ExporterOptions

  @Option(
    help: ArgumentHelp(
      "A file for the OCSP response that the server staples, in DER, if it does.",
      valueName: "file"))
  var status: String?

  @Option(help: "The text to send; \\r, \\n, \\t and \\\\ stand for what they do elsewhere.")
  var request: String?

  @Option(help: "Seconds without an answer after which to close.")
  var idle = 5

  @Flag(help: "Write one JSON object to standard output.")
  var json = false

  func validate() throws {
    guard Address(address, defaultPort: 443) != nil else {
      throw ValidationError("\(address.printable) is not HOST:PORT.")
    }
    guard (1...3600).contains(idle) else { throw ValidationError("--idle is 1 to 3600 seconds.") }
    guard !insecureWithoutAnyVerification || trust.isDefault else {
      throw ValidationError("--ca is of no use with --insecure-without-any-verification.")
    }
    guard !insecureWithoutAnyVerification || rules.isDefault else {
      throw ValidationError(
        "--pin, --crl and other rules are of no use with --insecure-without-any-verification.")
    }
    guard status == nil || !hello.noStatus else {
      throw ValidationError("--status and --no-status do not go together.")
    }
    guard rules.ocspCheck != .hard || !hello.noStatus else {
      throw ValidationError(
        "--ocsp-check hard and --no-status do not go together: what must come has to be asked for.")
    }
  }

  func run() throws {
    Process.ignoreBrokenPipes()
    guard json else { return try Failure.reporting { _ = try talk { try Output.bytes($0) } } }
    var answer: [UInt8] = []
    try Failure.reporting(json: true, withAlert: true) {
      let summary = try talk { part in
        // An answer in JSON is held in memory; what is longer than this is cut.
        answer += part.prefix(max(0, (1 << 20) - answer.count))
      }
      Output.line(
        JSON.object([
          ("negotiated", Report(summary, by: .client).json),
          ("answer", .string(String(decoding: answer, as: UTF8.self))),
        ]).description)
    }
  }

  func clientConfiguration() throws -> ClientConfiguration {
    var configuration = ClientConfiguration()
    if !trust.isDefault || !rules.isDefault {
      configuration.verification = .verifier(
        ChainVerifier(roots: try trust.trust().roots, policy: try rules.verifierPolicy()))
    }
    if insecureWithoutAnyVerification {
      configuration.verification = .insecureWithoutAnyVerification
    }
    configuration.identities = try identity.map(Files.identity)
    try negotiation.apply(to: &configuration)
    protocols.apply(to: &configuration)
    try hello.apply(to: &configuration)
    try preSharedKey.apply(to: &configuration, choosesSuites: negotiation.suites == nil)
    try sessions.apply(to: &configuration)
    records.apply(to: &configuration)
    try limits.apply(to: &configuration)
    try log.apply(to: &configuration)
    return configuration
  }

  /// All of it; the answer goes to `output`.
  private func talk(_ output: ([UInt8]) throws -> Void) throws -> ConnectionSummary {
    guard let address = Address(address, defaultPort: 443) else {
      throw Failure(.usage, "\(address) is not HOST:PORT")
    }
    var client: ClientConnection
    do {
      client = try ClientConnection(
        to: name ?? address.host, configuration: try clientConfiguration())
    } catch let error as TLSError {
      if case .trustRoots = error.reason { throw error }
      // Nothing has gone out yet: what is wrong is on the command line.
      throw Failure(.usage, "\(error)")
    }
    let socket = try TCP.connect(host: address.host, port: address.port)
    try client.start()
    let (summary, events) = try client.handshake(
      over: socket, drawnFrom: "client", to: "server")
    defer { client.drawLadder(own: "client", peer: "server") }
    if !json { for line in Report(summary, by: .client).lines { Output.error(line) } }
    try exporters.write(of: client)
    try sessions.keep(events)
    if let status, let response = summary.stapledStatus { try Files.write(response, to: status) }
    try exchange(&client, socket, after: events, output)
    return summary
  }

  /// Sends the request or standard input, and gives out the answer.
  private func exchange(
    _ client: inout ClientConnection, _ socket: Descriptor, after events: [Event],
    _ output: ([UInt8]) throws -> Void
  ) throws {
    var readsInput = request == nil
    if let request { try client.send(Array(request.unescaped.utf8), over: socket) }
    if try !deliver(events, output) { return client.finish(over: socket) }
    while true {
      let sources = readsInput ? [socket, .standardInput] : [socket]
      let ready = try client.wait(
        for: sources, milliseconds: readsInput ? -1 : Int32(idle) * 1000)
      guard let ready else { return client.finish(over: socket) }
      if ready[0] {
        guard let events = try client.receive(from: socket) else { return }
        if try !deliver(events, output) { return client.finish(over: socket) }
      }
      if readsInput, ready[1] {
        let input = try Descriptor.standardInput.read(atMost: 65_536)
        if input.isEmpty { readsInput = false }
        try client.send(input, over: socket)
      }
    }
  }

  /// - Returns: whether there may be more.
  private func deliver(
    _ events: [Event], _ output: ([UInt8]) throws -> Void
  ) throws -> Bool {
    for event in events {
      switch event {
      case .applicationData(let bytes): try output(bytes)
      case .closed: return false
      default: break
      }
    }
    return true
  }
}
