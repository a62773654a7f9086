/// What messages are called in a vector: as the RFCs call them.
enum MessageName {
  private static let others: [UInt8: String] = [
    20: "ChangeCipherSpec", 21: "Alert", 23: "ApplicationData",
  ]

  /// All names that an edit may say.
  static let all = Set(RegisteredNames.handshakeTypes.values).union(others.values)

  /// The name of a handshake message by its type.
  static func handshakeMessage(_ type: UInt8) -> String {
    RegisteredNames.handshakeTypes[type] ?? "handshake message \(type)"
  }

  /// The name of what a record of this type holds, if it is no handshake.
  static func content(ofRecord type: UInt8) -> String {
    others[type] ?? "record of type \(type)"
  }
}
