import Foundation
import TLSCrypto
import TLSEngine

/// Bytes both ways between one of our connections and a peer's program.
extension Connection {
  /// Goes on until the handshake is complete.
  ///
  /// - Returns: what was negotiated, the session if there is one to be kept, and the data that came
  ///   right behind the peer's Finished.
  mutating func handshake(
    over socket: Socket
  ) throws -> (summary: ConnectionSummary, session: ClientSession?, early: [UInt8]) {
    var told: ConnectionSummary?
    var session: ClientSession?
    var early: [UInt8] = []
    while true {
      guard let events = try exchange(over: socket) else {
        try receiveEndOfStream()
        throw EndOfStream()
      }
      for event in events {
        switch event {
        case .handshakeCompleted(let summary): told = summary
        case .newClientSession(let new): session = new
        case .applicationData(let data): early += data
        default: break
        }
      }
      // What the connection keeps of it is less.
      if let told { return (told, session, early) }
    }
  }

  /// The peer sent something else than it should have.
  private func expect(_ received: [UInt8], _ expected: String) throws {
    guard received == [UInt8](expected.utf8) else {
      throw Feature.Missing(
        description:
          "\"\(expected)\" should have come, not \"\(String(decoding: received, as: UTF8.self))\"")
    }
  }

  /// Sends a line to the peer and receives one from it, in the way it talks. Only a client that
  /// sends by itself can have been early with it.
  mutating func talk(
    to process: PeerProcess, over socket: Socket, early: [UInt8] = []
  ) throws {
    let ours = "line \(UUID().uuidString) from us\n"
    let theirs = "line \(UUID().uuidString) from them\n"
    switch process.launch.talk {
    case .typed:
      if let text = process.launch.listensAfter { try process.peer.waitForOutput(text) }
      try write([UInt8](ours.utf8), over: socket)
      try process.peer.waitForOutput(ours)
      process.peer.type([UInt8](theirs.utf8))
      try expect(read(theirs.utf8.count, over: socket), theirs)
    case .echo:
      try write([UInt8](ours.utf8), over: socket)
      try expect(read(ours.utf8.count, over: socket), ours)
    case .sendsPage:
      let rest = try read(Authority.page.utf8.count - early.count, over: socket)
      try expect(early + rest, Authority.page)
      try write([UInt8](ours.utf8), over: socket)
      try process.peer.waitForOutput(ours)
    case .requestEcho, .page:
      let request = "GET / HTTP/1.0\r\nX-Line: \(ours.dropLast())\r\n\r\n"
      try write([UInt8](request.utf8), over: socket)
      let answer = String(decoding: try read(.max, over: socket), as: UTF8.self)
      guard let (head, body) = answer.splitAtEmptyLine(), head.contains(" 200 ") else {
        throw Feature.Missing(description: "no page came, but \"\(answer)\"")
      }
      if process.launch.talk == .page { return try expect([UInt8](body.utf8), Authority.page) }
      guard body.hasPrefix(request) else {
        throw Feature.Missing(description: "another request came back: \"\(body)\"")
      }
    }
  }
}

extension String {
  /// The head and the body of an answer of HTTP.
  fileprivate func splitAtEmptyLine() -> (head: Substring, body: Substring)? {
    guard let end = firstRange(of: "\r\n\r\n") else { return nil }
    return (self[..<end.lowerBound], self[end.upperBound...])
  }
}

extension PeerProcess {
  /// Checks that the program has printed the keying material that our side has too.
  func expectExported<Role>(by connection: borrowing Connection<Role>) throws {
    let material = try connection.exportKeyingMaterial(
      label: Feature.exporterLabel, byteCount: 32)
    let expected = [UInt8](material.bytes).map { String(format: "%02x", $0) }.joined()
    // Each prints it in its own way.
    let deadline = Date() + Peer.patience
    while !peer.output.lowercased().filter(\.isHexDigit).contains(expected) {
      guard Date() < deadline else {
        throw Feature.Missing(description: "the program has exported something else")
      }
      usleep(20_000)
    }
  }
}
