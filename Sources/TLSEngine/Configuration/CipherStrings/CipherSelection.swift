import TLSCrypto

/// What a cipher string has selected so far.
///
/// A suite is chosen, or waits to be, or is forbidden and in neither list. Both lists are in order,
/// and the order in which suites wait is the one in which they are added.
struct CipherSelection {
  private var chosen: [CipherSuite] = []
  private var waiting = Self.opensslOrder
  private var level = 0
  private var hasAskedForPreSharedKeys = false

  /// What is selected, if no more rules come.
  var cipherSuites: [CipherSuite] {
    chosen.filter { suite in
      guard let parameters = suite.parameters else { return false }
      let isAskedFor = parameters.authentication != .preSharedKey || hasAskedForPreSharedKeys
      return isAskedFor && parameters.meets(level: level)
    }
  }

  mutating func apply(_ rule: CipherRule) {
    switch rule {
    case .apply(let action, let pattern): apply(action, pattern)
    case .sortByStrength:
      let strengths = Set(chosen.map(\.keyBitCount)).sorted(by: >)
      chosen = strengths.flatMap { strength in chosen.filter { $0.keyBitCount == strength } }
    case .requireLevel(let level): self.level = level
    }
  }

  private mutating func apply(_ action: CipherRule.Action, _ pattern: CipherPattern) {
    switch action {
    case .add:
      chosen += waiting.filter(pattern.matches)
      waiting.removeAll(where: pattern.matches)
      if pattern.asksForPreSharedKeys { hasAskedForPreSharedKeys = true }
    case .moveToEnd:
      chosen = chosen.filter { !pattern.matches($0) } + chosen.filter(pattern.matches)
    case .remove:
      // What was taken away last is the first to come back.
      waiting = chosen.filter(pattern.matches) + waiting
      chosen.removeAll(where: pattern.matches)
    case .forbid:
      waiting.removeAll(where: pattern.matches)
      chosen.removeAll(where: pattern.matches)
    }
  }

  /// The order in which OpenSSL 3.0 has them before the string is read, for the order is a part of
  /// what a string means. The suites of RFC 8442, which it does not have, stand where its rules would
  /// put them.
  private static let opensslOrder: [CipherSuite] = [
    .ecdheECDSAWithAES256GCMSHA384, .ecdheRSAWithAES256GCMSHA384, .dheRSAWithAES256GCMSHA384,
    .ecdheECDSAWithChaCha20Poly1305SHA256, .ecdheRSAWithChaCha20Poly1305SHA256,
    .dheRSAWithChaCha20Poly1305SHA256,
    .ecdheECDSAWithAES256CCM8, .ecdheECDSAWithAES256CCM,
    .dheRSAWithAES256CCM8, .dheRSAWithAES256CCM,
    .ecdheECDSAWithAES128GCMSHA256, .ecdheRSAWithAES128GCMSHA256, .dheRSAWithAES128GCMSHA256,
    .ecdheECDSAWithAES128CCM8, .ecdheECDSAWithAES128CCM,
    .dheRSAWithAES128CCM8, .dheRSAWithAES128CCM,
    .ecdheECDSAWithAES256CBCSHA384, .ecdheRSAWithAES256CBCSHA384, .dheRSAWithAES256CBCSHA256,
    .ecdheECDSAWithAES128CBCSHA256, .ecdheRSAWithAES128CBCSHA256, .dheRSAWithAES128CBCSHA256,
    .ecdheECDSAWithAES256CBCSHA, .ecdheRSAWithAES256CBCSHA, .dheRSAWithAES256CBCSHA,
    .ecdheECDSAWithAES128CBCSHA, .ecdheRSAWithAES128CBCSHA, .dheRSAWithAES128CBCSHA,
    .ecdhePSKWithAES256GCMSHA384, .ecdhePSKWithChaCha20Poly1305SHA256,
    .ecdhePSKWithAES128GCMSHA256, .ecdhePSKWithAES128CCM8SHA256, .ecdhePSKWithAES128CCMSHA256,
  ]
}

extension CipherSuite {
  fileprivate var keyBitCount: Int { parameters?.keyBitCount ?? 0 }
}

extension CipherSuiteParameters {
  /// Whether OpenSSL's security level `level` lets the suite pass: it counts the key, and HMAC-SHA-1
  /// as 160 bits.
  fileprivate func meets(level: Int) -> Bool {
    let bits = [0, 80, 112, 128, 192, 256][level]
    return keyBitCount >= bits && (mac != .hmacSHA1 || bits <= 160)
  }
}
