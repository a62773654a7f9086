/// One step of a cipher string.
enum CipherRule: Sendable {
  case apply(Action, CipherPattern)

  /// `@STRENGTH`
  case sortByStrength

  /// `@SECLEVEL=n`
  case requireLevel(Int)

  enum Action: Sendable {
    case add
    /// `+`
    case moveToEnd
    /// `-`
    case remove
    /// `!`
    case forbid
  }
}

/// What a step is about: the suites for which every word of it holds.
struct CipherPattern: Sendable {
  enum Word: Sendable {
    case suite(CipherSuite)
    case kind(CipherKind)

    /// Something that OpenSSL has a name for and this engine never speaks.
    case foreign
  }

  let words: [Word]

  func matches(_ suite: CipherSuite) -> Bool {
    words.allSatisfy { word in
      switch word {
      case .suite(let named): named == suite
      case .kind(let kind): suite.parameters.map(kind.matches) ?? false
      case .foreign: false
      }
    }
  }

  /// Whether suites with a pre-shared key are asked for, and not just among what is selected.
  var asksForPreSharedKeys: Bool {
    words.contains { word in
      switch word {
      case .suite(let named): named.parameters?.authentication == .preSharedKey
      case .kind(let kind): kind.isOfPreSharedKeys
      case .foreign: false
      }
    }
  }
}
