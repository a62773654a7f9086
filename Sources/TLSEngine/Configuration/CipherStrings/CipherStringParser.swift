/// Reads a cipher string, as `openssl-ciphers(1)` describes it.
struct CipherStringParser {
  /// The longest string that is read, in bytes. All of OpenSSL's suites by name are about 4,000.
  static let maximumByteCount = 16_384

  private let bytes: [UInt8]
  private var position = 0

  /// The steps of a cipher string, in order.
  static func rules(in string: String) throws(CipherStringError) -> [CipherRule] {
    guard string.utf8.count <= maximumByteCount else {
      throw .tooLong(byteCount: string.utf8.count, limit: maximumByteCount)
    }
    var parser = CipherStringParser(string)
    return try parser.rules()
  }

  private init(_ string: String) {
    bytes = Array(string.utf8)
  }

  private mutating func rules() throws(CipherStringError) -> [CipherRule] {
    var rules = readDefault()
    while let byte = next {
      if Self.isSeparator(byte) {
        position += 1
      } else {
        rules.append(try readRule(byte))
      }
    }
    return rules
  }

  /// OpenSSL understands `DEFAULT` at the beginning alone, and there without a separator after it too,
  /// as in `DEFAULT@SECLEVEL=2`. It stands for `ALL:!COMPLEMENTOFDEFAULT:!eNULL`.
  private mutating func readDefault() -> [CipherRule] {
    let word = Array("DEFAULT".utf8)
    guard bytes.starts(with: word) else { return [] }
    let after = bytes.dropFirst(word.count).first
    guard after.map({ !Self.isOfWord($0) || $0 == UInt8(ascii: "-") }) ?? true else { return [] }
    position = word.count
    let steps: [(CipherRule.Action, String)] = [(.add, "ALL"), (.forbid, "COMPLEMENTOFDEFAULT")]
    return steps.compactMap { action, word in
      CipherKind.named(word).map { CipherRule.apply(action, CipherPattern(words: [.kind($0)])) }
    }
  }

  private mutating func readRule(_ first: UInt8) throws(CipherStringError) -> CipherRule {
    let action: CipherRule.Action
    switch first {
    case UInt8(ascii: "@"): return try readCommand()
    case UInt8(ascii: "!"): action = .forbid
    case UInt8(ascii: "-"): action = .remove
    case UInt8(ascii: "+"): action = .moveToEnd
    default: return .apply(.add, try readPattern())
    }
    position += 1
    return .apply(action, try readPattern())
  }

  private mutating func readPattern() throws(CipherStringError) -> CipherPattern {
    var words = [try readWord()]
    while next == UInt8(ascii: "+") {
      position += 1
      words.append(try readWord())
    }
    return CipherPattern(words: words)
  }

  private mutating func readWord() throws(CipherStringError) -> CipherPattern.Word {
    let start = position
    let word = takeWord()
    guard !word.isEmpty else { throw unexpected() }
    if let suite = CipherSuite(name: word) { return .suite(suite) }
    if let kind = CipherKind.named(word) { return .kind(kind) }
    if ForeignCipherNames.contains(word) { return .foreign }
    if word == "DEFAULT" || CipherSuite.Preset(rawValue: word) != nil {
      throw .misplacedWord(word, position: start + 1)
    }
    throw .unknownWord(word, position: start + 1, similar: SimilarWords.of(word))
  }

  /// What follows an `@`. OpenSSL passes over the rest up to a separator; here there may be none.
  private mutating func readCommand() throws(CipherStringError) -> CipherRule {
    let start = position
    position += 1
    let word = takeWord()
    guard !word.isEmpty else { throw unexpected() }
    if let byte = next, !Self.isSeparator(byte) { throw unexpected() }
    if word == "STRENGTH" { return .sortByStrength }
    for level in 0...5 where word == "SECLEVEL=\(level)" { return .requireLevel(level) }
    throw .unknownCommand("@" + word, position: start + 1)
  }

  // MARK: Bytes

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func takeWord() -> String {
    let word = bytes[position...].prefix(while: Self.isOfWord)
    position += word.count
    return String(decoding: word, as: UTF8.self)
  }

  private static func isSeparator(_ byte: UInt8) -> Bool { ":,; ".utf8.contains(byte) }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_.=".utf8.contains(byte)
    }
  }

  /// Why there is no word here.
  private func unexpected() -> CipherStringError {
    guard let byte = next, !Self.isSeparator(byte) else {
      return .missingWord(position: position + 1)
    }
    // Everything before is ASCII, so the character begins where the byte stands.
    let character = String(decoding: bytes[position...], as: UTF8.self).prefix(1)
    return .unexpectedCharacter(String(character), position: position + 1)
  }
}
