import TLSCrypto
import TestSupport

@testable import TLSCertificates

/// The cases of `Vectors/hostnames`, whose README says what a line means.
struct HostnameCase: Sendable, CustomStringConvertible {
  enum Outcome: String, CaseIterable {
    case match
    case noMatch = "no-match"
    case invalid
    case refused
  }

  /// What OpenSSL says of it.
  enum Comparison: String {
    case agrees
    case differs
    case notAsked = "-"
  }

  struct Malformed: Error {
    let file: String
    let line: Int
  }

  let place: String
  let presented: String
  let reference: [UInt8]
  let outcome: Outcome
  let comparison: Comparison
  let rule: String

  var description: String { place }

  static let files = ["dns.txt", "wildcards.txt", "addresses.txt", "malformed.txt"]

  /// All cases of a file.
  static func read(_ file: String) throws -> [HostnameCase] {
    let text = try Platform.readFile(
      Repository.path("Vectors/hostnames/\(file)"), limit: 1 << 20)
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return try lines.enumerated().compactMap { index, line in
      guard let first = line.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "[") else {
        return nil
      }
      return try HostnameCase(String(decoding: line, as: UTF8.self), file, index + 1)
    }
  }

  private init(_ line: String, _ file: String, _ number: Int) throws {
    let columns = line.split(separator: " ", maxSplits: 4)
    guard columns.count == 5, let outcome = Outcome(rawValue: String(columns[2])),
      let comparison = Comparison(rawValue: String(columns[3]))
    else { throw Malformed(file: file, line: number) }
    place = "\(file):\(number)"
    presented = String(columns[0])
    reference = columns[1] == "-" ? [] : try Self.bytes(columns[1])
    self.outcome = outcome
    self.comparison = comparison
    rule = String(columns[4].drop { $0 == " " })
  }

  /// Text in which `\x` and two hexadecimal digits are a byte.
  private static func bytes(_ text: some StringProtocol) throws -> [UInt8] {
    let parts = Array(text.utf8).split(
      separator: UInt8(ascii: "\\"), omittingEmptySubsequences: false)
    return try parts.enumerated().flatMap { index, part in
      guard index > 0 else { return Array(part) }
      let escape = String(decoding: part.prefix(3), as: UTF8.self)
      return try hex(String(escape.dropFirst())) + part.dropFirst(3)
    }
  }

  /// The certificate that presents the names. Its signature is none.
  func certificateDER() throws -> [UInt8] {
    let tags: [Substring: UInt8] = ["email": 1, "dns": 2, "uri": 6, "ip": 7, "rid": 8]
    var raw = RawCertificate()
    var names: [[UInt8]] = []
    var parts: [String] = []
    for part in presented.split(separator: ",", omittingEmptySubsequences: false) {
      let kind = part.prefix { $0 != ":" }
      if tags[kind] == nil, kind != "cn" || kind.count == part.count, let last = parts.popLast() {
        parts.append(last + "," + part)
      } else {
        parts.append(String(part))
      }
    }
    for part in parts {
      let kind = part.prefix { $0 != ":" }
      let text = part.dropFirst(kind.count + 1)
      switch kind {
      case "cn":
        let value = TLV.element(0x0c, try Self.bytes(text))
        raw.subject = TLV.sequence(TLV.relativeName("2.5.4.3", value))
      case "ip", "rid": names.append(TLV.field(tags[kind] ?? 0, try hex(String(text))))
      default: names.append(TLV.field(tags[kind] ?? 0, try Self.bytes(text)))
      }
    }
    if !names.isEmpty {
      let value = TLV.sequence(names.flatMap(\.self))
      raw.extensions = [TLV.certificateExtension("2.5.29.17", value)]
    }
    return raw.der
  }

  /// What comes of it here.
  func result() throws -> Outcome {
    let der = try certificateDER()
    let reference: ServerName
    do {
      reference = try ServerName(String(decoding: self.reference, as: UTF8.self))
    } catch {
      return .invalid
    }
    do {
      return try Certificate(der: der).matches(reference) ? .match : .noMatch
    } catch {
      return .refused
    }
  }
}
