import TestSupport
import Testing

@testable import tls

@Suite("Names of fields")
struct FieldPathTests {
  @Test("every field is found by its name", arguments: RecordedMessages.allCases)
  func roundTrip(_ recorded: RecordedMessages) throws {
    var dissector = Dissector()
    for message in try recorded.messages {
      let fields = dissector.fields(ofHandshake: message)
      let paths = FieldPath(fields)
      for field in fields {
        let name = try #require(paths.name(at: field.range.lowerBound))
        #expect(paths.name(at: field.range.upperBound - 1) == name)
        #expect(paths.range(of: name) == field.range)
      }
      #expect(paths.name(at: message.count) == nil && paths.name(at: -1) == nil)
    }
  }

  @Test("names are those of the message, the extension and the field")
  func names() throws {
    var dissector = Dissector()
    let messages = try RecordedMessages.everything.messages
    let client = FieldPath(dissector.fields(ofHandshake: messages[0]))
    let server = FieldPath(dissector.fields(ofHandshake: messages[1]))

    #expect(server.name(at: 0) == "ServerHello")
    #expect(server.range(of: "ServerHello.server_version") == 4..<6)
    #expect(server.range(of: "ServerHello.random") == 6..<38)
    #expect(server.name(at: 40) == "ServerHello.cipher_suite")
    #expect(client.range(of: "ClientHello.cipher_suite[2]") == 43..<45)
    #expect(client.range(of: "ClientHello.cipher_suite[1]") == 41..<43)
    #expect(client.range(of: "ClientHello.cipher_suite[3]") == nil)
    #expect(client.range(of: "ServerHello.random") == nil)
    #expect(client.range(of: "") == nil)

    let name = try #require(client.range(of: "ClientHello.extension server_name.host_name"))
    #expect(Array(messages[0][name]) == Array("server.example".utf8))
    let group = try #require(
      client.range(of: "ClientHello.extension supported_groups.named_group[2]"))
    #expect(Array(messages[0][group]) == [0, 23])
  }

  @Test("an extent has the parts of a thing too")
  func extents() throws {
    var dissector = Dissector()
    let message = try RecordedMessages.everything.messages[1]
    let server = FieldPath(dissector.fields(ofHandshake: message))
    let info = try #require(server.extent(of: "ServerHello.extension renegotiation_info"))
    #expect(Array(message[info]) == [0xff, 1, 0, 1, 0])
    #expect(server.extent(of: "ServerHello") == message.indices)
    #expect(server.extent(of: "ServerHello.random") == 6..<38)
    #expect(server.extent(of: "ServerHello.extensions length") == 42..<message.count)
    #expect(server.extent(of: "ServerHello.nothing") == nil)
  }
}
