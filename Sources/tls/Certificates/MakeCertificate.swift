import ArgumentParser
import TLSCertificates
import TLSCrypto

/// `tls certificate make`.
struct MakeCertificate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Make an authority and certificates for development.",
    discussion: """
      'tls certificate make localhost 127.0.0.1' writes localhost.pem and localhost.key, issued by the \
      authority in ca.pem and ca.key. The authority is made if it is not there, and used if it is: \
      clients that trust ca.pem once accept all that comes after. Without names only the authority \
      is made.

      The first file gets the certificate, with those of --intermediate behind it, and the second \
      its private key: PKCS#8 in PEM, for nobody else to read. No file is replaced without --force, \
      and those of an authority never are.

      Whoever has ca.key can be any server to those who trust ca.pem: keep it to yourself, and use \
      it for development alone.
      """)

  @Argument(
    help: ArgumentHelp(
      "DNS names, perhaps with '*.' in front, and IP addresses that the certificate is for.",
      valueName: "name"))
  var names: [String] = []

  @Option(
    help: ArgumentHelp(
      "The authority's certificate and key; ca.pem,ca.key if not given.",
      valueName: "cert.pem,key.pem"))
  var ca: String?

  @Option(help: "The name of an authority that is made.")
  var caName = "Development CA"

  @Option(
    help: ArgumentHelp(
      "The files to write; called by the first name if not given.",
      valueName: "cert.pem,key.pem"))
  var out: String?

  @Option(help: "The directory of the files that are not named by an option.")
  var directory: String?

  @Option(help: "The sort of every key that is made.")
  var key = KeySort.p256

  @Option(help: "For how many days; 90 if not given, and 3650 for an authority.")
  var days: Int?

  @Option(
    help: ArgumentHelp(
      "The first second of it (RFC 3339), such as 2026-01-01T00:00:00Z; an hour ago if not given.",
      valueName: "time"))
  var notBefore: String?

  @Flag(help: "Make a certificate that expired yesterday, for tests.")
  var expired = false

  @Flag(help: "Make it for a client, and not for a server.")
  var client = false

  @Flag(help: "Say in it that it must come with an OCSP response (RFC 7633).")
  var mustStaple = false

  @Flag(
    help:
      "Put an intermediate authority between: intermediate.pem, made if it is not there, like the other."
  )
  var intermediate = false

  @Flag(help: "Replace the certificate and the key that are there.")
  var force = false

  func validate() throws {
    guard days.map((1...36_500).contains) ?? true else {
      throw ValidationError("--days is 1 to 36500.")
    }
    guard !expired || notBefore == nil else {
      throw ValidationError("Give --expired or --not-before, not both.")
    }
    guard !names.isEmpty || (out == nil && !client && !mustStaple && !expired && !force) else {
      throw ValidationError(
        "Give a name: --out, --client, --must-staple, --expired and --force are about its certificate."
      )
    }
  }

  func run() throws {
    try Failure.reporting {
      let now = SystemTimeSource().now()
      let usual = FilePair("ca", in: directory ?? "")
      let authority = try ca.map { try FilePair($0, "an authority") } ?? usual
      let below = FilePair("intermediate", in: directory ?? "")
      // Before anything is made: an authority without a leaf is not what was asked for.
      if intermediate { try check(below, under: authority) }
      let wanted = names.isEmpty ? nil : try request()
      try wanted?.check(now: now)
      try wanted?.checkFiles(besides: [authority, usual, below])
      var workshop = Workshop(directory: directory ?? "", key: key, now: now)
      let root = try workshop.authority(
        in: authority, named: caName, days: names.isEmpty ? days ?? 3650 : 3650)
      var issuers = [root]
      if intermediate {
        issuers.insert(try workshop.intermediate(in: below, under: root), at: 0)
      }
      if let wanted { try workshop.leaf(wanted, from: issuers) }
    }
  }

  private func check(_ below: FilePair, under authority: FilePair) throws {
    if let path = below.path(sharedWith: authority) {
      throw Failure(.usage, "\(path) is for the intermediate authority; give --ca other files")
    }
    if try below.exist(), try !authority.exist() {
      throw Failure(
        .usage,
        "\(below.certificate) is there, and \(authority.certificate), which issued it, is not")
    }
  }

  private func request() throws -> LeafRequest {
    // Names that no client would look for.
    for name in names {
      do {
        _ = try ServerName(name.hasPrefix("*.") ? String(name.dropFirst(2)) : name)
      } catch {
        throw Failure(.usage, "\(error)")
      }
    }
    return try uncheckedRequest()
  }

  private func uncheckedRequest() throws -> LeafRequest {
    LeafRequest(
      names: names,
      files: try out.map { try FilePair($0, "--out") }
        ?? FilePair(LeafRequest.fileName(of: names[0]), in: directory ?? ""),
      days: days ?? 90,
      notBefore: try notBefore.map(Timestamp.init(argument:)),
      isExpired: expired, isForClient: client, mustStaple: mustStaple, replacesFiles: force)
  }
}

/// The sorts of key that can be made.
enum KeySort: String, CaseIterable, ExpressibleByArgument {
  case p256
  case p384
  case p521
  case ed25519
  case rsa2048
  case rsa3072
  case rsa4096

  var generation: PrivateKey.Generation {
    switch self {
    case .p256: .ecdsa(.secp256r1)
    case .p384: .ecdsa(.secp384r1)
    case .p521: .ecdsa(.secp521r1)
    case .ed25519: .ed25519
    case .rsa2048: .rsa(bits: 2048)
    case .rsa3072: .rsa(bits: 3072)
    case .rsa4096: .rsa(bits: 4096)
    }
  }
}
