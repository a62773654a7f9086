import TLSCrypto

extension NamedGroup {
  /// The finite fields that are used with suites of DHE where a configuration names none.
  static let finiteFieldDefaults: [NamedGroup] = [.ffdhe2048, .ffdhe3072, .ffdhe4096]

  /// What a configuration's groups come to: where it allows suites of DHE and names no finite field,
  /// the usual ones are meant.
  static func groups(_ configured: [NamedGroup], for suites: [CipherSuite]) -> [NamedGroup] {
    let hasDHE = suites.contains { $0.parameters?.keyExchange == .dhe }
    guard hasDHE, !configured.contains(where: \.isFiniteField) else { return configured }
    return configured + finiteFieldDefaults
  }

  /// The number of a finite field, or `nil` if it has none: the groups of RFC 3526 are older than the
  /// registry.
  init?(_ field: FiniteFieldGroup) {
    let group = Self.supported.first { $0.keyAgreement == .finiteField(field) }
    guard let group else { return nil }
    self = group
  }
}
