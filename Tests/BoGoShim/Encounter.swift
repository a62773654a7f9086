import TLSEngine

/// One connection with the runner.
struct Encounter {
  let options: ShimOptions
  let isResumption: Bool
  let memory: Memory

  init(_ options: ShimOptions, isResumption: Bool, _ memory: Memory) {
    self.options = options
    self.isResumption = isResumption
    self.memory = memory
  }

  func connect() throws {
    if isResumption, memory.session == nil { throw Unexpected("there is no session to offer") }
    let credentials = try Credentials(options)
    let configuration = try options.clientConfiguration(credentials, memory)
    memory.session = nil
    var client = try ClientConnection(
      to: options.hostName ?? ShimOptions.unnamed, configuration: configuration)
    try client.start()
    var conversation = try conversation(credentials)
    try conversation.hold(over: &client)
  }

  func serve() throws {
    let credentials = try Credentials(options)
    if isResumption, options.renewsTicket {
      memory.clock.advance(seconds: Int64(Memory.ticketPeriod))
    }
    let configuration = try options.serverConfiguration(credentials, memory)
    var server = try ServerConnection(configuration: configuration)
    var conversation = try conversation(credentials)
    try conversation.hold(over: &server)
  }

  private func conversation(_ credentials: Credentials) throws -> Conversation {
    guard let port = options.port.flatMap({ UInt16(exactly: $0) }) else {
      throw Unexpected("the runner names no port")
    }
    let socket = try Socket(port: port, isIPv6: options.isIPv6)
    socket.write((0..<8).map { UInt8(truncatingIfNeeded: options.shimID >> (8 * $0)) })
    return Conversation(
      socket: socket, answers: Answers(options, credentials, memory),
      expectations: Expectations(
        options: options, isResumption: isResumption, credentials: credentials))
  }
}
