import ArgumentParser
import TLSCertificates
import TLSCrypto

/// `tls verify`.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verify a certificate chain for a name, and say in full why it is refused.",
    discussion: """
      The first certificate of the first file is the leaf; what leads from it to a root may stand \
      behind it, in more files, or in those of --untrusted, in any order.

      A refusal says which certificate, by which rule, what was expected and found, what to do, and \
      of every path that was tried why it fell. Exit status: 0 good, 2 refused, 64 usage.

      With --json, standard output is one object: verdict (good or refused), name, usage, time and \
      exitStatus; path and policies if it is good; error, failure, attempts and unlistedAttemptCount if it is \
      refused. failure has rule, requirement, section, sentence, expected, found, hint, position and \
      certificate; attempts is a list, each with path and failure. A certificate has subject, \
      issuer, serialNumber, notBefore, notAfter, sha256 and place, which says whether it is \
      trusted, and by what.
      """)

  /// What the leaf is for.
  enum Usage: String, CaseIterable, ExpressibleByArgument {
    case server
    case client
  }

  @Argument(
    help: ArgumentHelp(
      "Files of certificates, PEM or DER; - is standard input.", valueName: "chain"))
  var chain: [String]

  @Option(help: "The host name or IP address that the leaf must be for.")
  var name: String?

  @Flag(help: "Take a leaf for any name.")
  var noName = false

  @Option(help: "What the leaf must be for.")
  var usage = Usage.server

  @Option(
    help: ArgumentHelp(
      "Certificates that may lead to a root, and are not trusted; again for more.",
      valueName: "file"))
  var untrusted: [String] = []

  @Option(
    help: ArgumentHelp(
      "The time at which all must be valid (RFC 3339), such as 2026-11-24T04:30:00Z; now if not "
        + "given.", valueName: "time"))
  var at: String?

  @OptionGroup(title: "Trust") var trust: TrustOptions
  @OptionGroup(title: "Rules") var rules: VerificationOptions

  @Option(
    help: ArgumentHelp(
      "The OCSP response that came with the leaf, in DER.", valueName: "file"))
  var ocsp: String?

  @Flag(
    help:
      "Judge as if an OCSP response had been asked for: a certificate that must come with one is refused without."
  )
  var mustStaple = false

  @Flag(help: "Write one JSON object to standard output.")
  var json = false

  func validate() throws {
    guard name == nil || !noName else {
      throw ValidationError("Give --name or --no-name, not both.")
    }
    guard name != nil || noName || usage == .client else {
      throw ValidationError("Give --name, or --no-name for any.")
    }
  }

  func run() throws {
    try Failure.reporting(json: json) { try verify() }
  }

  private func verify() throws {
    let question = try VerificationQuestion(
      name: name.map(Self.serverName), usage: usage,
      time: at.map(Timestamp.init(argument:)) ?? SystemTimeSource().now(),
      given: chain.map { ($0, try Files.inputCertificates($0)) }
        + untrusted.map { ($0, try Files.inputCertificates($0)) },
      stapled: stapledStatus())
    let trusted = try trust.trust()
    var policy = try rules.verifierPolicy()
    // They are the caller's own, and no peer's.
    policy.maximumCertificateCount = max(policy.maximumCertificateCount, question.chain.count)
    do {
      let path = try ChainVerifier(roots: trusted.roots, policy: policy).verify(
        question.chain, for: question.name, usage: usage == .server ? .server : .client,
        at: question.time, stapledStatus: question.stapled)
      let answer = GoodAnswer(question: question, path: path, trusted: trusted)
      if json { Output.line(answer.json.description) } else { answer.lines.forEach(Output.line) }
    } catch {
      let explanation = Explanation(error, roots: trusted.roots) { question.place(of: $0, trusted) }
      if json {
        Output.line(
          JSON.object(
            [("verdict", .string("refused"))] + question.members
              + [("error", .string(error.description))] + explanation.members
              + [("exitStatus", .number(Int(Failure.Status.certificate.rawValue)))]
          ).description)
      } else {
        Output.error("tls: refused: \(error.description.printable)")
        explanation.lines.forEach(Output.error)
      }
      throw ExitCode(Failure.Status.certificate.rawValue)
    }
  }

  /// What came with the leaf. Where there must be something, nothing is too little.
  private func stapledStatus() throws -> StapledStatus {
    if let ocsp { return .response(try Files.read(ocsp)) }
    return mustStaple || rules.ocspCheck == .hard ? .absent : .notRequested
  }

  private static func serverName(_ text: String) throws -> ServerName {
    do {
      return try ServerName(text)
    } catch {
      throw Failure(.usage, "\(error)")
    }
  }
}
