import Testing

@testable import TLSEngine

@Suite("Named groups")
struct NamedGroupTests {
  @Test("Each that is supported has the registry's number, a name and its arithmetic")
  func supported() {
    let expected: [(UInt16, String)] = [
      (29, "X25519"), (23, "P-256"), (24, "P-384"), (25, "P-521"), (30, "X448"),
      (256, "ffdhe2048"), (257, "ffdhe3072"), (258, "ffdhe4096"), (259, "ffdhe6144"),
      (260, "ffdhe8192"),
    ]
    #expect(NamedGroup.supported.map(\.rawValue) == expected.map(\.0))
    #expect(NamedGroup.supported.map(\.description) == expected.map(\.1))
    for group in NamedGroup.supported {
      #expect(group.keyAgreement.map { "\($0)" } == group.description)
    }
    #expect(NamedGroup.defaults == [.x25519, .secp256r1, .secp384r1])
  }

  @Test("Finite fields are 256 to 511, known or not (RFC 7919 section 2)")
  func finiteFields() {
    for number in UInt16.min...UInt16.max {
      let isFiniteField = number >> 8 == 1
      #expect(NamedGroup(rawValue: number).isFiniteField == isFiniteField)
    }
    #expect(NamedGroup(rawValue: 261).description == "0x0105")
    #expect(NamedGroup(rawValue: 261).keyAgreement == nil)
  }

  @Test("Suites with ECDHE take no finite field, from either side")
  func ellipticSuites() throws {
    var client = try TestIdentities.clientConfiguration()
    client.supportedGroups = [.ffdhe2048, .secp256r1]
    var server = ServerConfiguration(identities: [try TestIdentities.identity(.rsa)])
    server.supportedGroups = [.ffdhe2048, .secp256r1]
    for clientDecides in [false, true] {
      server.prefersClientOrder = clientDecides
      var loopback = try Loopback(client, server)
      try loopback.exchange()
      #expect(loopback.client.summary?.group == .secp256r1)
    }
    let offering = try TestIdentities.client {
      $0.supportedGroups = [.x25519, .ffdhe2048]
    }
    try expectClientRefuses(
      with: .illegalParameter,
      saying: "the server chose the group ffdhe2048, which was not offered",
      in: .ffdhe2048, offering: offering
    ) { $0.point = [2] }
  }
}
