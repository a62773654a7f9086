internal import TLSCrypto

/// The last line of a file of vectors: the SHA-256 digest of everything before it, so that no byte of the
/// file changes unnoticed.
package enum VectorDigest {
  /// The last line of a file that holds `text` before it.
  package static func line(for text: some Collection<UInt8>) throws(VectorError) -> String {
    let bytes = Array(text)
    do {
      return "# sha256 = \(try Hash.digest(of: bytes.rawSpan, using: .sha256))\n"
    } catch {
      throw VectorError(file: "", line: 0, message: "\(error)")
    }
  }

  /// Refuses contents whose last line is not the digest of the lines before it.
  ///
  /// - Throws: ``VectorError`` with the line that would be right: whoever meant the change writes it there.
  package static func check(_ contents: [UInt8], of path: String) throws(VectorError) {
    // The last byte ends the last line; the line begins behind the end of the one before.
    let end = contents.dropLast().lastIndex(of: UInt8(ascii: "\n"))
    let start = end.map { $0 + 1 } ?? 0
    let last = contents[start...]
    if last.elementsEqual(try line(for: contents[..<start]).utf8) { return }
    // Without a digest, all of the file is what it should be of.
    let isThere = last.starts(with: "# sha256".utf8)
    let right = try line(for: isThere ? contents[..<start] : contents[...]).dropLast()
    throw VectorError(
      file: path, line: contents.count { $0 == UInt8(ascii: "\n") } + (isThere ? 0 : 1),
      message: "a byte of the file was changed, or its digest; if that was meant, the last line is "
        + "\"\(right)\"")
  }
}
