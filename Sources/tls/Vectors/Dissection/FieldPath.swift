/// The names of fields in a message: `ServerHello.cipher_suite`, and within an extension
/// `ClientHello.extension supported_groups.named_group`.
///
/// A name is that of the message, of the extension if it stands in one, and its own. What has the same
/// name as others before it in the same place has a number: `ClientHello.cipher_suite[2]` is the second.
struct FieldPath {
  private let fields: [Field]

  /// The name of each field.
  private let paths: [String]

  init(_ fields: [Field]) {
    self.fields = fields
    paths = Self.paths(of: fields)
  }

  /// The name of the field in which a byte stands; `nil` if it stands behind all of them.
  func name(at offset: Int) -> String? {
    zip(fields, paths).first { $0.0.range.contains(offset) }?.1
  }

  /// Where the field of this name stands: only its head, if it has parts.
  func range(of path: String) -> Range<Int>? {
    index(of: path).map { fields[$0].range }
  }

  /// Where the field of this name stands with all its parts, such as a whole extension.
  func extent(of path: String) -> Range<Int>? {
    guard let index = index(of: path) else { return nil }
    let head = fields[index]
    let parts = fields[(index + 1)...].prefix { $0.depth > head.depth }
    return head.range.lowerBound..<(parts.last?.range ?? head.range).upperBound
  }

  /// `name[1]` is the same as `name`.
  private func index(of path: String) -> Int? {
    let components = path.split(separator: ".", omittingEmptySubsequences: false)
    let plain = components.map { $0.hasSuffix("[1]") ? $0.dropLast(3) : $0 }
    return paths.firstIndex(of: plain.joined(separator: "."))
  }

  private static func paths(of fields: [Field]) -> [String] {
    /// What the current field stands in; the length of a list is not part of a name.
    var places: [(depth: Int, path: String)] = []
    var seen: [String: Int] = [:]
    return fields.map { field in
      while let last = places.last, last.depth >= field.depth { places.removeLast() }
      let plain = (places.last.map { $0.path + "." } ?? "") + field.name
      let number = seen[plain, default: 0] + 1
      seen[plain] = number
      let path = number == 1 ? plain : "\(plain)[\(number)]"
      if !field.name.hasSuffix(" length") { places.append((field.depth, path)) }
      return path
    }
  }
}
