import Foundation
import TLSEngine

/// NSS 3.87: `selfserv` and `tstclnt` of libnss3-tools.
///
/// - Certificates and keys lie in a database of NSS's own, which `certutil` makes and `pk12util`
///   fills. `selfserv` takes the RSA certificate by `-n` and the ECDSA one by `-e`.
/// - Suites: `-c` and their numbers, each after a colon. `selfserv` ends at once at a number that NSS
///   does not know.
/// - `-G` switches extended_master_secret on, `-H 1` DHE in the server; `-I` and `-J` name groups and
///   signature schemes. The groups of RFC 7919 go through supported_groups.
/// - `selfserv` answers a request of HTTP with the request itself, and goes on to the next connection.
/// - server_name: `-a` takes a name that is also a certificate's nickname. A client that asks for
///   another name then gets an alert.
/// - `selfserv` staples only where the key is RSA's: it makes the response itself, with the key of the
///   authority that `-A` names, and signs it with SHA-1. Client certificates: `-r -r` demands one.
/// - record_size_limit is always offered and answered, and says 16384.
/// - `tstclnt` sends what is typed and prints what comes. It does not notice that a pipe on its input
///   has ended, and so goes on until it is stopped. With `-L 2` it comes back to resume, by a ticket
///   with `-u` and by the id without; together with `-c` it crashes then.
/// - Exported keying material stays in a buffer until the end.
struct NSSPeer: InteropPeer {
  let name = "NSS"
  let serverProgram = "selfserv"
  let clientProgram: String? = "tstclnt"

  func lack(_ feature: Feature, as role: PeerRole) -> Lack? {
    switch feature {
    case .suite(let suite): Self.lack(SuiteName(suite))
    case .group(let group) where group.description == "X448": Lack("NSS 3.87 has no X448")
    case .signature(.ed25519): Lack("NSS 3.87 has no Ed25519: pk12util refuses the key")
    case .nextProtocol: Lack("NSS 3.87 offers no NPN")
    case .certificateTimestamps where role == .server: Lack("selfserv sends no SCTs")
    case .maximumFragmentLength: Lack("NSS has no max_fragment_length")
    case .encryptThenMAC: Lack("NSS has no encrypt_then_mac")
    case .clientCertificate(.ed25519): Lack("NSS 3.87 has no Ed25519: pk12util refuses the key")
    case .applicationProtocol where role == .client: Lack("tstclnt has no option for it")
    default: nil
    }
  }

  private static func lack(_ suite: SuiteName) -> Lack? {
    if suite.isCCM { return Lack("NSS has no AES-CCM suites") }
    if suite.isPSK { return Lack("NSS has pre-shared keys in TLS 1.3 only") }
    return nil
  }

  private static let usual = [
    "-d", "sql:nssdb", "-V", "tls1.2:tls1.2", "-G", "-I",
    "x25519,P256,P384,P521,FF2048,FF3072,FF4096,FF6144,FF8192",
  ]

  private static let suites = [
    "-c",
    CipherSuite.supported.filter { lack(SuiteName($0)) == nil }
      .map { String(format: ":%04X", $0.rawValue) }.joined(),
  ]

  func server(for feature: Feature, _ authority: Authority) throws -> Launch {
    try Self.database(of: authority)
    let ecdsa = feature.identity == .rsa || feature.identity == .ed25519 ? .ecdsa : feature.identity
    var launch = Launch(
      program: "selfserv", package: "libnss3-tools",
      arguments: ["-p", "{port}", "-n", Self.nickname(of: .rsa), "-H", "1"] + Self.usual
        + Self.suites,
      talk: .requestEcho)
    // With both keys our client would like ECDSA better.
    if feature != .certificateStatus { launch.arguments += ["-e", Self.nickname(of: ecdsa)] }
    switch feature {
    case .serverName:
      launch.arguments += ["-v", "-a", launch.serverName]
      launch.evidence = "Negotiated server name: \(launch.serverName)"
    case .applicationProtocol: launch.arguments.append("-Q")
    case .certificateStatus:
      launch.arguments += ["-T", "good", "-A", "ca"]
      launch.staplesWithSHA1 = true
    case .clientCertificate(let kind):
      launch.arguments += ["-v", "-r", "-r"]
      launch.evidence = "subject DN: CN=\(kind) leaf"
    case .exporter:
      launch.arguments += ["-x", Feature.exporterLabel + ":32"]
      launch = launch.printingByLine()
    case .resumptionByTicket: launch.arguments.append("-u")
    default: break
    }
    return launch
  }

  func client(for feature: Feature, _ authority: Authority) throws -> Launch {
    try Self.database(of: authority)
    var launch = Launch(
      program: "tstclnt", package: "libnss3-tools",
      arguments: ["-h", "127.0.0.1", "-p", "{port}", "-a", "example.com"] + Self.usual,
      endsByItself: false)
    if !feature.isResumption { launch.arguments += Self.suites }
    switch feature {
    case .certificateStatus:
      launch.arguments.append("-T")
      launch.evidence = "Received 1 Cert Status items"
    case .certificateTimestamps:
      launch.arguments.append("-U")
      launch.evidence = "Received a Signed Certificate Timestamp of length"
    case .clientCertificate(let kind): launch.arguments += ["-n", Self.nickname(of: kind)]
    case .exporter:
      launch.arguments += ["-x", Feature.exporterLabel + ":32"]
      launch = launch.printingByLine()
    case .fallbackSignal: launch.arguments.append("-K")
    case .resumptionByID, .resumptionByTicket:
      launch.arguments += ["-L", "2", "-A", "{folder}/page"]
      launch.talk = .sendsPage
      launch.evidence = "1 cache hits"
      if feature == .resumptionByTicket {
        launch.arguments.append("-u")
        launch.evidence = "1 stateless resumes"
      }
      launch.endsByItself = true
    default: break
    }
    return launch
  }

  /// Makes the database, once.
  private static func database(of authority: Authority) throws {
    _ = try made.get()
  }

  private static let made = Result {
    let authority = try Authority.shared.get()
    let package = "libnss3-tools"
    try FileManager.default.createDirectory(
      at: authority.file("nssdb"), withIntermediateDirectories: true)
    try authority.run("certutil", package: package, ["-N", "-d", "sql:nssdb", "--empty-password"])
    try authority.run(
      "certutil", package: package,
      ["-A", "-d", "sql:nssdb", "-n", "ca", "-t", "CT,C,C", "-i", "ca.pem"])
    // The authority's key too: selfserv signs OCSP responses with it.
    try add("ca", nickname: "ca", authority)
    for kind in Authority.Kind.allCases where kind != .ed25519 {
      try add("\(kind)", nickname: nickname(of: kind), authority)
    }
  }

  private static func add(_ name: String, nickname: String, _ authority: Authority) throws {
    try authority.openssl([
      "pkcs12", "-export", "-in", "\(name).pem", "-inkey", "\(name).key", "-name", nickname,
      "-passout", "pass:", "-out", "\(name).p12",
    ])
    try authority.run(
      "pk12util", package: "libnss3-tools", ["-i", "\(name).p12", "-d", "sql:nssdb", "-W", ""])
  }

  /// Under which name a leaf lies in the database. One has the name that clients ask for.
  private static func nickname(of kind: Authority.Kind) -> String {
    kind == .rsa ? "example.com" : "\(kind)"
  }
}
