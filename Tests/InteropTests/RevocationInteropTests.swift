import Foundation
import TLSCertificates
import TLSCrypto
import TLSEngine
import Testing

extension Interop {
  /// Responses that `openssl ocsp` made and `openssl s_server` staples, to a client of ours.
  @Suite("Revocation with OpenSSL", .serialized)
  struct Revocation {
    private let authority: Authority

    init() throws {
      authority = try Authority.shared.get()
    }

    /// What a client at a time makes of a server that staples a file.
    private func summary(
      stapling file: String?, at time: Timestamp,
      _ change: (inout RevocationPolicy) -> Void = { _ in }
    ) throws -> ConnectionSummary? {
      let port = try freePort()
      let peer = try Peer(
        "openssl", package: "openssl",
        [
          "s_server", "-quiet", "-accept", "127.0.0.1:\(port)", "-naccept", "1", "-tls1_2", "-cert",
          "ecdsa.pem", "-key", "ecdsa.key",
        ] + (file.map { ["-status_file", $0] } ?? []), in: authority.directory)
      defer { peer.stop() }
      let socket = try peer.connect(toPort: port)
      var verifier = ChainVerifier(roots: try authority.roots())
      change(&verifier.policy.revocation)
      var configuration = try authority.clientConfiguration()
      configuration.verification = .verifier(verifier)
      configuration.time = FixedTimeSource(time)
      configuration.keptPeerCertificates = .all
      var connection = try ClientConnection.connected(configuration, over: socket)
      let summary = connection.summary
      try connection.finish(over: socket)
      return summary
    }

    private func refusal(
      stapling file: String?, at time: Timestamp,
      _ change: (inout RevocationPolicy) -> Void = { _ in }
    ) throws -> TLSError? {
      do {
        _ = try summary(stapling: file, at: time, change)
        return nil
      } catch let error as TLSError {
        return error
      }
    }

    private static func now() -> Timestamp { SystemTimeSource().now() }

    @Test("A good response is accepted, and handed on as it came")
    func good() throws {
      let file = try authority.statusResponse(for: .ecdsa)
      let response = [UInt8](try Data(contentsOf: authority.file(file)))
      let summary = try summary(stapling: file, at: Self.now()) {
        $0.staplingChecking = .on(whenUnusable: .refuse, whenAbsent: .refuse)
      }
      #expect(summary?.stapledStatus == response)
      #expect(try OCSPResponse(der: response).basic?.responses.first?.status == .good)
    }

    @Test("A response that says revoked is certificate_revoked")
    func revoked() throws {
      let error = try refusal(
        stapling: try authority.revokedResponse(for: .ecdsa), at: Self.now())
      #expect(error?.alert == .certificateRevoked)
      #expect(
        "\(error.map { "\($0)" } ?? "")".contains(
          "was revoked at 2026-01-01T00:00:00Z (keyCompromise), says the stapled OCSP response"))
    }

    @Test("A response of last week is bad_certificate_status_response")
    func stale() throws {
      let file = try authority.statusResponse(for: .ecdsa)
      let error = try refusal(stapling: file, at: Self.now().adding(seconds: 8 * 86_400))
      #expect(error?.alert == .badCertificateStatusResponse)
      #expect("\(error.map { "\($0)" } ?? "")".contains("the response ended at "))
    }

    @Test("A response about another certificate is bad_certificate_status_response")
    func another() throws {
      let error = try refusal(stapling: try authority.statusResponse(for: .rsa), at: Self.now())
      #expect(error?.alert == .badCertificateStatusResponse)
    }

    @Test("No response is accepted, or refused where the policy says so")
    func absent() throws {
      #expect(try refusal(stapling: nil, at: Self.now()) == nil)
      let error = try refusal(stapling: nil, at: Self.now()) {
        $0.staplingChecking = .on(whenUnusable: .refuse, whenAbsent: .refuse)
      }
      #expect(error?.alert == .badCertificateStatusResponse)
    }
  }
}
