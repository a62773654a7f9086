import TLSCrypto
import TLSEngine

/// Our side of one recorded connection: takes what comes, step by step, and remembers what went out.
struct VectorStage<Role>: ~Copyable {
  private var connection: Connection<Role>
  private let side: ConnectionSide
  private let inputs: VectorInputs

  /// What happened so far.
  private(set) var steps: [VectorStep] = []

  /// The application data that came.
  private(set) var received: [UInt8] = []

  /// The application data that went out.
  private(set) var sent: [UInt8] = []

  /// Whether the peer has said that it is done.
  private(set) var isClosedByPeer = false

  /// What ended the connection, if something did.
  private(set) var failure: TLSError?

  /// The session to go on with on the next connection.
  private(set) var session: ClientSession?

  private(set) var summary: ConnectionSummary?

  /// The master secret, once it is known.
  var masterSecret: [UInt8]? { inputs.masterSecret }

  private var exports: [VectorFact] = []

  init(_ connection: consuming Connection<Role>, side: ConnectionSide, _ inputs: VectorInputs) {
    self.connection = connection
    self.side = side
    self.inputs = inputs
    collect()
  }

  /// Takes one thing that happens; what is sent for it becomes a step of its own.
  ///
  /// - Throws: a misuse, if our side cannot do that now.
  mutating func take(_ step: VectorStep) throws(TLSError) {
    append(step)
    do throws(TLSError) {
      try perform(step)
    } catch {
      guard failure == nil else { return collect() }
      if case .misuse = error.reason { throw error }
      failure = error
    }
    if failure == nil { failure = connection.failure }
    try export()
    collect()
  }

  /// What comes from the peer in two parts, with nothing sent in between, is one step.
  private mutating func append(_ step: VectorStep) {
    if case .received(let more) = step, case .received(let before)? = steps.last {
      steps[steps.count - 1] = .received(before + more)
    } else {
      steps.append(step)
    }
  }

  private mutating func perform(_ step: VectorStep) throws(TLSError) {
    switch step {
    case .sent, .action(.cut): break
    case .received(let bytes): note(try connection.receive(bytes))
    case .endOfStream: try connection.receiveEndOfStream()
    case .action(.send(let text)):
      try connection.send(text.bytes)
      sent += text.bytes
    case .action(.close): connection.close()
    case .action(.abort(let alert)):
      try connection.abort(with: alert, because: "the vector says so")
    case .action: break
    }
  }

  private mutating func note(_ events: [Event]) {
    for event in events {
      switch event {
      case .applicationData(let bytes): received += bytes
      case .closed: isClosedByPeer = true
      case .newClientSession(let new): session = new
      case .handshakeCompleted(let new): summary = new
      default: break
      }
    }
  }

  /// Takes what goes out.
  private mutating func collect() {
    guard connection.hasOutgoing else { return }
    steps.append(.sent(connection.takeOutgoing()))
  }

  /// What can be asked of a connection only while it is good.
  private mutating func export() throws(TLSError) {
    // Without extended_master_secret the engine exports nothing (RFC 7627 section 5.4).
    guard let summary, exports.isEmpty, connection.failure == nil,
      summary.usesExtendedMasterSecret
    else { return }
    for (name, context) in [("exporter", nil), ("exporter_with_context", [UInt8]("context".utf8))] {
      let material = try connection.exportKeyingMaterial(
        label: VectorFormat.exporterLabel, context: context, byteCount: 32)
      exports.append(VectorFact(name, [UInt8](material.bytes)))
    }
  }

  /// All that is to be written of it.
  consuming func result() -> VectorConnection {
    var result = VectorConnection(side: side, steps: steps, masterSecret: inputs.masterSecret)
    result.facts = VectorFacts.facts(summary, failure, result.reading, side)
    result.secrets = VectorFacts.secrets(result.reading, inputs) + exports
    result.received = received
    return result
  }
}

extension VectorFormat {
  /// The label of the keying material that is exported of every connection (RFC 5705 section 4).
  static let exporterLabel = "EXPERIMENTAL vector"
}
