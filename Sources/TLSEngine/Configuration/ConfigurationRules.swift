/// What every configuration must hold, checked when a connection is made and not in the handshake.
enum ConfigurationRules {
  static func check(
    cipherSuites: [CipherSuite], groups: [NamedGroup], schemes: [SignatureScheme],
    protocols: [String]
  ) throws(TLSError) {
    try check(cipherSuites, "cipher suite") { $0.parameters != nil }
    try check(groups, "group") { $0.keyAgreement != nil }
    try check(schemes, "signature scheme") { $0.algorithm != nil }
    for name in protocols {
      let isSpeakable = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
      guard (1...255).contains(name.utf8.count), isSpeakable else {
        throw .misuse("an application protocol is 1 to 255 bytes of visible ASCII: \"\(name)\"")
      }
    }
    guard protocols.count <= 128 else {
      throw .misuse("\(protocols.count) application protocols are more than fit into a hello")
    }
  }

  private static func check<Value: CodePoint>(
    _ values: [Value], _ what: String, _ isSpoken: (Value) -> Bool
  ) throws(TLSError) {
    guard !values.isEmpty else { throw .misuse("the configuration allows no \(what)") }
    for value in values where !isSpoken(value) {
      throw .misuse(
        "the configuration allows the \(what) \(value), which the engine does not speak")
    }
    guard Set(values).count == values.count else {
      throw .misuse("the configuration names a \(what) twice")
    }
  }
}
