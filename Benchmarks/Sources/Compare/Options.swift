/// What the command line says.
struct Options {
  /// Where the files go; `nil` to print alone.
  var directory: String?
  var rounds = Rounds()
  var sections: [Comparison.Section] = [.records, .bulk, .handshakes, .memory]

  static let usage = """
    usage: Compare [--output DIRECTORY] [--rounds N] [--only records|bulk|handshakes|memory] [--quick]
    """

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      switch option {
      case "--quick":
        rounds = Rounds(count: 1, recordBudget: 500_000, handshakeBudget: 2_000_000)
      case "--output":
        directory = try Self.value(of: option, &rest)
      case "--rounds":
        guard let count = Int(try Self.value(of: option, &rest)), count > 0 else {
          throw Failure(description: Self.usage)
        }
        rounds.count = count
      case "--only":
        guard let section = Comparison.Section(rawValue: try Self.value(of: option, &rest)),
          sections.contains(section)
        else { throw Failure(description: Self.usage) }
        sections = [section]
      default:
        throw Failure(description: Self.usage)
      }
    }
  }

  private static func value(of option: String, _ rest: inout ArraySlice<String>) throws -> String {
    guard let value = rest.popFirst() else { throw Failure(description: "\(option) wants a value") }
    return value
  }
}
