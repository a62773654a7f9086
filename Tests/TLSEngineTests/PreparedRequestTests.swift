import Testing

@testable import TLSEngine

/// What clients are asked for is made once for a configuration, and for what that says now.
@Suite("The CertificateRequest that a configuration keeps")
struct PreparedRequestTests {
  private func request(_ configuration: ServerConfiguration) throws -> CertificateRequest? {
    try ServerSetup(configuration).certificateRequest
  }

  @Test("A configuration that is changed asks for what it says now, and its copies do not")
  func changes() throws {
    var configuration = ServerConfiguration(identities: [try TestIdentities.identity(.p256)])
    configuration.clientVerification = .roots(try TestIdentities.roots())
    #expect(try request(configuration) == nil)
    configuration.clientAuthentication = .requested
    let original = configuration
    for same in [original, configuration, original] {
      #expect(try request(same)?.certificateAuthorities.count == 1)
    }
    configuration.clientAuthorities = []
    #expect(try request(configuration)?.certificateAuthorities.count == 0)
    configuration.clientAuthorities = nil
    #expect(try request(configuration)?.certificateAuthorities.count == 1)
    configuration.clientVerification = .ask
    #expect(try request(configuration)?.certificateAuthorities.count == 0)
    configuration.signatureSchemes = [.ed25519]
    #expect(try request(configuration)?.signatureSchemes == [.ed25519])
    #expect(try request(configuration)?.certificateTypes == [64])
    configuration.signatureSchemes.append(.rsaPKCS1SHA256)
    #expect(try request(configuration)?.certificateTypes == [1, 64])
    configuration.clientAuthentication = .none
    #expect(try request(configuration) == nil)
    #expect(try request(original)?.signatureSchemes == SignatureScheme.defaults)
    #expect(try request(original)?.certificateAuthorities.count == 1)
  }
}
