import TLSCrypto
import TLSEngine

/// A file of pre-shared keys: a line `IDENTITY:KEY` for each, the key in hexadecimal. Empty lines and
/// lines that begin with `#` are passed over. What is wrong is said by the line's number, and never
/// with what stands in it.
enum PreSharedKeyFile {
  static func read(_ path: String) throws -> [PreSharedKey] {
    let secret = try Files.secret(path)
    let text = Span<UInt8>(_bytes: secret.bytes)
    var keys: [PreSharedKey] = []
    var (start, number) = (0, 1)
    while start < text.count {
      var end = start
      while end < text.count, text[end] != UInt8(ascii: "\n") { end += 1 }
      let line = withoutCarriageReturn(text.extracting(start..<end))
      if !line.isEmpty, line[0] != UInt8(ascii: "#") {
        keys.append(try key(line, "\(path), line \(number)"))
      }
      (start, number) = (end + 1, number + 1)
    }
    guard !keys.isEmpty else { throw Failure(.usage, "\(path): there is no key in it") }
    return keys
  }

  @_lifetime(copy line)
  private static func withoutCarriageReturn(_ line: Span<UInt8>) -> Span<UInt8> {
    guard !line.isEmpty, line[line.count - 1] == UInt8(ascii: "\r") else { return line }
    return line.extracting(0..<line.count - 1)
  }

  /// The key of one line. The last colon is the one that counts: an identity may have some too.
  private static func key(_ line: Span<UInt8>, _ place: String) throws -> PreSharedKey {
    var colon = line.count
    while colon > 0, line[colon - 1] != UInt8(ascii: ":") { colon -= 1 }
    guard colon > 0, let key = Hexadecimal.bytes(line.extracting(colon..<line.count)) else {
      throw Failure(.usage, "\(place): it is not IDENTITY:KEY with the key in hexadecimal")
    }
    var identity: [UInt8] = []
    for index in 0..<colon - 1 { identity.append(line[index]) }
    do {
      return try PreSharedKey(identity: identity, key: key.bytes)
    } catch {
      throw Failure(.usage, "\(place): \(error)")
    }
  }
}
