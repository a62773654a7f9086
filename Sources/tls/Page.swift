import TLSEngine

/// The page that `tls serve` answers with: just enough of HTTP/1.1 for a browser.
enum Page {
  /// A request's head is no longer than this.
  private static let maximumHeadByteCount = 16_384

  /// Reads one request, answers it, and closes.
  static func serve(
    _ server: inout ServerConnection, _ socket: Descriptor, _ summary: ConnectionSummary,
    after first: [Event]
  ) throws {
    let deadline = Deadline(seconds: 30)
    var head: [UInt8] = []
    var hasEnded = false
    var events: [Event]? = first
    while let current = events {
      for event in current {
        switch event {
        case .applicationData(let bytes):
          head += bytes
          hasEnded = hasEnded || endsHead(head, newByteCount: bytes.count)
        case .closed: return server.finish(over: socket)
        default: break
        }
      }
      if hasEnded || head.count > maximumHeadByteCount {
        let answer = hasEnded ? answer(head, summary) : response("431 Too Large", "too large\n")
        try server.send(Array(answer.utf8), over: socket)
        return server.finish(over: socket)
      }
      guard try server.wait(for: [socket], milliseconds: deadline.milliseconds) != nil else {
        return server.finish(over: socket)
      }
      events = try server.receive(from: socket)
    }
  }

  /// Whether an empty line ends among the newest bytes.
  private static func endsHead(_ head: [UInt8], newByteCount: Int) -> Bool {
    let newest = head.suffix(newByteCount + 3)
    return newest.firstRange(of: [0x0d, 0x0a, 0x0d, 0x0a]) != nil
      || newest.firstRange(of: [0x0a, 0x0a]) != nil
  }

  /// What to answer to a request whose head is complete.
  private static func answer(_ head: [UInt8], _ summary: ConnectionSummary) -> String {
    let text = String(decoding: head.prefix(maximumHeadByteCount), as: UTF8.self)
    if text.hasPrefix("HEAD ") { return response("200 OK", body(summary), isHead: true) }
    guard text.hasPrefix("GET ") else { return response("405 Method Not Allowed", "GET only\n") }
    return response("200 OK", body(summary))
  }

  private static func body(_ summary: ConnectionSummary) -> String {
    Report(summary, by: .server).lines.joined(separator: "\n") + "\n"
  }

  private static func response(_ status: String, _ body: String, isHead: Bool = false) -> String {
    "HTTP/1.1 \(status)\r\nContent-Type: text/plain; charset=utf-8\r\n"
      + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n" + (isHead ? "" : body)
  }
}
