/// Certificates without a connection: read, judged, asked for names, and loaded as roots.
enum CertificateComparisons {
  /// Where Debian keeps the roots that it trusts.
  private static let bundle = "/etc/ssl/certs/ca-certificates.crt"

  /// Everybody, with the same chain.
  private typealias Library = (contender: Contender, certificates: any Certificates)

  static func all(_ rounds: Rounds) throws -> [Comparison] {
    var comparisons: [Comparison] = []
    for kind in HandshakeComparisons.judgedKinds {
      let chain = try ChainFixture(kind)
      let engine = try EngineCertificates(chain)
      let libraries = try libraries(chain, engine)
      comparisons.append(try judged(chain, libraries, rounds))
      comparisons.append(try read(kind, libraries, rounds))
      guard kind == .ecdsaP256 else { continue }
      for question in ChainFixture.questions {
        comparisons.append(try asked(question, libraries, rounds))
      }
      comparisons += try roots(libraries, engine, rounds)
    }
    return comparisons
  }

  private static func libraries(
    _ chain: ChainFixture, _ engine: EngineCertificates
  ) throws -> [Library] {
    [(.engine, engine)] + (try Peer.all.map { ($0.contender, try $0.certificates(chain)) })
  }

  // MARK: Rows

  /// A leaf and an authority below a root; libgcrypt alone checks their two signatures.
  private static func judged(
    _ chain: ChainFixture, _ libraries: [Library], _ rounds: Rounds
  ) throws -> Comparison {
    let raw = try RawLibgcryptChain(chain)
    let entries =
      [entry(.raw, rounds) { try raw.run() }]
      + libraries.filter { $0.contender != .nioSSL }.map { library in
        entry(library.contender, rounds) { try library.certificates.judge() }
      }
    return try comparison(
      "\(chain.kind.rawValue) chain of 3", "read and judged", entries, rounds)
  }

  private static func read(
    _ kind: Fixture.Kind, _ libraries: [Library], _ rounds: Rounds
  ) throws -> Comparison {
    let entries = libraries.map { library in
      entry(library.contender, rounds, batch: 16) { try library.certificates.read() }
    }
    return try comparison("\(kind.rawValue) certificate", "read", entries, rounds)
  }

  private static func asked(
    _ question: (title: String, name: String, isAddress: Bool, answer: Bool),
    _ libraries: [Library], _ rounds: Rounds
  ) throws -> Comparison {
    let entries = libraries.filter { $0.contender != .nioSSL }.map { library in
      entry(library.contender, rounds, batch: 64) {
        let answer = try library.certificates.matches(
          question.name, isAddress: question.isAddress)
        guard answer == question.answer else {
          throw Failure(description: "\(question.name) was answered wrongly")
        }
      }
    }
    return try comparison("host name", question.title, entries, rounds)
  }

  /// The engine reads of the machine's roots what they are found by, and the rest when it is wanted; of a
  /// file that somebody names, all.
  private static func roots(
    _ libraries: [Library], _ engine: EngineCertificates, _ rounds: Rounds
  ) throws -> [Comparison] {
    let peers = libraries.filter { $0.contender != .engine }.map { library in
      entry(library.contender, rounds) { _ = try library.certificates.loadRoots(bundle) }
    }
    let count = try engine.loadRoots(bundle)
    let subject = "Debian's \(count) roots"
    var comparisons: [Comparison] = []
    Machine.forgetRoots()
    if try engine.loadPlatform() == count {
      let platform = entry(.engine, rounds) { _ = try engine.loadPlatform() }
      comparisons.append(
        try comparison(subject, "loaded as the machine's", [platform] + peers, rounds))
    } else {
      Machine.warn("the machine's roots are others than those of \(bundle), and not measured")
    }
    let file = entry(.engine, rounds) { _ = try engine.loadRoots(bundle) }
    return comparisons + [try comparison(subject, "loaded as a file", [file] + peers, rounds)]
  }

  // MARK: Measuring

  private static func entry(
    _ contender: Contender, _ rounds: Rounds, batch: Int = 1, _ body: @escaping () throws -> Void
  ) -> Rounds.Entry {
    (contender, { [try rounds.cost(budget: rounds.recordBudget, batch: batch, body)] })
  }

  private static func comparison(
    _ subject: String, _ action: String, _ entries: [Rounds.Entry], _ rounds: Rounds
  ) throws -> Comparison {
    Comparison(
      section: .certificates, subject: subject, action: action, unit: .nanoseconds,
      series: try rounds.run(actions: 1, entries)[0])
  }
}
