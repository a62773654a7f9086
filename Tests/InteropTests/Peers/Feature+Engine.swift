import Foundation
import TLSCrypto
import TLSEngine

/// What a feature asks of our side.
extension Feature {
  /// What was negotiated is not what the feature is about.
  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  /// Lets a client of ours offer the feature and nothing that could come instead.
  func configure(_ configuration: inout ClientConfiguration, _ authority: Authority) throws {
    configuration.supportedGroups = NamedGroup.supported
    configuration.cipherSuites = suites ?? configuration.cipherSuites
    switch self {
    case .suite(let suite) where SuiteName(suite).isPSK:
      configuration.preSharedKey = .keys([try Authority.key()])
    case .group(let group): configuration.supportedGroups = [group]
    case .signature(let scheme): configuration.signatureSchemes = [scheme]
    case .applicationProtocol:
      configuration.applicationProtocols = ["spdy/3", "http/1.1", "echo/0.1"]
    case .nextProtocol: configuration.nextProtocols = ["spdy/3", "http/1.1"]
    case .extendedMasterSecret: configuration.requiresExtendedMasterSecret = true
    case .maximumFragmentLength: configuration.maximumFragmentLength = .bytes1024
    case .recordSizeLimit: configuration.recordSizeLimit = 2_048
    case .resumptionByID: configuration.usesSessionTickets = false
    case .clientCertificate(let kind): configuration.identities = [try authority.identity(kind)]
    case .fallbackSignal: configuration.isFallback = true
    default: break
    }
  }

  /// Lets a server of ours accept the feature and nothing that could come instead.
  func configure(_ configuration: inout ServerConfiguration, _ authority: Authority) throws {
    configuration.supportedGroups = NamedGroup.supported
    configuration.cipherSuites = suites ?? configuration.cipherSuites
    switch self {
    case .suite(let suite) where SuiteName(suite).isPSK:
      configuration.preSharedKeys = .keys([try Authority.key()])
    case .group(let group): configuration.supportedGroups = [group]
    case .signature(let scheme): configuration.signatureSchemes = [scheme]
    case .applicationProtocol: configuration.applicationProtocols = ["spdy/3", "http/1.1"]
    case .nextProtocol: configuration.nextProtocols = ["spdy/3", "http/1.1"]
    case .extendedMasterSecret: configuration.requiresExtendedMasterSecret = true
    case .certificateStatus:
      let response = try authority.statusResponse(for: identity)
      configuration.identities[0].stapledStatus = [UInt8](
        try Data(contentsOf: authority.file(response)))
    case .certificateTimestamps:
      configuration.identities[0].signedCertificateTimestamps = [Authority.timestamp]
    case .maximumFragmentLength: configuration.acceptsMaximumFragmentLength = true
    case .recordSizeLimit: configuration.recordSizeLimit = 2_048
    case .resumptionByID: configuration.sessionStore = .cache(SessionCache())
    case .resumptionByTicket: configuration.ticketKeys = TicketKeys()
    case .clientCertificate:
      configuration.clientAuthentication = .required
      configuration.clientVerification = .roots(try authority.roots())
    default: break
    }
  }

  /// The suites that the feature is shown with, if they are not the usual ones.
  private var suites: [CipherSuite]? {
    switch self {
    case .suite(let suite): [suite]
    case .group(let group): Self.suites(for: group)
    // A peer may settle on the suite first and then find no signature for it.
    case .signature:
      CipherSuite.defaults.filter { (SuiteName($0).authentication == "RSA") == (identity == .rsa) }
    case .encryptThenMAC:
      CipherSuite.supported.filter { SuiteName($0).isCBC && SuiteName($0).exchange == "ECDHE" }
    default: nil
    }
  }

  /// The suites with RSA that use such a group: a finite field belongs to DHE, a curve to ECDHE.
  private static func suites(for group: NamedGroup) -> [CipherSuite] {
    CipherSuite.supported.filter {
      let name = SuiteName($0)
      return name.authentication == "RSA" && name.isDHE == group.isFiniteField
    }
  }
}

extension Authority {
  /// ``preSharedKey``, as our side has it.
  static func key() throws -> PreSharedKey {
    let digits = Array(preSharedKey.key)
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0...$0 + 1]), radix: 16)
    }
    return try PreSharedKey(identity: preSharedKey.identity, key: bytes.rawSpan)
  }
}
