import Foundation
import TLSEngine
import Testing

@testable import tls

/// The forms of a vector for other programs.
@Suite("Exported vectors")
struct ExportTests {
  /// One of each kind.
  private static let names = ["handshakes/client", "handshakes/server", "refusals/client"]
    .compactMap {
      Corpus.names(in: $0).first
    }

  @Test("JSON has the bytes on the wire, and what is in them", arguments: names)
  func json(name: String) throws {
    let vector = try Corpus.vector(name)
    let text = VectorJSON(vector, path: name).json.description
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["shows"] as? String == vector.head.shows)
    let connections = try #require(object["connections"] as? [[String: Any]])
    #expect(connections.count == vector.connections.count)
    for (connection, object) in zip(vector.connections, connections) {
      for (section, facts) in [("outcome", connection.facts), ("secrets", connection.secrets)] {
        let values = try #require(object[section] as? [String: Any])
        #expect(!facts.isEmpty)
        for fact in facts {
          let isThere =
            values[fact.name] as? String == fact.value
            || (values[fact.name] as? [String])?.contains(fact.value) == true
          #expect(isThere, "\(fact)")
        }
      }
      let steps = try #require(object["steps"] as? [[String: Any]])
      #expect(steps.map { $0["sent"] as? String ?? $0["received"] as? String } == connection.wire)
      for step in steps {
        let records = step["records"] as? [[String: Any]] ?? []
        for record in records {
          let fields = try #require(record["fields"] as? [[String: Any]])
          let joined = fields.compactMap { $0["bytes"] as? String }.joined()
          #expect(joined == record["content"] as? String ?? "")
        }
      }
    }
  }

  @Test("A capture has the bytes of both sides in TCP, and the key log", arguments: names)
  func capture(name: String) throws {
    let vector = try Corpus.vector(name)
    let blocks = try Self.blocks(of: Capture.bytes(of: vector))
    #expect(blocks.first?.type == 0x0a0d_0d0a && blocks.dropFirst().first?.type == 1)
    let packets = blocks.filter { $0.type == 6 }.map { $0.body.dropFirst(20) }
    let sides: [(ConnectionSide, UInt8)] = [(.client, 1), (.server, 2)]
    for (side, address) in sides {
      let sent = packets.filter { $0[$0.startIndex + 15] == address }.flatMap { packet in
        let length = Int(packet[packet.startIndex + 2]) << 8 + Int(packet[packet.startIndex + 3])
        return packet.prefix(length).dropFirst(40)
      }
      #expect(sent == vector.bytes(of: side))
    }
    let keyLogs = blocks.filter { $0.type == 10 }
    #expect(keyLogs.isEmpty == vector.connections.allSatisfy { $0.masterSecret == nil })
  }

  private static func blocks(of bytes: [UInt8]) throws -> [(type: UInt32, body: [UInt8])] {
    var blocks: [(type: UInt32, body: [UInt8])] = []
    var rest = bytes[...]
    func number(_ start: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) }
    }
    while !rest.isEmpty {
      try #require(rest.count >= 12)
      let length = Int(number(rest.startIndex + 4))
      try #require(length >= 12 && length <= rest.count && length.isMultiple(of: 4))
      #expect(Int(number(rest.startIndex + length - 4)) == length)
      blocks.append((number(rest.startIndex), Array(rest.prefix(length - 4).dropFirst(8))))
      rest = rest.dropFirst(length)
    }
    return blocks
  }

  @Test("The ladder names every message", arguments: names)
  func ladder(name: String) throws {
    let vector = try Corpus.vector(name)
    let short = VectorLadder(vector, short: true).lines
    #expect(short.contains { $0.contains("ClientHello (") })
    #expect(short.allSatisfy { $0.utf8.allSatisfy { (0x20..<0x7f).contains($0) } })
    #expect(VectorLadder(vector, short: false).lines.count > short.count)
  }
}

extension VectorConnection {
  /// The bytes of each step in hexadecimal, if it has some.
  fileprivate var wire: [String?] {
    steps.map { step in
      switch step {
      case .sent(let bytes), .received(let bytes): Hexadecimal.text(bytes)
      case .action, .endOfStream: nil
      }
    }
  }
}

extension Vector {
  /// All that a side wrote.
  fileprivate func bytes(of side: ConnectionSide) -> [UInt8] {
    connections.flatMap(\.steps).flatMap { step -> [UInt8] in
      switch step {
      case .sent(let bytes): side == head.role.side ? bytes : []
      case .received(let bytes): side == head.role.side ? [] : bytes
      case .action, .endOfStream: []
      }
    }
  }
}
