/// Something that is printed for people and for programs: what both call it, and what it says.
struct Fact {
  /// What it says.
  indirect enum Value {
    case text(String)
    case number(Int)
    case flag(Bool)
    /// A line each for people.
    case list([String])
    /// Hexadecimal: with colons for people, and without for programs.
    case bytes([UInt8])
    /// Facts about the fact, under it.
    case facts([Fact])
    /// Several of the same kind, each with its facts and what people call it.
    case groups([Group])
  }

  /// One of several of the same kind.
  struct Group {
    let heading: String
    let facts: [Fact]
  }

  /// What people call it; `nil` if they are told another way.
  let label: String?
  /// What programs call it; `nil` if it is for people alone.
  let key: String?
  let value: Value

  init(_ label: String?, _ key: String?, _ value: Value) {
    self.label = label
    self.key = key
    self.value = value
  }

  /// A text for both.
  static func text(_ label: String, _ key: String, _ text: String) -> Fact {
    Fact(label, key, .text(text))
  }

  /// Facts as the members of an object.
  static func members(_ facts: [Fact]) -> [(name: String, value: JSON)] {
    facts.compactMap { fact in fact.key.map { ($0, fact.value.json) } }
  }
}

extension Fact.Value {
  var json: JSON {
    switch self {
    case .text(let text): .string(text)
    case .number(let number): .number(number)
    case .flag(let flag): .bool(flag)
    case .list(let texts): .array(texts.map { .string($0) })
    case .bytes(let bytes): .string(Hexadecimal.text(bytes))
    case .facts(let facts): .object(Fact.members(facts))
    case .groups(let groups): .array(groups.map { .object(Fact.members($0.facts)) })
    }
  }
}
