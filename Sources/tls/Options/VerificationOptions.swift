import ArgumentParser
import TLSCertificates
import TLSCrypto

/// How certificates are judged: the same for `verify`, `connect` and `serve`.
struct VerificationOptions: ParsableArguments {
  /// The rules that certificates must keep.
  enum Profile: String, CaseIterable, ExpressibleByArgument {
    case rfc5280
    case strict
    case baseline

    var value: ChainVerifier.Profile {
      switch self {
      case .rfc5280: .rfc5280
      case .strict: .strictRFC5280
      case .baseline: .baselineRequirements
      }
    }
  }

  /// Keys and signatures that are accepted.
  enum Algorithms: String, CaseIterable, ExpressibleByArgument {
    case strict
    case modern
    case intermediate
    case legacy

    var policy: AlgorithmPolicy {
      switch self {
      case .strict: .strict
      case .modern: .modern
      case .intermediate: .intermediate
      case .legacy: .legacy
      }
    }
  }

  /// Whose revocation is looked up.
  enum Scope: String, CaseIterable, ExpressibleByArgument {
    case leaf
    case chain
  }

  /// What happens where nothing is known.
  enum WhenUnknown: String, CaseIterable, ExpressibleByArgument {
    case accept
    case refuse
  }

  /// What an OCSP response must be like.
  enum OCSPCheck: String, CaseIterable, ExpressibleByArgument {
    case off
    case soft
    case good
    case hard
  }

  @Option(
    help: ArgumentHelp(
      "The rules: RFC 5280's for paths; strict, also those for certificates; baseline, the "
        + "CA/Browser Forum's Baseline Requirements on top of both."))
  var profile = Profile.rfc5280

  @Option(
    help: ArgumentHelp(
      "The keys and signatures to accept: strict has RSA from 3072 bits on, modern and intermediate "
        + "from 2048, legacy from 1024."))
  var algorithms = Algorithms.modern

  @Option(
    help: ArgumentHelp(
      "A certificate policy that is good enough, such as 2.23.140.1.2.1; again for more.",
      valueName: "oid"))
  var policy: [String] = []

  @Flag(help: "Refuse a path that is for none of the policies of --policy.")
  var explicitPolicy = false

  @Option(
    help: ArgumentHelp(
      "The SHA-256 of a key that must be in the path, such as 'tls certificate show' prints it; "
        + "again for more.", valueName: "sha256/…"))
  var pin: [String] = []

  @Option(
    help: ArgumentHelp(
      "A file of revocation lists, PEM or DER; again for more.", valueName: "file"))
  var crl: [String] = []

  @Option(help: "Whose revocation to look up in the lists of --crl. (default: leaf)")
  var crlCheck: Scope?

  @Option(
    help: "What to do where no list says anything of a certificate. (default: refuse)")
  var crlUnknown: WhenUnknown?

  @Option(
    help: ArgumentHelp(
      "What a stapled OCSP response does: off, nothing; soft, it refuses what it says is revoked; "
        + "good, it must be good if it is there; hard, it must be there. Not for clients' certificates, "
        + "with which nothing is stapled."))
  var ocspCheck = OCSPCheck.good

  func validate() throws {
    guard !crl.isEmpty || (crlCheck == nil && crlUnknown == nil) else {
      throw ValidationError("--crl-check and --crl-unknown go with --crl.")
    }
    guard !explicitPolicy || !policy.isEmpty else {
      throw ValidationError("--explicit-policy goes with --policy.")
    }
  }

  /// Whether nothing was asked for.
  var isDefault: Bool {
    profile == .rfc5280 && algorithms == .modern && policy.isEmpty && pin.isEmpty && crl.isEmpty
      && ocspCheck == .good
  }

  /// What was asked for, and the rest at its default.
  func verifierPolicy() throws -> ChainVerifier.Policy {
    var result = ChainVerifier.Policy()
    result.profile = profile.value
    result.algorithms = algorithms.policy
    if !policy.isEmpty { result.acceptablePolicies = Set(try policy.map(Self.identifier)) }
    result.requiresExplicitPolicy = explicitPolicy
    result.pins = Set(try pin.map(Self.pin))
    result.revocation = try revocationPolicy()
    return result
  }

  private func revocationPolicy() throws -> RevocationPolicy {
    var result = RevocationPolicy()
    if !crl.isEmpty {
      result.listChecking = .on(
        try crl.flatMap(Files.revocationLists), crlCheck == .chain ? .chain : .leaf,
        whenUnknown: crlUnknown == .accept ? .accept : .refuse)
    }
    result.staplingChecking =
      switch ocspCheck {
      case .off: .off
      case .soft: .on(whenUnusable: .accept, whenAbsent: .accept)
      case .good: .on(whenUnusable: .refuse, whenAbsent: .accept)
      case .hard: .on(whenUnusable: .refuse, whenAbsent: .refuse)
      }
    return result
  }

  private static func pin(_ text: String) throws -> PublicKeyPin {
    do {
      return try PublicKeyPin(text)
    } catch {
      throw Failure(.usage, "\(error)")
    }
  }

  private static func identifier(_ text: String) throws -> OID {
    guard let identifier = OID(text) else {
      throw Failure(.usage, "\(text.printable) is no object identifier such as 2.23.140.1.2.1")
    }
    return identifier
  }
}
