/// Writes one of libgcrypt's S-expressions, in the canonical form: every atom behind its length.
///
/// What is written may be a private key: it is wiped in the end, and never moves on the way.
struct ExpressionWriter: ~Copyable {
  /// libgcrypt keeps the length of an atom, and of a list that it looks up, in 16 bits. It cuts what
  /// is longer off without a word, and then reads memory that is not the expression's. This leaves
  /// room for what the lists around an atom add to it.
  static let maximumAtomByteCount = 65_000

  private var storage: SecretBytes
  private var count = 0
  private var isFull = false

  /// An empty expression with room for so many bytes.
  init(capacity: Int) {
    storage = SecretBytes(count: capacity)
  }

  /// The expression.
  ///
  /// - Throws: ``CryptoError/invalidInput(_:)`` if it had no room.
  func withBytes<R>(_ body: (RawSpan) -> R) throws(CryptoError) -> R {
    guard !isFull else { throw .invalidInput("a key or a message is too long for an expression") }
    return body(storage.bytes.extracting(first: count))
  }

  /// A list that begins with its name.
  mutating func list(_ name: StaticString, _ body: (inout ExpressionWriter) -> Void) {
    append(UInt8(ascii: "("))
    atom(name)
    body(&self)
    append(UInt8(ascii: ")"))
  }

  /// A list of a name and bytes; of the name alone if there are none, for libgcrypt's expressions
  /// have no empty atoms, and this is how it says the empty message.
  mutating func list(_ name: StaticString, _ value: RawSpan) {
    append(UInt8(ascii: "("))
    atom(name)
    if !value.isEmpty { atom(value) }
    append(UInt8(ascii: ")"))
  }

  /// A list of a name and a text.
  mutating func list(_ name: StaticString, _ value: String) {
    list(name, Array(value.utf8).rawSpan)
  }

  /// A text.
  mutating func atom(_ text: String) {
    atom(Array(text.utf8).rawSpan)
  }

  /// A text that is known beforehand: no string is made of it.
  private mutating func atom(_ name: StaticString) {
    name.withUTF8Buffer { unsafe atom(RawSpan(_unsafeElements: $0)) }
  }

  /// Bytes.
  mutating func atom(_ value: RawSpan) {
    guard value.byteCount <= Self.maximumAtomByteCount else {
      isFull = true
      return
    }
    var unit = 1
    while value.byteCount / unit >= 10 { unit *= 10 }
    while unit > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value.byteCount / unit % 10))
      unit /= 10
    }
    append(UInt8(ascii: ":"))
    guard value.byteCount <= storage.count - count else {
      isFull = true
      return
    }
    let start = count
    count += value.byteCount
    var span = storage.mutableBytes
    span.copy(value, at: start)
  }

  private mutating func append(_ byte: UInt8) {
    guard count < storage.count else {
      isFull = true
      return
    }
    let offset = count
    count += 1
    var span = storage.mutableBytes
    span[byte: offset] = byte
  }
}
