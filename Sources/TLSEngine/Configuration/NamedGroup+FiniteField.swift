import TLSCrypto

extension NamedGroup {
  /// The finite fields that a side means with suites of DHE where its configuration names none: on a
  /// server not the larger ones, with which a client that computes nothing itself can keep it busy.
  private static func finiteFieldDefaults(_ side: ConnectionSide) -> [NamedGroup] {
    switch side {
    case .client: [.ffdhe2048, .ffdhe3072, .ffdhe4096]
    case .server: [.ffdhe2048, .ffdhe3072]
    }
  }

  /// The number of bits of the group's prime, if it is a finite field.
  var fieldBitCount: Int? {
    guard case .finiteField(let field) = keyAgreement else { return nil }
    return field.bitCount
  }

  /// What a configuration's groups come to: where it allows suites of DHE and names no finite field,
  /// the usual ones are meant.
  static func groups(_ configured: [NamedGroup], for suites: [CipherSuite], on side: ConnectionSide)
    -> [NamedGroup]
  {
    let hasDHE = suites.contains { $0.parameters?.keyExchange == .dhe }
    guard hasDHE, !configured.contains(where: \.isFiniteField) else { return configured }
    return configured + finiteFieldDefaults(side)
  }

  /// The number of a finite field, or `nil` if it has none: the groups of RFC 3526 are older than the
  /// registry.
  init?(_ field: FiniteFieldGroup) {
    let group = Self.supported.first { $0.keyAgreement == .finiteField(field) }
    guard let group else { return nil }
    self = group
  }
}
