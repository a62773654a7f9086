import TLSEngine

extension CipherSuite {
  /// A client and a server that have nothing but this suite.
  func loopback(
    _ changeClient: (inout ClientConfiguration) -> Void = { _ in },
    _ changeServer: (inout ServerConfiguration) -> Void = { _ in }
  ) throws -> Loopback {
    let usesPreSharedKey = description.contains("_PSK_")
    var client =
      try usesPreSharedKey
      ? TestPreSharedKeys.client() : TestIdentities.clientConfiguration()
    var server =
      try usesPreSharedKey
      ? TestPreSharedKeys.server()
      : TestIdentities.serverConfiguration(as: description.contains("_RSA_") ? .rsa : .p256)
    client.cipherSuites = [self]
    server.cipherSuites = [self]
    changeClient(&client)
    changeServer(&server)
    return try Loopback(client, server)
  }

  /// Whether the suite's records have a MAC of their own.
  var isCBC: Bool { description.contains("_CBC_") }

  /// Every suite; those of CBC with encrypt_then_mac and without.
  static let everyWay = supported.flatMap { suite in
    (suite.isCBC ? [true, false] : [false]).map { (suite, $0) }
  }
}
