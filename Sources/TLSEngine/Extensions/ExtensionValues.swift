/// What extensions say, each by its type, in the order in which they came.
///
/// Most of what is asked for is not there, so that a search looks at the types alone: values of any kind
/// are dear to copy.
struct ExtensionValues: Sendable {
  /// The types of those that are there.
  private(set) var types: [ExtensionType] = []

  private var values: [any Sendable] = []

  /// Adds a value. A type comes once in a hello.
  mutating func set(_ value: some Sendable, of type: ExtensionType) {
    if types.isEmpty {
      // Few hellos have more.
      types.reserveCapacity(16)
      values.reserveCapacity(16)
    }
    types.append(type)
    values.append(value)
  }

  /// The value of a type, or `nil` if it is not there.
  func value<Value: Sendable>(of type: ExtensionType) -> Value? {
    guard let index = types.firstIndex(of: type), values.indices.contains(index) else { return nil }
    return values[index] as? Value
  }
}
