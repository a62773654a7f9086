import TLSEngine
import Testing

@testable import tls

/// What is read of a connection is kept, and never older than the connection.
@Suite("What is read of a connection")
struct ReadingTests {
  @Test("follows the steps")
  func steps() {
    let alert: [UInt8] = [21, 3, 3, 0, 2, 1, 0]
    var connection = VectorConnection(side: .client, steps: [.received(alert)])
    #expect(connection.reading.messages.map(\.side) == [.server])
    connection.steps.append(.sent(alert))
    #expect(connection.reading.messages.map(\.side) == [.server, .client])
    connection.steps[0] = .received([])
    #expect(connection.reading.messages.map(\.side) == [.client])
  }

  @Test("follows the master secret")
  func masterSecret() throws {
    let name = try #require(Corpus.names(in: "handshakes/client").first)
    let recorded = try #require(try Corpus.vector(name).connections.first)
    var connection = VectorConnection(
      side: recorded.side, steps: recorded.steps, masterSecret: recorded.masterSecret)
    #expect(connection.reading.finished.count == 2)
    connection.masterSecret = nil
    #expect(connection.reading.finished.isEmpty)
    connection.masterSecret = recorded.masterSecret
    #expect(connection.reading.finished.count == 2)
  }
}
