/// One element of DER that is known to be good.
struct DERElement {
  /// The whole of it.
  let encoding: [UInt8]
  /// What its length counts.
  let contents: [UInt8]

  /// The element that `bytes` begin with.
  init(_ bytes: [UInt8]) throws {
    guard bytes.count >= 2 else { throw Malformed() }
    var (count, header) = (Int(bytes[1]), 2)
    if count >= 0x80 {
      header += count & 0x7f
      guard header <= 6, header <= bytes.count else { throw Malformed() }
      count = bytes[2..<header].reduce(0) { $0 << 8 | Int($1) }
    }
    guard header + count <= bytes.count else { throw Malformed() }
    encoding = Array(bytes[..<(header + count)])
    contents = Array(bytes[header..<(header + count)])
  }

  /// The elements within.
  var children: [DERElement] {
    get throws {
      var children: [DERElement] = []
      var rest = contents
      while !rest.isEmpty {
        let child = try DERElement(rest)
        children.append(child)
        rest.removeFirst(child.encoding.count)
      }
      return children
    }
  }

  /// It is not good.
  struct Malformed: Error {}
}
