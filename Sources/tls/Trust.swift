import ArgumentParser
import TLSCertificates
import TLSCrypto

/// `tls trust`.
struct Trust: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say where the platform's trust roots come from, and how many there are.",
    discussion: """
      With --json, standard output is one object: sources is a list, and each has path, count and \
      problems; count is that of all roots, and with --list roots is a list of them, each with \
      subject, notBefore, notAfter, purposes and sha256.
      """)

  @OptionGroup var trusted: TrustOptions

  @Flag(help: "List the roots, a line each, in the order of their names.")
  var list = false

  @Flag(help: "Write one JSON object to standard output.")
  var json = false

  func run() throws {
    try Failure.reporting(json: json) {
      let roots = try trusted.trust().roots
      json ? printJSON(roots) : print(roots)
    }
  }

  private func print(_ roots: TrustRoots) {
    for source in roots.sources {
      Output.line("\(source.path.printable): \(source.count) roots")
      for problem in source.problems { Output.line("  \(problem.printable)") }
    }
    if list {
      for root in sorted(roots) {
        let purposes = roots.purposes(of: root).map { " for \($0)," } ?? ""
        Output.line("\(root.subject),\(purposes) valid until \(root.notAfter)")
        Output.line("  SHA-256 \((try? root.fingerprint().description) ?? "unknown")")
      }
      for root in roots.unusable { Output.line("unusable: \(root)") }
    }
    Output.line("\(roots.count) roots in all")
  }

  private func printJSON(_ roots: TrustRoots) {
    let sources = roots.sources.map { source in
      JSON.object([
        ("path", .string(source.path)), ("count", .number(source.count)),
        ("problems", .array(source.problems.map { .string($0) })),
      ])
    }
    let listed = sorted(roots).map { root in
      JSON.object([
        ("subject", .string("\(root.subject)")), ("notBefore", .string("\(root.notBefore)")),
        ("notAfter", .string("\(root.notAfter)")),
        ("purposes", .optional(roots.purposes(of: root)?.description)),
        ("sha256", .optional(try? root.fingerprint().description)),
      ])
    }
    Output.line(
      JSON.object(
        [("sources", .array(sources)), ("count", .number(roots.count))]
          + (list ? [("roots", .array(listed))] : [])
      ).description)
  }

  private func sorted(_ roots: TrustRoots) -> [Certificate] {
    guard list else { return [] }
    return roots.certificates.sorted { "\($0.subject)" < "\($1.subject)" }
  }
}
