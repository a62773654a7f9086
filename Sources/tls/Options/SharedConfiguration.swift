import TLSCrypto
import TLSEngine

/// What the configurations of both roles have by the same names, so that one option sets it in either.
protocol SharedConfiguration {
  var versions: ClosedRange<ProtocolVersion> { get set }
  var cipherSuites: [CipherSuite] { get set }
  var supportedGroups: [NamedGroup] { get set }
  var signatureSchemes: [SignatureScheme] { get set }
  var requiresExtendedMasterSecret: Bool { get set }
  var usesEncryptThenMAC: Bool { get set }
  var recordSizeLimit: Int? { get set }
  var applicationProtocols: [String] { get set }
  var nextProtocols: [String] { get set }
  var identities: [Identity] { get set }
  var limits: Limits { get set }
  var randomness: any RandomSource { get set }
  var time: any TimeSource { get set }
  var tracesHandshake: Bool { get set }
  var keyLog: (any KeyLog)? { get set }
}

extension ClientConfiguration: SharedConfiguration {}
extension ServerConfiguration: SharedConfiguration {}
