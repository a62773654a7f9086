import TLSEngine

/// A recorded vector.
struct Vector: Sendable {
  let head: VectorHead

  /// What the peer's program said of itself, and the day of the recording.
  var program: String
  var day: String

  var connections: [VectorConnection]
}

/// One connection of a vector.
struct VectorConnection: Sendable {
  /// The side that is ours.
  let side: ConnectionSide

  /// What happened, in order.
  var steps: [VectorStep] { didSet { kept = nil } }

  /// What was negotiated and how it ended, by name.
  var facts: [VectorFact] = []

  /// The secrets, by name.
  var secrets: [VectorFact] = []

  /// The application data that our side received.
  var received: [UInt8] = []

  /// The master secret, if there came to be one.
  var masterSecret: [UInt8]? { didSet { kept = nil } }

  /// What was read of it, as long as nothing changes that it follows from.
  private var kept: Reading?

  /// What is known of it from the start, which is read at once.
  init(side: ConnectionSide, steps: [VectorStep] = [], masterSecret: [UInt8]? = nil) {
    self.side = side
    self.steps = steps
    self.masterSecret = masterSecret
    kept = read()
  }

  /// What an observer reads of it.
  var reading: Reading { kept ?? read() }

  private func read() -> Reading {
    Observer.read(steps, ownSide: side, masterSecret: masterSecret)
  }
}

/// Something that happened on a connection.
enum VectorStep: Equatable, Sendable {
  /// Our side gave these bytes.
  case sent([UInt8])
  /// These bytes came from the peer.
  case received([UInt8])
  /// Our side did something of its own accord.
  case action(VectorAction)
  /// The peer's transport ended.
  case endOfStream

  /// Whether it is what the engine is given, and not what it gives.
  var isInput: Bool {
    if case .sent = self { false } else { true }
  }
}

/// A name and what it says.
struct VectorFact: Equatable, Sendable {
  let name: String
  let value: String

  init(_ name: String, _ value: String) {
    self.name = name
    self.value = FieldText.line(value)
  }

  init(_ name: String, _ bytes: [UInt8]) {
    self.init(name, Hexadecimal.text(bytes))
  }
}
