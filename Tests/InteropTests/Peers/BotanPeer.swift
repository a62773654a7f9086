import TLSEngine

/// Botan 2.19: `botan tls_server` and `botan tls_client`.
///
/// - A policy file switches everything on. Its words are Botan's own: a suite is on when its key
///   exchange, signature method, cipher and MAC are; groups of RFC 7919 are `ffdhe/ietf/2048` and go
///   through supported_groups.
/// - The server has one certificate, sends back every line, answers any ALPN with `echo/0.1`, and
///   serves one connection after the other.
/// - The client sends server_name, checks the name and keeps sessions only for a host that is a name
///   and not an address: `localhost`. Sessions it keeps in a database, for the next run, and offers the
///   ticket where it has one. It asks for a stapled response always. It prints how it likes the
///   certificate and goes on anyway; of a session that is resumed it prints nothing like that. What it
///   prints stays in a buffer until it ends.
struct BotanPeer: InteropPeer {
  let name = "Botan"
  let serverProgram = "tls_server"
  let clientProgram: String? = "tls_client"

  private static let policy = """
    allow_tls10 = false
    allow_tls11 = false
    allow_tls12 = true
    ciphers = AES-128/GCM AES-256/GCM ChaCha20Poly1305 AES-128/CCM AES-256/CCM \
    AES-128/CCM(8) AES-256/CCM(8) AES-128 AES-256
    macs = AEAD SHA-1 SHA-256 SHA-384
    signature_hashes = SHA-256 SHA-384 SHA-512
    signature_methods = ECDSA RSA IMPLICIT
    key_exchange_methods = ECDH DH ECDHE_PSK
    key_exchange_groups = x25519 secp256r1 secp384r1 secp521r1 ffdhe/ietf/2048 \
    ffdhe/ietf/3072 ffdhe/ietf/4096 ffdhe/ietf/6144 ffdhe/ietf/8192

    """

  func lack(_ feature: Feature, as role: PeerRole) -> Lack? {
    switch feature {
    case .suite(let suite) where SuiteName(suite).isPSK:
      Lack("botan 2.19's command has no option for a pre-shared key")
    case .group(let group) where group.description == "X448": Lack("Botan 2.19 has no X448")
    case .group(.ffdhe6144) where role == .client, .group(.ffdhe8192) where role == .client:
      Lack(
        tooSlow: "not tried: tls_client takes half a minute over ffdhe8192, with s_server too")
    case .signature(.ed25519): Lack("Botan 2.19 has no Ed25519 in TLS")
    case .nextProtocol: Lack("Botan 2 has no NPN")
    case .certificateStatus where role == .server: Lack("tls_server has no option for a response")
    case .certificateTimestamps: Lack("Botan has no signed_certificate_timestamp")
    case .maximumFragmentLength: Lack("Botan 2.19 has no max_fragment_length")
    case .recordSizeLimit: Lack("Botan 2.19 has no record_size_limit")
    case .resumptionByTicket where role == .server: Lack("tls_server has no key for tickets")
    case .clientCertificate:
      Lack("botan 2.19's commands neither ask for a client certificate nor have one")
    case .exporter: Lack("botan 2.19's commands print no keying material")
    case .fallbackSignal where role == .client: Lack("tls_client sends it only below TLS 1.2")
    case .serverName where role == .server:
      Lack("tls_server has one certificate and says nothing of the name")
    default: nil
    }
  }

  func server(for feature: Feature, _ authority: Authority) throws -> Launch {
    Launch(
      program: "botan", package: "botan",
      arguments: [
        "tls_server", "\(feature.identity).pem", "\(feature.identity).key", "--port={port}",
        "--policy={file}",
      ], talk: .echo, file: Self.policy, applicationProtocol: "echo/0.1")
  }

  func client(for feature: Feature, _ authority: Authority) throws -> Launch {
    var launch = Launch(
      program: "botan", package: "botan",
      arguments: [
        "tls_client", "localhost", "--port={port}", "--trusted-cas=ca.pem",
        "--skip-system-cert-store", "--policy={file}",
      ], file: Self.policy, listensAfter: "Handshake complete",
      evidence: "Certificate validation status: Verified", serverName: "localhost")
    switch feature {
    case .applicationProtocol:
      launch.arguments.append("--next-protocols=http/1.1")
      launch.evidence = "Server choose protocol: http/1.1"
    case .certificateStatus: launch.evidence = "Valid OCSP response for this server"
    case .resumptionByID, .resumptionByTicket:
      launch.arguments += ["--session-db={folder}/botan-{port}.sessions", "--session-db-pass=x"]
      launch.argumentsToResume = launch.arguments
      launch.evidence = "Session ID"
    default: break
    }
    return launch.printingByLine()
  }
}
