import TLSCertificates
import TLSCrypto

/// What `tls verify` asks.
struct VerificationQuestion {
  let name: ServerName?
  let usage: Verify.Usage
  let time: Timestamp
  /// Files, and what is in them.
  let given: [(file: String, certificates: [Certificate])]
  let stapled: StapledStatus

  /// The leaf first.
  var chain: [Certificate] { given.flatMap(\.certificates) }

  /// Where a certificate is from: by whom it is trusted, or its position, counted from 0, and its
  /// file.
  func place(of certificate: Certificate, _ trusted: Trusted) -> String? {
    if let root = trusted.place(of: certificate) { return "trusted, \(root)" }
    var count = 0
    for (file, certificates) in given {
      if let index = certificates.firstIndex(of: certificate) {
        return "position \(count + index), \(file == "-" ? "standard input" : file)"
      }
      count += certificates.count
    }
    return nil
  }

  /// What was asked, as the members of an object.
  var members: [(name: String, value: JSON)] {
    [
      ("name", .optional(name?.description)), ("usage", .string(usage.rawValue)),
      ("time", .string("\(time)")),
    ]
  }
}

/// The answer to it, where the chain is good.
struct GoodAnswer {
  let question: VerificationQuestion
  let path: VerifiedChain
  let trusted: Trusted

  /// The policies that the path is for; all of them are as good as none said.
  private var policies: [String] {
    path.policies.contains(.anyPolicy) ? [] : path.policies.map(\.text).sorted()
  }

  var lines: [String] {
    let subject = question.name?.description ?? "any name"
    let rungs = path.certificates.enumerated().map { depth, certificate in
      let place = question.place(of: certificate, trusted).map { " (\($0.printable))" } ?? ""
      return String(repeating: "  ", count: depth + 1)
        + "\(certificate.subject), valid until \(certificate.notAfter)\(place)"
    }
    return ["good for \(subject), as a \(question.usage.rawValue)'s, at \(question.time):"] + rungs
      + (policies.isEmpty ? [] : ["under the policies \(policies.joined(separator: ", "))"])
  }

  var json: JSON {
    .object(
      [("verdict", .string("good"))] + question.members + [
        (
          "path",
          .array(
            path.certificates.map { Explanation.json($0, place: question.place(of: $0, trusted)) })
        ),
        ("policies", .array(policies.map { .string($0) })), ("exitStatus", .number(0)),
      ])
  }
}
