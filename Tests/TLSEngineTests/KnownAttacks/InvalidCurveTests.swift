import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// Invalid curve attacks (Biehl, Meyer, Müller 2000; Jager, Schwenk, Somorovsky, "Practical Invalid Curve
  /// Attacks on TLS-ECDH", 2015): a point that is not on the curve lies on another one, of small order, and
  /// the shared secret tells the victim's key modulo that order. Here such keys are illegal_parameter
  /// (RFC 8422 section 5.11), before anything is computed from them that could be of use.
  @Suite("Points that are not on the curve")
  struct InvalidCurveTests {
    /// A key that is none, and why.
    struct Case: Sendable, CustomTestStringConvertible {
      let group: NamedGroup
      let point: [UInt8]
      let sentence: String

      init(_ group: NamedGroup, _ point: [UInt8], _ sentence: String) {
        self.group = group
        self.point = point
        self.sentence = sentence
      }

      var testDescription: String { "\(group): \(sentence)" }
    }

    /// The X coordinate of P-256's base point (SP 800-186 section 3.2.1.3).
    private static let x: [UInt8] = [
      0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40,
      0xf2,
      0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2,
      0x96,
    ]

    /// Its Y coordinate.
    private static let y: [UInt8] = [
      0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e,
      0x16,
      0x2b, 0xce, 0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51,
      0xf5,
    ]

    private static let zeros = [UInt8](repeating: 0, count: 32)

    /// On every curve of NIST's, so many bytes a coordinate.
    private static func cases(
      _ group: NamedGroup, _ name: String, _ byteCount: Int
    ) -> [Case] {
      let zeros = [UInt8](repeating: 0, count: byteCount)
      let two = zeros.dropLast() + [2]
      let length = "a point of \(name) has \(2 * byteCount + 1) bytes, not"
      return [
        // Of order two on the curve with the same a and p and another b, since y is 0: the attack itself.
        Case(group, [4] + two + zeros, "a point does not lie on \(name)"),
        Case(group, [4] + zeros + zeros, "a point does not lie on \(name)"),
        Case(
          group, [4] + [UInt8](repeating: 0xff, count: 2 * byteCount),
          "a point of \(name) has a coordinate outside the field"),
        // The point at infinity, in a byte and in as many as any other (SEC 1 section 2.3.3).
        Case(group, [0], "\(length) 1"),
        Case(group, [0] + zeros + zeros, "a point of \(name) is of format 0, not 4"),
        // Compressed and hybrid.
        Case(group, [2] + two, "\(length) \(byteCount + 1)"),
        Case(group, [3] + two, "\(length) \(byteCount + 1)"),
        Case(group, [6] + two + zeros, "a point of \(name) is of format 6, not 4"),
        Case(group, [7] + two + zeros, "a point of \(name) is of format 7, not 4"),
      ]
    }

    private static let cases: [Case] =
      [
        Case(
          .x25519, Array(zeros.dropLast()), "a public key of X25519 has 32 bytes, not 31"),
        Case(.x25519, x + [9], "a public key of X25519 has 32 bytes, not 33"),
        Case(.secp256r1, [4] + x + x, "a point does not lie on P-256"),
        Case(.secp256r1, [4] + zeros + zeros, "a point does not lie on P-256"),
        Case(
          .secp256r1, [4] + [UInt8](repeating: 0xff, count: 32) + y,
          "a point of P-256 has a coordinate outside the field"),
        Case(.secp256r1, [4] + x, "a point of P-256 has 65 bytes, not 33"),
        Case(.secp256r1, [3] + x, "a point of P-256 has 65 bytes, not 33"),
        Case(.secp256r1, [4] + x + y + [0], "a point of P-256 has 65 bytes, not 66"),
        // The hybrid form of X9.62, and the point at infinity.
        Case(.secp256r1, [7] + x + y, "a point of P-256 is of format 7, not 4"),
        Case(.secp256r1, [0], "a point of P-256 has 65 bytes, not 1"),
        Case(
          .secp384r1, [4] + [UInt8](repeating: 1, count: 96), "a point does not lie on P-384"),
        Case(
          .secp521r1, [4] + [UInt8](repeating: 1, count: 132), "a point does not lie on P-521"),
        Case(.secp521r1, [4] + zeros, "a point of P-521 has 133 bytes, not 33"),
        Case(.x448, zeros, "a public key of X448 has 56 bytes, not 32"),
      ] + cases(.secp256r1, "P-256", 32) + cases(.secp384r1, "P-384", 48)
      + cases(.secp521r1, "P-521", 66)

    @Test("A server's, signed as it should be", arguments: cases)
    func ofServer(_ wrong: Case) throws {
      try expectClientRefuses(
        with: .illegalParameter, saying: "the arithmetic failed: \(wrong.sentence)",
        in: wrong.group,
        offering: try TestIdentities.client { $0.supportedGroups = NamedGroup.supported }
      ) { $0.point = wrong.point }
    }

    @Test("A client's", arguments: cases)
    func ofClient(_ wrong: Case) throws {
      let peer = try HandDrivenClient { $0.supportedGroups = NamedGroup.supported }
      var server = try TestIdentities.server { $0.supportedGroups = [wrong.group] }
      _ = try server.receive(peer.helloRecord)
      _ = server.takeOutgoing()
      expectRefused(
        &server, receiving: WireRecord.handshake(wrong.point.vector(1).message(16)).bytes,
        with: .illegalParameter, saying: "the arithmetic failed: \(wrong.sentence)")
    }

    @Test("The base point itself is a good key, so that the cases above fail for what they say")
    func basePoint() throws {
      let peer = try HandDrivenClient()
      var server = try TestIdentities.server { $0.supportedGroups = [.secp256r1] }
      _ = try server.receive(peer.helloRecord)
      let key = ([4] + Self.x + Self.y).vector(1).message(16)
      #expect(try server.receive(WireRecord.handshake(key).bytes).isEmpty)
      #expect(server.failure == nil)
    }

    @Test("No key at all is decode_error, on either side")
    func empty() throws {
      try expectClientRefuses(
        with: .decodeError, saying: "point is 0 bytes long, and must be 1 to 255"
      ) { $0.point = [] }
      let peer = try HandDrivenClient()
      var server = try TestIdentities.server()
      _ = try server.receive(peer.helloRecord)
      _ = server.takeOutgoing()
      expectRefused(
        &server, receiving: WireRecord.handshake([UInt8]([0]).message(16)).bytes,
        with: .decodeError, saying: "ecdh_Yc is 0 bytes long, and must be 1 to 255")
    }
  }
}
