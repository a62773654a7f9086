/// The flags of a test, read.
struct Arguments {
  /// What they say of the first connection.
  private(set) var initial = ShimOptions()

  /// What they say of those that follow.
  private(set) var resumed = ShimOptions()

  private let known = Flag.known

  /// Which connections a flag is about.
  private struct Scope {
    let name: Substring
    let isForInitial: Bool
    let isForResumed: Bool

    init(_ flag: String) {
      func after(_ prefix: String) -> Substring? {
        flag.hasPrefix(prefix) ? "-" + flag.dropFirst(prefix.count) : nil
      }
      if let name = after("-on-initial-") {
        (self.name, isForInitial, isForResumed) = (name, true, false)
      } else if let name = after("-on-resume-") {
        (self.name, isForInitial, isForResumed) = (name, false, true)
      } else {
        (self.name, isForInitial, isForResumed) = (flag[...], true, true)
      }
    }
  }

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let scope = Scope(argument)
      guard let flag = known[String(scope.name)] else { throw NotOffered(what: argument) }
      let value = flag.argumentCount == 0 ? nil : rest.popFirst()
      guard flag.argumentCount == 0 || value != nil else {
        throw Unexpected("\(argument) without its value")
      }
      if scope.isForInitial { try initial.set(flag, to: value ?? "") }
      if scope.isForResumed { try resumed.set(flag, to: value ?? "") }
    }
  }
}

extension ShimOptions {
  fileprivate mutating func set(_ flag: Flag, to value: String) throws {
    switch flag {
    case .on(let place): self[keyPath: place] = true
    case .number(let place): self[keyPath: place] = try Self.number(value)
    case .count(let place): self[keyPath: place] = try Self.number(value)
    case .identifier(let place): self[keyPath: place] = try Self.number(value)
    case .numbers(let place): self[keyPath: place].append(try Self.number(value))
    case .text(let place): self[keyPath: place] = value
    case .bytes(let place): self[keyPath: place] = try Self.bytes(value)
    case .newCredential: credentials.append(CredentialOptions())
    case .ofCredential(let flag):
      if credentials.isEmpty {
        try credential.set(flag, to: value)
      } else {
        try credentials[credentials.count - 1].set(flag, to: value)
      }
    case .noEffect: break
    }
  }

  fileprivate static func number<Number: FixedWidthInteger>(_ text: String) throws -> Number {
    guard let number = Number(text) else { throw Unexpected("\(text) is no number") }
    return number
  }

  fileprivate static func bytes(_ text: String) throws -> [UInt8] {
    guard let bytes = Base64.decode(text) else { throw Unexpected("\(text) is no base64") }
    return bytes
  }
}

extension CredentialOptions {
  fileprivate mutating func set(_ flag: Flag.CredentialFlag, to value: String) throws {
    switch flag {
    case .on(let place): self[keyPath: place] = true
    case .text(let place): self[keyPath: place] = value
    case .numbers(let place): self[keyPath: place].append(try ShimOptions.number(value))
    case .bytes(let place): self[keyPath: place] = try ShimOptions.bytes(value)
    }
  }
}
