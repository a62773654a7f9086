import TLSEngine

/// Full handshakes in every group, with a key that each suite can use.
enum GroupComparisons {
  private static let rows: [(kind: Fixture.Kind, groups: [NamedGroup])] = [
    (.ecdsaP256, [.x25519, .secp256r1, .secp384r1, .secp521r1, .x448]),
    (.rsa2048, [.ffdhe2048, .ffdhe3072]),
  ]

  static func all(_ rounds: Rounds) throws -> [Comparison] {
    var comparisons: [Comparison] = []
    for row in rows {
      var fixture = try Fixture(row.kind)
      for group in row.groups {
        fixture.group = group
        let raw = try RawLibgcryptHandshake(fixture)
        let alone = HandshakeComparisons.entry(.raw, rounds) { try raw.run() }
        let entries = [alone] + (try HandshakeComparisons.connecting(fixture, rounds))
        comparisons.append(
          try HandshakeComparisons.comparison(
            fixture, "full handshake", entries, rounds, in: .groups))
      }
    }
    return comparisons
  }
}
