import TLSEngine

/// One row of the matrix: one thing that a stack can show together with ours.
///
/// To add a feature: a case, its place in ``all``, what it asks of our configurations and of the
/// result (Feature+Engine.swift), and its flags or its lack in each peer's file.
enum Feature: Hashable, Sendable {
  /// The suite, whatever the group.
  case suite(CipherSuite)

  /// The group, in a suite that RSA signs.
  case group(NamedGroup)

  /// The server's signature.
  case signature(SignatureScheme)

  /// server_name (RFC 6066): the server sees it.
  case serverName

  /// ALPN (RFC 7301).
  case applicationProtocol

  /// extended_master_secret (RFC 7627), demanded.
  case extendedMasterSecret

  /// NPN (draft-agl-tls-nextprotoneg-04).
  case nextProtocol

  /// status_request (RFC 6066): a stapled OCSP response, which the client has read.
  case certificateStatus

  /// signed_certificate_timestamp (RFC 6962), from the server.
  case certificateTimestamps

  /// max_fragment_length (RFC 6066) of 1024 bytes, asked for by the client.
  case maximumFragmentLength

  /// record_size_limit (RFC 8449).
  case recordSizeLimit

  /// encrypt_then_mac (RFC 7366), with a CBC suite.
  case encryptThenMAC

  /// A session resumed by its id.
  case resumptionByID

  /// A session resumed by a ticket (RFC 5077).
  case resumptionByTicket

  /// A client certificate, demanded, with this kind of key.
  case clientCertificate(Authority.Kind)

  /// Keying material (RFC 5705) that both sides have, under ``exporterLabel``, 32 bytes of it.
  case exporter

  /// TLS_FALLBACK_SCSV (RFC 7507), from a client whose best version is the server's too.
  case fallbackSignal

  /// Every row, in the order of the printed matrix.
  static let all: [Feature] =
    CipherSuite.supported.map(Feature.suite) + NamedGroup.supported.map(Feature.group)
    + SignatureScheme.supported.map(Feature.signature)
    + [
      .serverName, .applicationProtocol, .nextProtocol, .extendedMasterSecret, .encryptThenMAC,
      .certificateStatus, .certificateTimestamps, .maximumFragmentLength, .recordSizeLimit,
      .resumptionByID, .resumptionByTicket, .exporter, .fallbackSignal,
    ] + Authority.Kind.allCases.map(Feature.clientCertificate)

  /// The label of ``exporter``.
  static let exporterLabel = "EXPORTER-interop"

  /// Whether a peer that is said to lack it can be asked all the same, and has to refuse.
  var isTriedWhereLacking: Bool {
    switch self {
    case .suite(let suite): !SuiteName(suite).isPSK
    case .group: true
    case .signature(let scheme): scheme != .ed25519
    default: false
    }
  }

  /// The key that the server has to have for it.
  var identity: Authority.Kind {
    switch self {
    case .suite(let suite) where SuiteName(suite).authentication == "ECDSA": .ecdsa
    case .signature(.ed25519): .ed25519
    case .signature(.ecdsaSecp256r1SHA256): .ecdsa
    case .signature(.ecdsaSecp384r1SHA384): .ecdsaP384
    case .signature(.ecdsaSecp521r1SHA512): .ecdsaP521
    // Some servers ask only for the kind of certificate that they have themselves.
    case .clientCertificate(let kind): kind == .rsa ? .rsa : .ecdsa
    default: .rsa
    }
  }
}

extension Feature: CustomStringConvertible {
  var description: String {
    switch self {
    case .suite(let suite): suite.description
    case .group(let group): group.description
    case .signature(let scheme): scheme.description
    case .serverName: "server_name"
    case .applicationProtocol: "ALPN"
    case .extendedMasterSecret: "extended_master_secret"
    case .nextProtocol: "NPN"
    case .certificateStatus: "status_request"
    case .certificateTimestamps: "signed_certificate_timestamp"
    case .maximumFragmentLength: "max_fragment_length"
    case .recordSizeLimit: "record_size_limit"
    case .encryptThenMAC: "encrypt_then_mac"
    case .resumptionByID: "resumption by id"
    case .resumptionByTicket: "resumption by ticket"
    case .clientCertificate(let kind): "client certificate, \(kind)"
    case .exporter: "exporter"
    case .fallbackSignal: "TLS_FALLBACK_SCSV"
    }
  }
}
