/// One test: a connection, and as many resumptions as the runner asks for.
enum Shim {
  static func run(_ arguments: some Sequence<String>) -> Int32 {
    let arguments = Array(arguments)
    // The runner asks before its first test; a handshake is not split between processes here.
    if arguments.contains("-is-handshaker-supported") {
      print("No")
      return 0
    }
    do {
      try connect(Arguments(arguments))
      return 0
    } catch let notOffered as NotOffered {
      complain("not offered: \(notOffered.what)")
      return 89
    } catch {
      complain("\(error)")
      return 1
    }
  }

  private static func connect(_ arguments: Arguments) throws {
    let memory = try Memory()
    for number in 0...arguments.initial.resumeCount {
      let isResumption = number > 0
      let options = isResumption ? arguments.resumed : arguments.initial
      try options.check()
      let encounter = Encounter(options, isResumption: isResumption, memory)
      try options.isServer ? encounter.serve() : encounter.connect()
      memory.clock.advance(seconds: Int64(options.resumptionDelay ?? 0))
    }
  }
}

/// A flag is about something that the engine does not have.
struct NotOffered: Error {
  let what: String
}

/// What the flags expect did not come to pass.
struct Unexpected: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// Throws unless a value is the one that a flag expects.
func expect<Value: Equatable>(_ what: String, _ actual: Value, _ expected: Value) throws {
  guard actual == expected else {
    throw Unexpected("\(what) is \(actual), and was to be \(expected)")
  }
}
