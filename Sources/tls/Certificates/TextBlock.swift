import TLSCertificates

/// A block of a PEM text, found by its first line and not decoded yet: what is malformed hides nothing
/// behind it, and of a private key nothing is decoded that nobody wants to see.
struct TextBlock {
  let label: String
  /// From its first line to its last.
  private let text: ArraySlice<UInt8>
  /// How many lines stand before it.
  private let lineCount: Int

  private static let begin = Array("-----BEGIN ".utf8)
  private static let end = Array("-----END ".utf8)
  private static let dashes = Array("-----".utf8)

  /// The blocks of a text. One that never ends goes on to the next, or to the end.
  static func blocks(in text: [UInt8]) -> [TextBlock] {
    var blocks: [TextBlock] = []
    var open: (label: String, start: Int, lineCount: Int)?
    var (start, lineCount) = (0, 0)
    func close(at end: Int) {
      guard let block = open else { return }
      blocks.append(
        TextBlock(
          label: block.label, text: text[block.start..<end], lineCount: block.lineCount))
      open = nil
    }
    while start < text.count {
      let newline = text[start...].firstIndex(of: UInt8(ascii: "\n"))
      let next = newline.map { $0 + 1 } ?? text.count
      let line = text[start..<next]
      if line.starts(with: begin), let label = label(line.dropFirst(begin.count)) {
        close(at: start)
        open = (label, start, lineCount)
      } else if line.starts(with: end) {
        close(at: next)
      }
      (start, lineCount) = (next, lineCount + 1)
    }
    close(at: text.count)
    return blocks
  }

  /// What stands before the hyphens that end a line.
  private static func label(_ rest: ArraySlice<UInt8>) -> String? {
    var rest = rest
    while let last = rest.last, [0x0a, 0x0d, 0x20, 0x09].contains(last) { rest.removeLast() }
    guard rest.suffix(dashes.count) == dashes[...] else { return nil }
    return String(decoding: rest.dropLast(dashes.count), as: UTF8.self)
  }

  /// What was encoded.
  ///
  /// - Throws: ``ShownObject/Problem`` with the number of the line, in all of the text.
  func contents() throws(ShownObject.Problem) -> [UInt8] {
    do {
      guard let document = try PEM.documents(in: Array(text)).first else {
        throw ShownObject.Problem(sentence: "PEM text, line \(lineCount + 1): it is no block")
      }
      return document.contents
    } catch let error as PEMError {
      throw ShownObject.Problem(
        sentence: "PEM text, line \(lineCount + error.line): \(error.problem)")
    } catch let problem as ShownObject.Problem {
      throw problem
    } catch {
      throw ShownObject.Problem(sentence: "\(error)")
    }
  }
}
