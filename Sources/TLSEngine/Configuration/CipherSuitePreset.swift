extension CipherSuite {
  /// A choice of suites with a name: each has what those before it have, and more.
  ///
  /// `configuration.cipherSuites = .intermediate` sets one.
  public enum Preset: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// What every peer of today speaks, and nothing with a known weakness; the default.
    ///
    /// In this order:
    /// - `TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256`
    /// - `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`
    /// - `TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384`
    /// - `TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384`
    /// - `TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256`
    /// - `TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256`
    case modern

    /// For peers without elliptic curves too, in finite fields of at least 2048 bits. Slower, and no
    /// weaker.
    ///
    /// Those of ``modern``, and then:
    /// - `TLS_DHE_RSA_WITH_AES_128_GCM_SHA256`
    /// - `TLS_DHE_RSA_WITH_AES_256_GCM_SHA384`
    /// - `TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256`
    case intermediate

    /// Everything with a certificate and forward secrecy, for peers that have nothing better: small
    /// devices (CCM; CCM-8 has a tag of 8 bytes), and programs from before TLS 1.2 (CBC).
    ///
    /// Those of ``intermediate``, and then CCM:
    /// - `TLS_ECDHE_ECDSA_WITH_AES_128_CCM`
    /// - `TLS_ECDHE_ECDSA_WITH_AES_256_CCM`
    /// - `TLS_DHE_RSA_WITH_AES_128_CCM`
    /// - `TLS_DHE_RSA_WITH_AES_256_CCM`
    /// - `TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8`
    /// - `TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8`
    /// - `TLS_DHE_RSA_WITH_AES_128_CCM_8`
    /// - `TLS_DHE_RSA_WITH_AES_256_CCM_8`
    ///
    /// and then CBC:
    /// - `TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256`
    /// - `TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256`
    /// - `TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384`
    /// - `TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384`
    /// - `TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA`
    /// - `TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA`
    /// - `TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA`
    /// - `TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA`
    /// - `TLS_DHE_RSA_WITH_AES_128_CBC_SHA256`
    /// - `TLS_DHE_RSA_WITH_AES_256_CBC_SHA256`
    /// - `TLS_DHE_RSA_WITH_AES_128_CBC_SHA`
    /// - `TLS_DHE_RSA_WITH_AES_256_CBC_SHA`
    case legacy

    /// The suites, in the order in which the engine prefers them.
    public var cipherSuites: [CipherSuite] {
      switch self {
      case .modern: Self.modernSuites
      case .intermediate: Self.intermediateSuites
      case .legacy: Self.legacySuites
      }
    }

    private static let modernSuites = CipherSuiteTable.modern.map(\.suite)
    private static let intermediateSuites =
      modernSuites + CipherSuiteTable.addedByIntermediate.map(\.suite)
    private static let legacySuites =
      intermediateSuites + CipherSuiteTable.addedByLegacy.map(\.suite)

    /// The name, such as `modern`.
    public var description: String { rawValue }
  }
}

extension [CipherSuite] {
  /// The suites of ``CipherSuite/Preset/modern``.
  public static var modern: [CipherSuite] { CipherSuite.Preset.modern.cipherSuites }

  /// The suites of ``CipherSuite/Preset/intermediate``.
  public static var intermediate: [CipherSuite] { CipherSuite.Preset.intermediate.cipherSuites }

  /// The suites of ``CipherSuite/Preset/legacy``.
  public static var legacy: [CipherSuite] { CipherSuite.Preset.legacy.cipherSuites }
}
