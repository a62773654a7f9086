import ArgumentParser
import TLSCertificates
import TLSCrypto

/// `tls certificate show`.
struct ShowCertificate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print all that certificates hold.",
    discussion: """
      Files are PEM, with as many certificates as they like, or DER; revocation lists and OCSP \
      responses are shown too. What is malformed is named with the field or the line that is wrong, \
      and the rest is shown all the same.

      Exit status: 0 all shown, 2 something malformed, 64 usage; 64 too, whatever is in the others, \
      for a file that cannot be read at all.

      With --json, standard output is one object: objects is a list, and each has file, position \
      and type, which is certificate, revocationList, ocspResponse, privateKey or other. A \
      certificate has subject, issuer, names, selfIssued, serialNumber, version, notBefore, \
      notAfter, validity, validNow, publicKey, signature, extensions, sha256, sha1 and \
      publicKeyPin; what cannot be read has error instead. Bytes are in hexadecimal.
      """)

  @Argument(help: ArgumentHelp("The files; - is standard input.", valueName: "file"))
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "The time at which certificates are to be valid (RFC 3339), if it is not now.",
      valueName: "time"))
  var at: String?

  @Flag(help: "Write one JSON object to standard output.")
  var json = false

  func run() throws {
    var objects: [ShownObject] = []
    var failures: [Failure] = []
    do {
      let now = try at.map(Timestamp.init(argument:)) ?? SystemTimeSource().now()
      for file in files {
        do {
          objects += try ObjectReader(now: now, isForPrograms: json).objects(of: file)
        } catch {
          failures.append(Failure(error))
        }
      }
    } catch {
      failures.append(Failure(error))
    }
    let status =
      failures.first?.status ?? (objects.contains(where: \.isMalformed) ? .certificate : nil)
    if json {
      Output.line(
        JSON.object([
          ("objects", .array(objects.map(\.json))),
          ("errors", .array(failures.map { .string($0.sentence) })),
          ("exitStatus", .number(Int(status?.rawValue ?? 0))),
        ]).description)
    } else {
      for failure in failures { Output.error("tls: \(failure.sentence)") }
      for (index, object) in objects.enumerated() {
        if index > 0 { Output.line("") }
        Self.print(object)
      }
    }
    if let status { throw ExitCode(status.rawValue) }
  }

  private static func print(_ object: ShownObject) {
    switch object.contents {
    case .success(let facts):
      Output.line(object.heading)
      for line in FactSheet.lines(facts, indent: 2) { Output.line(line) }
    case .failure(let problem):
      Output.error("tls: \(object.heading): \(problem.sentence.printable)")
    }
  }
}
