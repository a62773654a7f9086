import TLSCrypto

/// GREASE (RFC 8701): values that mean nothing, offered so that servers stay used to values that
/// they do not know.
///
/// It takes no code to refuse a server that chooses one (RFC 8701 section 3.1): the engine knows no
/// meaning for them, and what it does not know was not offered. Nor does it take any to ignore
/// those of a client (section 3.2).
enum GREASE {
  /// Whether a number of two bytes is one of the sixteen reserved ones: 0x0a0a, 0x1a1a, …, 0xfafa.
  static func isReserved(_ value: UInt16) -> Bool {
    value & 0x0f0f == 0x0a0a && value >> 8 == value & 0xff
  }

  /// What one ClientHello says in each of its lists.
  struct Values: Sendable, Equatable {
    let cipherSuite: CipherSuite
    let group: NamedGroup
    let signatureScheme: SignatureScheme
    let applicationProtocol: String

    /// Two extensions, the hello's first and its last, one without content and one with a byte of it:
    /// RFC 8701 section 3.1 wants them to vary. Their types differ, since none comes twice.
    let firstExtension: RawExtension
    let lastExtension: RawExtension

    /// Draws new ones.
    init(from source: inout any RandomSource) {
      cipherSuite = CipherSuite(rawValue: Self.draw(&source))
      group = NamedGroup(rawValue: Self.draw(&source))
      signatureScheme = SignatureScheme(rawValue: Self.draw(&source))
      // Protocol names are text here, so it is one of the eight that are ASCII.
      let letter = UInt8(truncatingIfNeeded: Self.draw(&source)) & 0x7f
      applicationProtocol = String(decoding: [letter, letter], as: UTF8.self)
      let first = Self.draw(&source)
      let last = Self.draw(&source)
      firstExtension = RawExtension(type: ExtensionType(rawValue: first), body: [])
      lastExtension = RawExtension(
        type: ExtensionType(rawValue: first == last ? last ^ 0x1010 : last), body: [0])
    }

    private static func draw(_ source: inout any RandomSource) -> UInt16 {
      let byte = UInt16(source.bytes(1).first ?? 0) & 0xf0 | 0x0a
      return byte << 8 | byte
    }
  }
}
