import ArgumentParser
import TLSCrypto
import TLSEngine

/// What makes our side's connections of a vector, one after the other.
struct VectorSetting<Role> {
  let side: ConnectionSide

  /// Makes a connection that has been started, if it is a client's.
  private let make: (VectorInputs, _ number: Int, ClientSession?) throws -> Connection<Role>

  /// The session that the next connection goes on with.
  private var session: ClientSession?
  private var count = 0

  /// Begins the next connection.
  mutating func next() throws -> VectorStage<Role> {
    count += 1
    let inputs = VectorInputs()
    return VectorStage(try make(inputs, count, session), side: side, inputs)
  }

  /// Takes what the next connection needs to know of this one.
  mutating func keep(_ new: ClientSession?) {
    if let new { session = new }
  }
}

extension VectorSetting where Role == ClientRole {
  init(client head: VectorHead, _ places: VectorPlaces) throws {
    let words = ["127.0.0.1:443"] + head.options.map { places.resolved($0) }
    let command = try VectorOptions.parse(Connect.self, words)
    let configuration = try VectorOptions.make { try command.clientConfiguration() }
    let name = head.name ?? ""
    side = .client
    make = { inputs, number, session in
      var configuration = configuration
      configuration.replay(head, number, inputs)
      if let session { configuration.session = session }
      var client = try ClientConnection(to: name, configuration: configuration)
      try client.start()
      return client
    }
  }
}

extension VectorSetting where Role == ServerRole {
  init(server head: VectorHead, _ places: VectorPlaces) throws {
    let command = try VectorOptions.parse(Serve.self, head.options.map { places.resolved($0) })
    let configuration = try VectorOptions.make { try command.serverConfiguration() }
    side = .server
    make = { inputs, number, _ in
      var configuration = configuration
      configuration.replay(head, number, inputs)
      return try ServerConnection(configuration: configuration)
    }
  }
}

extension SharedConfiguration {
  /// Takes all that is not configured from a vector: randomness, time, and where the secrets go.
  fileprivate mutating func replay(_ head: VectorHead, _ number: Int, _ inputs: VectorInputs) {
    randomness = VectorRandomness(seed: head.seed, connection: number, inputs)
    time = FixedTimeSource(head.time(ofConnection: number))
    keyLog = VectorKeyLog(inputs: inputs)
  }
}

/// The options of a head.
enum VectorOptions {
  /// What is about more than the connection: it would write files, draw from chance, or say something
  /// that a replay does not. A vector may come from anywhere, and replaying it changes nothing.
  private static let refused: Set<String> = [
    "--keylog", "--session", "--write-ca", "--self-signed", "--trace", "--request", "--idle",
    "--json",
    "--echo", "--once", "--host", "--port", "--name", "--export", "--channel-binding",
  ]

  /// Reads them as the command itself would.
  static func parse<Command: ParsableCommand>(
    _ command: Command.Type, _ words: [String]
  ) throws -> Command {
    for word in words {
      guard !word.contains("{scratch}") else {
        throw Failure(.usage, "the options of the head: \(word) is not there in a replay")
      }
      guard refused.contains(String(word.prefix { $0 != "=" })) else { continue }
      throw Failure(.usage, "the options of the head: \(word) has no place in a vector")
    }
    do {
      return try command.parse(words)
    } catch {
      throw Failure(.usage, "the options of the head: \(command.message(for: error))")
    }
  }

  /// Makes what they mean.
  static func make<Configuration>(_ configuration: () throws -> Configuration) throws
    -> Configuration
  {
    do {
      return try configuration()
    } catch {
      throw Failure(.usage, "the options of the head: \(Failure(error).sentence)")
    }
  }
}

extension VectorHead {
  /// The actions of each connection.
  var actionsByConnection: [[VectorAction]] {
    actions.split(separator: .connect, omittingEmptySubsequences: false).map(Array.init)
  }

  /// The time of the connection of this number, from 1 on.
  func time(ofConnection number: Int) -> Timestamp {
    var time = clock
    for action in actionsByConnection.prefix(max(0, number - 1)).joined() {
      if case .clock(let seconds) = action { time = time.adding(seconds: Int64(seconds)) }
    }
    return time
  }
}
