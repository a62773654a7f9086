@testable import tls

extension Corpus {
  /// What a vector says: its lines without bytes, how many they are, secrets, whose certificates there are,
  /// and the head. Of the head our role and the edits count, of the peer its program.
  ///
  /// Where two are alike in this they differ in what was drawn, or not at all.
  static func saying(of name: String) throws -> [String] {
    let vector = try vector(name)
    let edits = vector.head.lines.filter { $0.hasPrefix("edit = ") }
    var saying = ["\(vector.head.role)", vector.program] + edits
    let text = String(decoding: try contents(of: name), as: UTF8.self)
    var isTold = false
    for line in text.split(separator: "\n") {
      if line.hasPrefix("[") {
        isTold = line.hasPrefix("[connection ") && !line.hasSuffix("secrets]")
      }
      guard isTold, let words = words(of: line) else { continue }
      saying.append(words)
    }
    return saying
  }

  /// What a line says, if it is not bytes alone, and not about a certificate.
  private static func words(of line: Substring) -> String? {
    var line = line
    if line.hasPrefix(" ") {
      guard let bar = line.firstIndex(of: "|") else { return nil }
      line = line[bar...].dropFirst(2)
    }
    let isOfCertificate = ["certificate: ", "peer_certificate = "].contains { line.hasPrefix($0) }
    return isOfCertificate ? nil : withoutByteCounts(line)
  }

  /// `TLS 1.2, 140 bytes` without `140 bytes`.
  private static func withoutByteCounts(_ line: Substring) -> String {
    var words: [Substring] = []
    for word in line.split(separator: " ") {
      if word.hasPrefix("byte"), let count = words.last, count.allSatisfy(\.isNumber) {
        words.removeLast()
      } else {
        words.append(word)
      }
    }
    return words.joined(separator: " ")
  }
}
