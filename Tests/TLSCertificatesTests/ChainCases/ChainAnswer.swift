/// What is answered about a chain, in the words of a file of a case.
enum ChainAnswer: Sendable, Hashable, CustomStringConvertible {
  case accepted
  /// By a rule, which is a case of `VerificationRule` by its name, or `malformed` and a field.
  case refused(String, at: Place)

  /// Which certificate it is about.
  enum Place: Sendable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// One of the chain, counted from 0.
    case position(Int)
    /// A root.
    case root
    /// No single one.
    case none

    init(integerLiteral position: Int) { self = .position(position) }

    init?(_ text: String) {
      switch text {
      case "root": self = .root
      case "-": self = .none
      default:
        guard let position = Int(text) else { return nil }
        self = .position(position)
      }
    }

    var description: String {
      switch self {
      case .position(let position): "\(position)"
      case .root: "root"
      case .none: "-"
      }
    }
  }

  /// A certificate that cannot be read, and the field that is wrong.
  static func malformed(_ field: String, at place: Place = 0) -> ChainAnswer {
    .refused("malformed \(field)", at: place)
  }

  init?(_ text: String) {
    if text == "accepted" {
      self = .accepted
      return
    }
    let words = text.split(separator: " ").map(String.init)
    guard words.count >= 4, words.first == "refused", words[words.count - 2] == "at",
      let place = Place(words[words.count - 1])
    else { return nil }
    self = .refused(words.dropFirst().dropLast(2).joined(separator: " "), at: place)
  }

  var description: String {
    switch self {
    case .accepted: "accepted"
    case .refused(let rule, let place): "refused \(rule) at \(place)"
    }
  }

  var isAccepted: Bool { self == .accepted }
}

/// What another program answers to the same question.
enum PeerAnswer: Sendable, Hashable, CustomStringConvertible {
  case accepted
  case refused
  /// It answers otherwise than we do, for a reason.
  case differs(String)
  /// It cannot be asked, for a reason.
  case notAsked(String)

  init?(_ text: String) {
    switch text {
    case "accepted": self = .accepted
    case "refused": self = .refused
    default:
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2, parts[1].hasPrefix(" "), parts[1].count > 8 else { return nil }
      let reason = String(parts[1].dropFirst())
      switch parts[0] {
      case "differs": self = .differs(reason)
      case "not asked": self = .notAsked(reason)
      default: return nil
      }
    }
  }

  var description: String {
    switch self {
    case .accepted: "accepted"
    case .refused: "refused"
    case .differs(let reason): "differs: \(reason)"
    case .notAsked(let reason): "not asked: \(reason)"
    }
  }

  /// Whether the program must accept the chain; `nil` if it is not asked.
  func expectsAcceptance(where we: ChainAnswer) -> Bool? {
    switch self {
    case .accepted: true
    case .refused: false
    case .differs: !we.isAccepted
    case .notAsked: nil
    }
  }
}
