/// What the hellos say that the keys of the records follow from.
struct HelloFacts: Sendable {
  private(set) var clientRandom: [UInt8]?
  private(set) var serverRandom: [UInt8]?
  private(set) var cipherSuite: UInt16?
  /// Whether the server answered encrypt_then_mac (RFC 7366).
  private(set) var encryptsThenMACs = false

  var isComplete: Bool { clientRandom != nil && serverRandom != nil && cipherSuite != nil }

  /// Looks at a handshake message as the engine sends or gets it. What is malformed says nothing.
  mutating func learn(_ message: [UInt8]) {
    // Header, version, random (RFC 5246 section 7.4.1).
    guard let type = message.first, type == 1 || type == 2, message.count > 38 else { return }
    let random = Array(message[6..<38])
    guard type == 2 else {
      clientRandom = random
      return
    }
    serverRandom = random
    let rest = message.dropFirst(39 + Int(message[38]))
    guard let high = rest.first, let low = rest.dropFirst().first else { return }
    cipherSuite = UInt16(high) << 8 | UInt16(low)
    // Behind the suite: compression method, and the length of the extensions.
    encryptsThenMACs = Self.extensions(rest.dropFirst(5)).contains(22)
  }

  private static func extensions(_ bytes: ArraySlice<UInt8>) -> [Int] {
    var (rest, types) = (bytes, [Int]())
    while rest.count >= 4 {
      let head = rest.prefix(4).map(Int.init)
      types.append(head[0] << 8 | head[1])
      rest = rest.dropFirst(4 + (head[2] << 8 | head[3]))
    }
    return types
  }
}
