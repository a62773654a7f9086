import TLSCrypto

@testable import TLSCertificates

/// The text of a case, as `Vectors/chains/README.md` specifies it.
enum ChainFile {
  /// Why a text is none.
  struct Malformed: Error, CustomStringConvertible {
    let path: String
    let problem: String

    var description: String { "\(path): \(problem)" }
  }

  // MARK: - Writing

  static func text(_ one: ChainCase) -> String {
    let header =
      [("about", one.about), ("rule", one.rule)]
      + one.question.settings
      + [
        ("expected", one.expected.description), ("openssl", one.openSSL.description),
        ("certtool", one.certtool.description),
      ]
    var text = header.map { "\($0.0): \($0.1)\n" }.joined()
    for (title, certificates) in [("roots", one.roots), ("chain", one.chain)] {
      text += "\n\(title):\n" + certificates.map(certificate).joined()
    }
    if !one.lists.isEmpty {
      text += "\nlists:\n\n" + one.lists.map { pem("X509 CRL", $0) }.joined()
    }
    if let response = one.response { text += "\nresponse:\n\n" + pem("OCSP RESPONSE", response) }
    return text
  }

  private static func pem(_ label: String, _ der: [UInt8]) -> String {
    PEM.encode(PEM.Document(label: label, contents: der))
  }

  private static func certificate(_ der: [UInt8]) -> String {
    let subject = (try? Certificate(der: der))?.subject.description ?? "(not readable)"
    return "\n\(subject)\n" + pem("CERTIFICATE", der)
  }

  // MARK: - Reading

  static func read(_ text: String, path: String) throws -> ChainCase {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var header = try header(lines.prefix { !$0.isEmpty }, path)
    let sections = try sections(lines.drop { !$0.isEmpty }, path)
    func take(_ key: String) throws -> String {
      guard let value = header.removeValue(forKey: key) else {
        throw Malformed(path: path, problem: "has no \(key)")
      }
      return value
    }
    func parse<Value>(_ key: String, _ make: (String) -> Value?) throws -> Value {
      let text = try take(key)
      guard let value = make(text) else {
        throw Malformed(path: path, problem: "\(key) cannot be \"\(text)\"")
      }
      return value
    }
    var one = ChainCase(
      path: path, about: try take("about"), rule: try take("rule"),
      expected: try parse("expected") { ChainAnswer($0) },
      openSSL: try parse("openssl") { PeerAnswer($0) },
      certtool: try parse("certtool") { PeerAnswer($0) })
    one.question.usage = try parse("usage") { ["server": .server, "client": .client][$0] }
    let name = try take("name")
    one.question.name = name == "-" ? nil : name
    one.question.time = try parse("time", Timestamp.init(rfc3339:))
    one.question.more = header
    one.roots = sections["roots"] ?? []
    one.chain = sections["chain"] ?? []
    one.lists = sections["lists"] ?? []
    one.response = sections["response"]?.first
    return one
  }

  private static func header(
    _ lines: ArraySlice<String>, _ path: String
  ) throws -> [String: String] {
    var header: [String: String] = [:]
    for line in lines {
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2, parts[1].hasPrefix(" "),
        header.updateValue(String(parts[1].dropFirst()), forKey: parts[0]) == nil
      else { throw Malformed(path: path, problem: "a line of the header is \"\(line)\"") }
    }
    return header
  }

  private static func sections(
    _ lines: ArraySlice<String>, _ path: String
  ) throws -> [String: [[UInt8]]] {
    let titles = ["roots:", "chain:", "lists:", "response:"]
    var sections: [String: [[UInt8]]] = [:]
    var rest = lines.drop { $0.isEmpty }
    while let title = rest.first {
      guard titles.contains(title) else {
        throw Malformed(path: path, problem: "\"\(title)\" is no section")
      }
      let body = rest.dropFirst().prefix { !titles.contains($0) }
      rest = rest.dropFirst(body.count + 1)
      let documents = try PEM.documents(in: Array(body.joined(separator: "\n").utf8))
      sections[String(title.dropLast())] = documents.map(\.contents)
    }
    return sections
  }
}

extension Timestamp {
  /// Reads what `description` writes.
  init?(rfc3339 text: String) {
    let numbers = text.split { "-T:Z".contains($0) }.compactMap { Int($0) }
    guard numbers.count == 6 else { return nil }
    self.init(
      year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4],
      second: numbers[5])
    guard description == text else { return nil }
  }
}
