import TLSEngine

/// GnuTLS 3.7: `gnutls-serv` and `gnutls-cli`.
///
/// - A priority string switches everything on. The ciphers are named one by one: `+CIPHER-ALL` leaves
///   out those of the CCM_8 suites, and with it the client does not offer encrypt_then_mac.
/// - The groups of RFC 7919 go through supported_groups in both roles.
/// - What is typed into the client before its handshake is complete is lost.
/// - A server with a certificate offers no pre-shared keys unless `+ECDHE-PSK` is in its priorities
///   and `--pskpasswd` names a file of `identity:key`.
/// - `--recordsize` makes the client send max_fragment_length and record_size_limit, both; the server
///   answers either.
/// - `gnutls-cli --resume` comes back by itself, after the first connection has been used; with
///   `--noticket` by the session's id.
struct GnuTLSPeer: InteropPeer {
  let name = "GnuTLS"
  let serverProgram = "gnutls-serv"
  let clientProgram: String? = "gnutls-cli"

  private static let everything =
    "NONE:+VERS-TLS1.2:+CTYPE-X509:+COMP-NULL:+SIGN-ALL:+AES-128-GCM:+AES-256-GCM"
    + ":+CHACHA20-POLY1305:+AES-128-CCM:+AES-256-CCM:+AES-128-CCM-8:+AES-256-CCM-8:+AES-128-CBC"
    + ":+AES-256-CBC:+AEAD:+SHA1:+SHA256:+SHA384:+ECDHE-ECDSA:+ECDHE-RSA:+DHE-RSA:+GROUP-ALL"

  private static let exporting = [
    "--keymatexport", Feature.exporterLabel, "--keymatexportsize", "32",
  ]

  func lack(_ feature: Feature, as role: PeerRole) -> Lack? {
    switch feature {
    case .suite(let suite): Self.lack(SuiteName(suite), as: role)
    case .nextProtocol: Lack("GnuTLS 3.7 has no NPN")
    case .certificateTimestamps: Lack("gnutls-serv sends no SCTs and gnutls-cli asks for none")
    default: nil
    }
  }

  private static func lack(_ suite: SuiteName, as role: PeerRole) -> Lack? {
    guard suite.isPSK else { return nil }
    if suite.cipher.contains("GCM") || suite.isCCM {
      return Lack("GnuTLS has no suite of RFC 8442; of ECDHE_PSK AEAD only ChaCha20-Poly1305")
    }
    return role == .server
      ? nil
      : Lack("gnutls-cli 3.7.9 crashes with a pre-shared key, with s_server and its own server too")
  }

  func server(for feature: Feature, _ authority: Authority) throws -> Launch {
    var launch = Launch(
      program: "gnutls-serv", package: "gnutls-bin",
      arguments: ["--echo", "--port", "{port}"], talk: .echo)
    if case .suite(let suite) = feature, SuiteName(suite).isPSK {
      launch.arguments += ["--priority", Self.everything + ":+ECDHE-PSK", "--pskpasswd", "psk"]
      return launch
    }
    launch.arguments += [
      "--priority", Self.everything, "--x509certfile", "\(feature.identity).pem",
      "--x509keyfile", "\(feature.identity).key",
    ]
    if case .clientCertificate = feature {
      launch.arguments += [
        "--require-client-cert", "--verify-client-cert", "--x509cafile", "ca.pem",
      ]
    } else {
      launch.arguments.append("--disable-client-cert")
    }
    switch feature {
    case .serverName:
      launch.arguments += ["--sni-hostname", launch.serverName]
      launch.evidence = "Given server name[1]: \(launch.serverName)"
    case .applicationProtocol:
      launch.arguments += ["--alpn", "http/1.1"]
      launch.evidence = "Application protocol: http/1.1"
    case .certificateStatus:
      launch.arguments += [
        "--ocsp-response", try authority.statusResponse(for: feature.identity),
        "--ignore-ocsp-response-errors",
      ]
    case .exporter: launch.arguments += Self.exporting
    case .resumptionByID: launch.arguments.append("--noticket")
    default: break
    }
    return launch
  }

  func client(for feature: Feature, _ authority: Authority) throws -> Launch {
    var launch = Launch(
      program: "gnutls-cli", package: "gnutls-bin",
      arguments: [
        "--port", "{port}", "--x509cafile", "ca.pem", "--sni-hostname", "example.com",
        "--verify-hostname", "example.com", "--priority",
        feature == .fallbackSignal ? Self.everything + ":%FALLBACK_SCSV" : Self.everything,
      ], listensAfter: "Handshake was completed", evidence: evidence(of: feature))
    switch feature {
    case .applicationProtocol: launch.arguments += ["--alpn", "http/1.1"]
    case .maximumFragmentLength, .recordSizeLimit: launch.arguments += ["--recordsize", "1024"]
    case .clientCertificate(let kind):
      launch.arguments += ["--x509certfile", "\(kind).pem", "--x509keyfile", "\(kind).key"]
    case .exporter: launch.arguments += Self.exporting
    case .resumptionByID: launch.arguments += ["--resume", "--noticket"]
    case .resumptionByTicket: launch.arguments.append("--resume")
    default: break
    }
    launch.arguments.append("127.0.0.1")
    return launch
  }

  private func evidence(of feature: Feature) -> String? {
    switch feature {
    case .applicationProtocol: "Application protocol: http/1.1"
    case .extendedMasterSecret: "Options: extended master secret"
    case .certificateStatus: "OCSP status request,"
    case .resumptionByID, .resumptionByTicket: "This is a resumed session"
    default: nil
    }
  }
}
