import TLSEngine

/// OpenSSL 3.0: `s_server` and `s_client`.
///
/// - The default security level leaves out small groups and SHA-1: `@SECLEVEL=0` brings them back.
/// - DHE: the server's group comes from a file (`-dhparam`), and the client takes what it gets. In
///   TLS 1.2 neither says or reads RFC 7919's groups in supported_groups.
/// - A server whose input ends goes away, so its standard input stays open. It serves one connection
///   after the other.
/// - With `-quiet` the server prints what it receives and nothing else: keying material, names and
///   client certificates it prints only without.
/// - The client knows SCTs only with a list of logs; `-serverinfo 18` prints the extension itself.
struct OpenSSLPeer: InteropPeer {
  let name = "OpenSSL"
  let serverProgram = "s_server"
  let clientProgram: String? = "s_client"

  private static let ciphers = "ALL:@SECLEVEL=0"
  private static let groups = "X25519:P-256:P-384:P-521:X448"
  private static let exporting = ["-keymatexport", Feature.exporterLabel, "-keymatexportlen", "32"]

  func lack(_ feature: Feature, as role: PeerRole) -> Lack? {
    switch feature {
    case .suite(let suite) where SuiteName(suite).isPSK && SuiteName(suite).cipher.contains("AES"):
      Lack("OpenSSL 3.0 has no suite of RFC 8442; of ECDHE_PSK AEAD only ChaCha20-Poly1305")
    case .recordSizeLimit: Lack("OpenSSL 3.0 has no record_size_limit")
    default: nil
    }
  }

  func server(for feature: Feature, _ authority: Authority) throws -> Launch {
    var launch = Launch(
      program: "openssl", package: "openssl",
      arguments: [
        "s_server", "-accept", "127.0.0.1:{port}", "-tls1_2", "-cipher", Self.ciphers, "-cert",
        "\(feature.identity).pem", "-key", "\(feature.identity).key",
      ])
    // Without -groups it has those that are on by default, and takes the client's favourite.
    launch.arguments += try addition(to: &launch, for: feature, authority)
    return launch
  }

  private func addition(
    to launch: inout Launch, for feature: Feature, _ authority: Authority
  ) throws -> [String] {
    switch feature {
    case .suite(let suite) where SuiteName(suite).isPSK:
      return ["-quiet", "-nocert"] + Self.preSharedKey
    case .group(let group) where group.isFiniteField:
      return ["-quiet", "-dhparam", try authority.parameters(of: group)]
    case .serverName:
      launch.presents = .ecdsa
      return [
        "-quiet", "-servername", launch.serverName, "-cert2", "ecdsa.pem", "-key2", "ecdsa.key",
      ]
    case .applicationProtocol: return ["-quiet", "-alpn", "http/1.1"]
    case .nextProtocol: return ["-quiet", "-nextprotoneg", "http/1.1"]
    case .certificateStatus:
      return ["-quiet", "-status_file", try authority.statusResponse(for: feature.identity)]
    case .certificateTimestamps:
      return ["-quiet", "-serverinfo", try authority.serverInformation()]
    case .clientCertificate(let kind):
      launch.evidence = "subject=CN = \(kind) leaf"
      return ["-Verify", "1", "-CAfile", "ca.pem", "-verify_return_error"]
    case .exporter: return Self.exporting
    case .resumptionByID: return ["-quiet", "-no_ticket"]
    default: return ["-quiet", "-groups", Self.groups]
    }
  }

  func client(for feature: Feature, _ authority: Authority) throws -> Launch {
    var launch = Launch(
      program: "openssl", package: "openssl",
      arguments: [
        "s_client", "-connect", "127.0.0.1:{port}", "-tls1_2", "-cipher", Self.ciphers, "-CAfile",
        "ca.pem", "-verify_return_error", "-verify_hostname", "example.com", "-servername",
        "example.com", "-groups", Self.groups,
      ])
    launch.evidence = evidence(of: feature)
    let common = launch.arguments
    launch.arguments += arguments(for: feature)
    switch feature {
    case .resumptionByID:
      launch.arguments += ["-no_ticket", "-sess_out", "{folder}/openssl-{port}.session"]
      launch.argumentsToResume =
        common + ["-no_ticket", "-sess_in", "{folder}/openssl-{port}.session"]
    case .resumptionByTicket:
      launch.arguments += ["-sess_out", "{folder}/openssl-{port}.session"]
      launch.argumentsToResume = common + ["-sess_in", "{folder}/openssl-{port}.session"]
    default: break
    }
    return launch
  }

  private func arguments(for feature: Feature) -> [String] {
    switch feature {
    case .suite(let suite) where SuiteName(suite).isPSK: Self.preSharedKey
    case .applicationProtocol: ["-alpn", "http/1.1"]
    case .nextProtocol: ["-nextprotoneg", "http/1.1"]
    case .certificateStatus: ["-status"]
    case .certificateTimestamps: ["-serverinfo", "18"]
    case .maximumFragmentLength: ["-maxfraglen", "1024"]
    case .clientCertificate(let kind): ["-cert", "\(kind).pem", "-key", "\(kind).key"]
    case .exporter: Self.exporting
    case .fallbackSignal: ["-fallback_scsv"]
    default: []
    }
  }

  private func evidence(of feature: Feature) -> String? {
    switch feature {
    case .applicationProtocol: "ALPN protocol: http/1.1"
    case .extendedMasterSecret: "Extended master secret: yes"
    case .nextProtocol: "Next protocol: (1) http/1.1"
    case .certificateStatus: "OCSP Response Status: successful"
    case .certificateTimestamps: "SERVERINFO FOR EXTENSION 18"
    default: nil
    }
  }

  private static let preSharedKey = [
    "-psk", Authority.preSharedKey.key, "-psk_identity", Authority.preSharedKey.identity,
  ]
}
