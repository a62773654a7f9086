import TLSCertificates

/// Why a cipher string selects no suites.
///
/// A position counts characters, and the first is 1.
@nonexhaustive public enum CipherStringError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A word is no name of a suite and no kind of suites, here or in OpenSSL; and what may have been
  /// meant.
  case unknownWord(String, position: Int, similar: [String])

  /// `DEFAULT` is not the first word, or the name of a preset not the only one.
  case misplacedWord(String, position: Int)

  /// A sign has no word after it.
  case missingWord(position: Int)

  /// A character has no meaning in a cipher string.
  case unexpectedCharacter(String, position: Int)

  /// What begins with `@` is neither `@STRENGTH` nor `@SECLEVEL=` with a level of 0 to 5.
  case unknownCommand(String, position: Int)

  /// The string can be read, and selects nothing that the engine speaks.
  case selectsNothing(String)

  /// The string is longer than any that makes sense, in bytes.
  case tooLong(byteCount: Int, limit: Int)

  /// What is wrong, in a sentence.
  public var description: String {
    switch self {
    case .unknownWord(let word, let position, let similar):
      "\(word.quoted) at character \(position) of the cipher string is no suite and no kind of suites"
        + (similar.isEmpty ? "" : "; did you mean \(similar.joined(separator: " or "))?")
    case .misplacedWord("DEFAULT", let position):
      "DEFAULT at character \(position) of the cipher string has a meaning at its beginning only"
    case .misplacedWord(let word, let position):
      "\(word.quoted) at character \(position) of the cipher string is a preset, which stands alone"
    case .missingWord(let position):
      "a word is missing at character \(position) of the cipher string"
    case .unexpectedCharacter(let character, let position):
      "\(character.quoted) at character \(position) has no meaning in a cipher string"
    case .unknownCommand(let command, let position):
      "\(command.quoted) at character \(position) of the cipher string is neither @STRENGTH nor "
        + "@SECLEVEL=0 to @SECLEVEL=5"
    case .selectsNothing(let string):
      string.isEmpty
        ? "the cipher string is empty"
        : "the cipher string \(string.quoted) selects no suite that is spoken here"
    case .tooLong(let byteCount, let limit):
      "the cipher string has \(byteCount) bytes, and the limit is \(limit)"
    }
  }
}
