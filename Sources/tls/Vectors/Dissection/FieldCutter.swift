/// Cuts bytes into fields, one after the other, so that each byte is in one of them.
struct FieldCutter {
  /// Bytes that are not what they should be.
  struct Undecodable: Error {
    /// What is wrong.
    let reason: String
  }

  private let bytes: [UInt8]

  /// What was cut so far.
  private(set) var fields: [Field] = []

  /// Where the next field begins.
  private var position = 0

  /// Where the structure ends whose parts are being cut.
  private var end: Int

  private var depth = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    end = bytes.count
  }

  /// How many bytes are left of the structure.
  var count: Int { end - position }

  var isEmpty: Bool { position == end }

  /// The next bytes of the structure, or those that there are, which are not taken yet.
  func next(_ count: Int) -> [UInt8] { Array(bytes[position..<end].prefix(count)) }

  // MARK: Fields

  /// A field of so many bytes, and what they say. One of no bytes is none.
  @discardableResult
  mutating func bytes(
    _ name: String, _ count: Int, _ meaning: ([UInt8]) -> String = { _ in "" }
  ) throws(Undecodable) -> [UInt8] {
    guard count <= self.count else {
      throw Undecodable(reason: "\(name) would have \(FieldText.bytes(count))")
    }
    let value = Array(bytes[position..<position + count])
    append(name, count, meaning(value))
    return value
  }

  /// A number of so many bytes, and what it says.
  @discardableResult
  mutating func number(
    _ name: String, byteCount: Int, _ meaning: (Int) -> String
  ) throws(Undecodable) -> Int {
    let value = try bytes(name, byteCount) { meaning(FieldText.number($0)) }
    return FieldText.number(value)
  }

  /// The length of something, in so many bytes, and then the thing in one field.
  @discardableResult
  mutating func opaque(
    _ name: String, lengthByteCount: Int, _ meaning: ([UInt8]) -> String = { _ in "" }
  ) throws(Undecodable) -> [UInt8] {
    let count = try length(name + " length", lengthByteCount)
    return try bytes(name, count, meaning)
  }

  /// The length of something, in so many bytes, and then its parts, a step deeper.
  mutating func vector(
    _ name: String, lengthByteCount: Int,
    _ cut: (inout FieldCutter) throws(Undecodable) -> Void
  ) throws(Undecodable) {
    let count = try length(name + " length", lengthByteCount)
    try structure(count, cut)
  }

  /// The parts of something of so many bytes, a step deeper. What cannot be decoded of it harms nothing
  /// behind it.
  mutating func structure(
    _ count: Int, _ cut: (inout FieldCutter) throws(Undecodable) -> Void
  ) throws(Undecodable) {
    guard count <= self.count else {
      throw Undecodable(reason: "\(FieldText.bytes(count)) would be needed")
    }
    let outerEnd = end
    end = position + count
    depth += 1
    var reason = "more than belongs here"
    do throws(Undecodable) { try cut(&self) } catch { reason = error.reason }
    rest("undecodable", reason)
    depth -= 1
    end = outerEnd
  }

  /// All that is left of the structure, in one field.
  mutating func rest(_ name: String, _ meaning: String = "") {
    append(name, count, meaning)
  }

  private mutating func length(_ name: String, _ byteCount: Int) throws(Undecodable) -> Int {
    let left = count - byteCount
    return try number(name, byteCount: byteCount) { value in
      FieldText.bytes(value) + (value > left ? ", more than there are" : "")
    }
  }

  private mutating func append(_ name: String, _ count: Int, _ meaning: String) {
    guard count > 0 else { return }
    let range = position..<position + count
    fields.append(
      Field(name: name, range: range, meaning: FieldText.line(meaning), depth: depth))
    position = range.upperBound
  }
}
