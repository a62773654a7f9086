import TLSCrypto

@testable import TLSEngine

/// Keys that both sides of a test have already.
enum TestPreSharedKeys {
  static let identity = [UInt8]("Client_identity".utf8)

  /// The bytes of the key.
  static let key = [UInt8]((0..<32).map { $0 ^ 0x5c })

  /// The key with another identity, or others of its bytes.
  static func preSharedKey(
    _ identity: [UInt8] = identity, _ key: [UInt8] = key
  ) throws -> PreSharedKey {
    try PreSharedKey(identity: identity, key: key.rawSpan)
  }

  /// Suites with pre-shared keys alone.
  static let suites: [CipherSuite] = CipherSuite.supported.filter {
    $0.parameters?.authentication == .preSharedKey
  }

  /// A client with the key, and suites for it.
  static func client(
    _ change: (inout ClientConfiguration) throws -> Void = { _ in }
  ) throws -> ClientConfiguration {
    var configuration = try TestIdentities.clientConfiguration()
    configuration.cipherSuites = suites
    configuration.preSharedKey = .keys([try preSharedKey()])
    try change(&configuration)
    return configuration
  }

  /// A server with the key among others, suites for it, and no identity.
  static func server(
    _ change: (inout ServerConfiguration) throws -> Void = { _ in }
  ) throws -> ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration.cipherSuites = suites
    configuration.preSharedKeys = .keys([
      try preSharedKey([1], [UInt8](repeating: 1, count: 16)), try preSharedKey(),
    ])
    configuration.time = FixedTimeSource(TestIdentities.now)
    try change(&configuration)
    return configuration
  }
}
