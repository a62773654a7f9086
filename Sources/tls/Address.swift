/// A host and a port.
struct Address {
  let host: String
  let port: UInt16

  /// Reads `host:port`, `[address]:port`, or either without a port.
  init?(_ text: String, defaultPort: UInt16) {
    var host = text
    var digits: String?
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      host = String(text[text.index(after: text.startIndex)..<end])
      let rest = text[text.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
      digits = rest.isEmpty ? nil : String(rest.dropFirst())
    } else if let colon = text.lastIndex(of: ":"), text.firstIndex(of: ":") == colon {
      host = String(text[..<colon])
      digits = String(text[text.index(after: colon)...])
    }
    guard !host.isEmpty else { return nil }
    self.host = host
    guard let digits else {
      port = defaultPort
      return
    }
    guard let port = UInt16(digits), port > 0 else { return nil }
    self.port = port
  }
}
