import TLSCrypto
import TestSupport
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// Small subgroup confinement on Montgomery curves (Lim, Lee 1997; Bhargavan et al. and RFC 7748
  /// section 7, 2014 to 2016): a public key of small order makes the shared secret zero whatever the
  /// other key is, so that a man in the middle gives both sides a secret that he knows.
  @Suite("Points of small order")
  struct SmallOrderPointTests {
    /// Every number of 32 or 56 bytes that leads to zeros: those of order 1, 2, 4 and 8, and the same
    /// with the field's prime added, or the bit set that X25519 ignores (RFC 7748 section 5).
    struct Point: Sendable, CustomTestStringConvertible {
      let group: NamedGroup
      let key: String

      var testDescription: String { "\(group): \(key)" }
    }

    private static let ends = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"

    /// In hexadecimal, without the ignored bit.
    private static let x25519 = [
      String(repeating: "0", count: 64), "01" + String(repeating: "0", count: 62),
      "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
      "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
      "ec" + ends + "7f", "ed" + ends + "7f", "ee" + ends + "7f",
    ]

    private static let x448 = [
      String(repeating: "0", count: 112), "01" + String(repeating: "0", count: 110),
      "fe" + String(repeating: "f", count: 54) + "fe" + String(repeating: "f", count: 54),
      String(repeating: "f", count: 56) + "fe" + String(repeating: "f", count: 54),
      String(repeating: "0", count: 56) + String(repeating: "f", count: 56),
    ]

    private static let points: [Point] =
      x25519.map { Point(group: .x25519, key: $0) }
      + x25519.map { Point(group: .x25519, key: withIgnoredBit($0)) }
      + x448.map { Point(group: .x448, key: $0) }

    /// The same number to X25519, which leaves the highest bit out.
    private static func withIgnoredBit(_ key: String) -> String {
      let last = UInt8(key.suffix(2), radix: 16) ?? 0
      return key.dropLast(2) + [last | 0x80].hexadecimal
    }

    @Test("A server's is illegal_parameter, signed as it should be", arguments: points)
    func ofServer(_ point: Point) throws {
      let key = try hex(point.key)
      try expectClientRefuses(
        with: .illegalParameter,
        saying: "the arithmetic failed: a public key of \(point.group) is a point of small order",
        in: point.group,
        offering: try TestIdentities.client { $0.supportedGroups = NamedGroup.supported }
      ) { $0.point = key }
    }

    @Test("A client's is illegal_parameter", arguments: points)
    func ofClient(_ point: Point) throws {
      let key = try hex(point.key)
      let peer = try HandDrivenClient { $0.supportedGroups = NamedGroup.supported }
      var server = try TestIdentities.server { $0.supportedGroups = [point.group] }
      _ = try server.receive(peer.helloRecord)
      _ = server.takeOutgoing()
      expectRefused(
        &server, receiving: WireRecord.handshake(key.vector(1).message(16)).bytes,
        with: .illegalParameter,
        saying: "the arithmetic failed: a public key of \(point.group) is a point of small order")
    }

    @Test("The next number is a good key, so that the cases above fail for what they say")
    func neighbours() throws {
      for (group, count) in [(NamedGroup.x25519, 32), (.x448, 56)] {
        let peer = try HandDrivenClient { $0.supportedGroups = NamedGroup.supported }
        var server = try TestIdentities.server { $0.supportedGroups = [group] }
        _ = try server.receive(peer.helloRecord)
        let key = [2] + [UInt8](repeating: 0, count: count - 1)
        #expect(
          try server.receive(WireRecord.handshake(key.vector(1).message(16)).bytes).isEmpty)
        #expect(server.failure == nil, "\(group)")
      }
    }
  }
}
