/// What somebody may have meant by a word of a cipher string that nobody knows.
enum SimilarWords {
  private static let candidates =
    ["DEFAULT"] + CipherKind.all.flatMap(\.words) + ForeignCipherNames.words
    + CipherSuiteTable.rows.flatMap { [$0.opensslName, $0.name].compactMap { $0 } }
    + CipherSuite.Preset.allCases.map(\.rawValue)

  /// The few that are nearest. A difference between upper and lower case counts
  /// for nothing here, though OpenSSL's words are told apart by it.
  static func of(_ word: String) -> [String] {
    let letters = Array(word.lowercased().utf8)
    guard letters.count <= 64 else { return [] }
    let limit = letters.count <= 4 ? 1 : max(2, letters.count / 8)
    var found: [[String]] = Array(repeating: [], count: limit + 1)
    for candidate in candidates {
      let distance = distance(letters, Array(candidate.lowercased().utf8))
      if distance <= limit { found[distance].append(candidate) }
    }
    return found.first { !$0.isEmpty }.map { Array($0.prefix(3)) } ?? []
  }

  /// How many letters have to be changed, put in, left out, or exchanged with their neighbour.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
