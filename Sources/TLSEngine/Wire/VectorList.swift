import TLSCrypto

/// A vector of vectors of bytes as it stands on the wire: counted, and not cut up.
///
/// Of the smallest a peer can send tens of thousands in one message, and each by itself would take
/// many times its own room. So somebody looks at ``count`` first.
struct VectorList: Sendable, Equatable {
  /// The length that stands before each element.
  enum ElementLength: Sendable {
    case twoBytes
    case threeBytes
  }

  private let length: ElementLength
  private let bytes: [UInt8]

  /// How many elements there are.
  let count: Int

  /// A list of these.
  init(_ elements: [[UInt8]], _ length: ElementLength) {
    self.length = length
    var writer = Writer()
    for element in elements {
      switch length {
      case .twoBytes: writer.writeVector16 { $0.write(element) }
      case .threeBytes: writer.writeVector24 { $0.write(element) }
      }
    }
    bytes = writer.bytes
    count = elements.count
  }

  /// Reads all that is left as a list whose elements are not empty.
  init(
    decoding reader: inout Reader, _ length: ElementLength, of element: StaticString
  ) throws(TLSError) {
    self.length = length
    let bytes = reader.readRemainder()
    var count = 0
    var rest = Reader(bytes.rawSpan)
    while !rest.isEmpty {
      _ = try Self.next(in: &rest, length, element)
      count += 1
    }
    self.bytes = bytes
    self.count = count
  }

  /// The elements, each by itself.
  func elements(_ element: StaticString) throws(TLSError) -> [[UInt8]] {
    var elements: [[UInt8]] = []
    elements.reserveCapacity(count)
    var rest = Reader(bytes.rawSpan)
    while !rest.isEmpty {
      var next = try Self.next(in: &rest, length, element)
      elements.append(next.readRemainder())
    }
    return elements
  }

  @_lifetime(copy rest)
  private static func next(
    in rest: inout Reader, _ length: ElementLength, _ element: StaticString
  ) throws(TLSError) -> Reader {
    switch length {
    case .twoBytes: try rest.readVector16(element, in: 1...65_535)
    case .threeBytes: try rest.readVector24(element, in: 1...16_777_215)
    }
  }

  func encode(into writer: inout Writer) {
    writer.write(bytes)
  }
}
