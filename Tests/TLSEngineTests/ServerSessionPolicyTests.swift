import TLSCertificates
import Testing

@testable import TLSEngine

/// The digest of a server's policy is made once for a configuration, as a client's is.
@Suite("What a server's session may not cross")
struct ServerSessionPolicyTests {
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: @Sendable (inout ServerConfiguration) -> Void
  }

  static let changes = [
    Change(testDescription: "the context") { $0.sessionContext = [1] },
    Change(testDescription: "whether a certificate is demanded") {
      $0.clientAuthentication = .required
    },
    Change(testDescription: "who judges") { $0.clientVerification = .ask },
  ]

  private func policy(_ configuration: ServerConfiguration) throws -> [UInt8] {
    try ServerSetup(configuration).sessionPolicy
  }

  @Test(
    "A change is another policy, and the copy that was not changed has the old one",
    arguments: changes)
  func changed(_ change: Change) throws {
    var configuration = ServerConfiguration(identities: [try TestIdentities.identity(.p256)])
    configuration.clientAuthentication = .requested
    let before = try policy(configuration)
    var other = configuration
    change.make(&other)
    #expect(try policy(other) != before)
    #expect(try policy(configuration) == before)
    // What has no part in it leaves it alone.
    configuration.cipherSuites = .legacy
    #expect(try policy(configuration) == before)
  }
}
