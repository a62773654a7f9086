import Testing

@testable import TLSEngine

/// The digest of a client's policy is made once for a configuration: what it is made of must not go unseen
/// when it changes afterwards.
@Suite("What a client's session may not cross")
struct ClientSessionPolicyTests {
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: @Sendable (inout ClientConfiguration) throws -> Void
  }

  static let changes = [
    Change(testDescription: "who judges") { $0.verification = .ask },
    Change(testDescription: "ALPN") { $0.applicationProtocols.append("h2") },
    Change(testDescription: "NPN") { $0.nextProtocols = ["h2"] },
    Change(testDescription: "an identity") {
      $0.identities = [try TestIdentities.identity(.p256)]
    },
    Change(testDescription: "who chooses an identity") { $0.identitySelection = .ask },
    Change(testDescription: "stapling") { $0.requestsCertificateStatus.toggle() },
    Change(testDescription: "the length of records") { $0.maximumFragmentLength = .bytes512 },
  ]

  @Test(
    "A change is another policy, and the copy that was not changed has the old one",
    arguments: changes)
  func changed(_ change: Change) throws {
    var configuration = ClientConfiguration()
    configuration.verification = .insecureWithoutAnyVerification
    let before = try ClientSessionPolicy.digest(configuration)
    var other = configuration
    try change.make(&other)
    #expect(try ClientSessionPolicy.digest(other) != before)
    #expect(try ClientSessionPolicy.digest(configuration) == before)
    // What has no part in it leaves it alone.
    configuration.session = nil
    configuration.cipherSuites = .legacy
    #expect(try ClientSessionPolicy.digest(configuration) == before)
  }
}
