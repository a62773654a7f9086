import ArgumentParser
import TLSCrypto
import TLSEngine

/// `tls suites`.
struct Suites: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a preset or a cipher string means, in order.",
    discussion: """
      The columns are the number, the names in the IANA registry and in OpenSSL, the key exchange, \
      the authentication, the cipher, the MAC of the records, the hash of the PRF, and the smallest \
      preset that has the suite: modern, intermediate or legacy.
      """)

  @Argument(
    help: "modern, intermediate, legacy, or a cipher string such as ECDHE+AESGCM:CHACHA20:!aRSA.")
  var string: String?

  @Flag(help: "Write one JSON object to standard output.")
  var json = false

  func run() throws {
    guard json else {
      return try Failure.reporting {
        for line in Self.table(try selection()) { Output.line(line) }
        guard string == nil else { return }
        Output.error(
          "This is modern, the default. There are intermediate, legacy and OpenSSL's cipher strings "
            + "too: see 'tls suites --help'.")
      }
    }
    do {
      Output.line(
        JSON.object([("suites", .array(try selection().map(Self.json)))]).description)
    } catch {
      let failure = Failure(error)
      Output.line(failure.json().description)
      throw ExitCode(failure.status.rawValue)
    }
  }

  private func selection() throws -> [CipherSuite] {
    try string.map { try CipherSuite.selection($0) } ?? .modern
  }

  /// A line for each suite, under a heading.
  private static func table(_ suites: [CipherSuite]) -> [String] {
    let heading = [
      "number", "IANA", "OpenSSL", "exchange", "authentication", "cipher", "MAC", "PRF", "preset",
    ]
    let rows = [heading] + suites.map(row)
    let widths = heading.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let last = row.count - 1
      return zip(row, widths).prefix(last).map { $0.padded(to: $1 + 2) }.joined() + row[last]
    }
  }

  private static func row(_ suite: CipherSuite) -> [String] {
    let parameters = suite.parameters
    return [
      number(suite), suite.description, suite.opensslName ?? "-",
      parameters?.keyExchange.description ?? "-", parameters?.authentication.description ?? "-",
      parameters?.cipherName ?? "-", parameters?.macName ?? "-",
      parameters?.hash.description ?? "-", suite.preset?.description ?? "-",
    ]
  }

  /// A suite as an object.
  private static func json(_ suite: CipherSuite) -> JSON {
    let parameters = suite.parameters
    let presets = CipherSuite.Preset.allCases.filter { $0.cipherSuites.contains(suite) }
    return .object([
      ("number", .string(number(suite))),
      ("name", .string(suite.description)),
      ("opensslName", .optional(suite.opensslName)),
      ("keyExchange", .optional(parameters?.keyExchange.description)),
      ("authentication", .optional(parameters?.authentication.description)),
      ("cipher", .optional(parameters?.cipherName)),
      ("mac", .optional(parameters?.macName)),
      ("prf", .optional(parameters?.hash.description)),
      ("presets", .array(presets.map { .string($0.rawValue) })),
    ])
  }

  private static func number(_ suite: CipherSuite) -> String {
    let digits = String(suite.rawValue, radix: 16)
    return "0x" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
