import TLSCrypto
import TLSEngine

/// Records a vector anew: does what its head says with the peer's program.
struct Recorder {
  private let head: VectorHead
  private let places: VectorPlaces
  private let scratch: ScratchFolder

  private init(_ head: VectorHead, _ places: VectorPlaces) throws {
    self.head = head
    self.places = VectorPlaces(root: try Files.absolute(places.root))
    scratch = try ScratchFolder()
    guard try Files.exists(script) else { throw Failure(.usage, "there is no \(script)") }
  }

  /// The vector of a head, recorded now.
  ///
  /// - Throws: if the peer does not do what it should, and if what was recorded does not replay.
  static func record(_ head: VectorHead, _ places: VectorPlaces) throws -> Vector {
    let recorder = try Recorder(head, places)
    let connections =
      switch head.role {
      case .client:
        try recorder.recordClient()
      case .server:
        try recorder.recordServer()
      }
    let vector = Vector(
      head: head, program: try recorder.program(),
      day: String("\(SystemTimeSource().now())".prefix(10)), connections: connections)
    // What is written has to be what a replay reads: parts that came one by one are one there.
    let played = try VectorReplay(vector, places).played
    let text = [UInt8](VectorWriter.text(of: played).utf8)
    if let difference = try VectorReplay(text, places).difference(from: text) { throw difference }
    return played
  }

  private func recordClient() throws -> [VectorConnection] {
    var setting = try VectorSetting(client: head, places)
    let port = try TCP.port(of: TCP.listen(host: "127.0.0.1", port: 0))
    let process = try start(port: port, connection: 1)
    return try head.actionsByConnection.enumerated().map { index, actions in
      // The server may be another process for each connection: the one before has to go first.
      if index > 0 { _ = process.wait(milliseconds: 100) }
      let socket = try connect(to: process, port: port)
      return try record(&setting, socket, process, actions, number: index + 1)
    }
  }

  private func recordServer() throws -> [VectorConnection] {
    var setting = try VectorSetting(server: head, places)
    let listener = try TCP.listen(host: "127.0.0.1", port: 0)
    let port = try TCP.port(of: listener)
    return try head.actionsByConnection.enumerated().map { index, actions in
      let process = try start(port: port, connection: index + 1)
      guard try Readiness.wait([listener], milliseconds: Self.patience) != nil else {
        throw problem("the client does not connect", process)
      }
      return try record(&setting, TCP.accept(listener), process, actions, number: index + 1)
    }
  }

  private func record<Role>(
    _ setting: inout VectorSetting<Role>, _ socket: Descriptor, _ process: ChildProcess,
    _ actions: [VectorAction], number: Int
  ) throws -> VectorConnection {
    var conversation = RecordedConversation(
      try setting.next(), socket, process, edits: head.edits,
      number: number)
    do {
      try conversation.run(actions)
    } catch let error as RecordingError {
      throw problem(error.problem, process)
    }
    let stage = conversation.finish()
    setting.keep(stage.session)
    return stage.result()
  }

  // MARK: The peer's program

  /// How long the peer is waited for, in milliseconds.
  static let patience: Int32 = 10_000

  private var script: String { "\(places.peers)/\(head.peer.first ?? "")" }

  private func start(port: UInt16, connection: Int) throws -> ChildProcess {
    try ChildProcess(
      script, head.peer.dropFirst().map { places.resolved($0, scratch: scratch.path) },
      environment: [
        "PORT": "\(port)", "CONNECTION": "\(connection)", "IDENTITIES": places.identities,
        "PEERS": places.peers, "SCRATCH": scratch.path,
      ], folder: scratch.path, log: "\(scratch.path)/output-\(connection)")
  }

  /// What the program says of itself.
  private func program() throws -> String {
    let process = try ChildProcess(
      script, ["--version"], environment: [:], folder: scratch.path,
      log: "\(scratch.path)/version")
    guard process.wait(milliseconds: Int(Self.patience)) else {
      throw problem("\(script) --version does not end", process)
    }
    guard let line = process.output.split(separator: "\n").first else {
      throw problem("\(script) --version says nothing", process)
    }
    return FieldText.line(String(line))
  }

  /// A connection to a server that may not listen yet.
  private func connect(to process: ChildProcess, port: UInt16) throws -> Descriptor {
    let deadline = Deadline(milliseconds: Self.patience)
    while true {
      do {
        return try TCP.connect(host: "127.0.0.1", port: port)
      } catch {
        guard deadline.milliseconds > 0, !process.wait(milliseconds: 20) else {
          throw problem("the server does not listen", process)
        }
      }
    }
  }

  private func problem(_ sentence: String, _ process: ChildProcess) -> VectorDifference {
    let output = process.output.split(separator: "\n").suffix(12).map { "  \($0)" }
    return VectorDifference(
      ["\(sentence). What \(head.peer.first ?? "the peer") said:"] + output)
  }
}

/// What went wrong while a vector was recorded.
struct RecordingError: Error {
  let problem: String
}
