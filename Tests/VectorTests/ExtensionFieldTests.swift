import TLSEngine
import TestSupport
import Testing

@testable import tls

@Suite("Fields of extensions")
struct ExtensionFieldTests {
  /// An extension, and what is to be read in it.
  struct Row: Sendable {
    var isAnswer = false
    /// Its type, its length and its data.
    let digits: String
    let outline: [String]
  }

  @Test(
    "what is said in an extension",
    arguments: [
      Row(
        digits: "0000 0006 0004 00 0001 61",
        outline: [
          "extension server_name: type 0, 6 bytes", "  server_name_list length: 4 bytes",
          "    name_type: host_name (0)", "    host_name length: 1 byte", "    host_name: a",
        ]),
      Row(
        digits: "0000 0006 0004 07 0001 61",
        outline: [
          "extension server_name: type 0, 6 bytes", "  server_name_list length: 4 bytes",
          "    name_type: unknown (7)", "    undecodable: the form of such a name is not known",
        ]),
      Row(isAnswer: true, digits: "0000 0000", outline: ["extension server_name: type 0, 0 bytes"]),
      Row(
        isAnswer: true, digits: "0000 0001 aa",
        outline: [
          "extension server_name: type 0, 1 byte", "  undecodable: more than belongs here",
        ]),
      Row(
        digits: "0001 0001 09",
        outline: [
          "extension max_fragment_length: type 1, 1 byte", "  max_fragment_length: unknown (9)",
        ]),
      Row(
        digits: "0005 000b 01 0004 0002 abcd 0002 3000",
        outline: [
          "extension status_request: type 5, 11 bytes", "  status_type: ocsp (1)",
          "  responder_id_list length: 4 bytes", "    ResponderID length: 2 bytes",
          "    ResponderID", "  request_extensions length: 2 bytes", "  request_extensions",
        ]),
      Row(
        digits: "000a 0008 0006 001d 7a7a 7777",
        outline: [
          "extension supported_groups: type 10, 8 bytes", "  named_group_list length: 6 bytes",
          "    named_group: x25519", "    named_group: GREASE 0x7a7a",
          "    named_group: unknown 0x7777",
        ]),
      Row(
        digits: "000a 0005 0003 001d 7a",
        outline: [
          "extension supported_groups: type 10, 5 bytes", "  named_group_list length: 3 bytes",
          "    named_group: x25519", "    undecodable: named_group would have 2 bytes",
        ]),
      Row(
        digits: "0032 0004 0002 0401",
        outline: [
          "extension signature_algorithms_cert: type 50, 4 bytes",
          "  supported_signature_algorithms length: 2 bytes",
          "    SignatureAndHashAlgorithm: rsa_pkcs1_sha256",
        ]),
      Row(
        digits: "0010 0005 0003 02 683a",
        outline: [
          "extension application_layer_protocol_negotiation: type 16, 5 bytes",
          "  protocol_name_list length: 3 bytes", "    ProtocolName length: 2 bytes",
          "    ProtocolName: h:",
        ]),
      Row(
        digits: "0015 0002 0000",
        outline: ["extension padding: type 21, 2 bytes", "  padding: 2 bytes of zero"]),
      Row(
        digits: "0015 0001 01",
        outline: ["extension padding: type 21, 1 byte", "  padding: 1 byte, not all of zero"]),
      Row(
        digits: "001c 0002 4000",
        outline: [
          "extension record_size_limit: type 28, 2 bytes", "  RecordSizeLimit: 16384 bytes",
        ]),
      Row(
        digits: "0023 0003 010203",
        outline: ["extension session_ticket: type 35, 3 bytes", "  ticket"]),
      Row(
        digits: "002b 0003 02 0303",
        outline: [
          "extension supported_versions: type 43, 3 bytes", "  versions length: 2 bytes",
          "    version: TLS 1.2",
        ]),
      Row(
        isAnswer: true, digits: "002b 0002 0304",
        outline: [
          "extension supported_versions: type 43, 2 bytes", "  selected_version: TLS 1.3",
        ]),
      Row(
        digits: "ff01 0003 02 abcd",
        outline: [
          "extension renegotiation_info: type 65281, 3 bytes",
          "  renegotiated_connection length: 2 bytes", "  renegotiated_connection",
        ]),
      Row(digits: "6a6a 0000", outline: ["extension GREASE: type 27242, 0 bytes"]),
      Row(digits: "1234 0001 ff", outline: ["extension 4660: type 4660, 1 byte", "  data"]),
      Row(
        digits: "1234 0100 ff",
        outline: [
          "extension 4660: type 4660, 256 bytes, more than there are",
          "undecodable: 256 bytes would be needed",
        ]),
      Row(digits: "1234 00", outline: ["undecodable: an extension has a header of 4 bytes"]),
    ])
  func forms(_ row: Row) throws {
    let data = try hex(row.digits)
    let version = try hex("0303") + [UInt8](repeating: 7, count: 32)
    let hello = try row.isAnswer ? hex("00 c02b 00") : hex("00 0002 c02b 01 00")
    let body = version + hello + [0, UInt8(data.count)] + data
    let message = [row.isAnswer ? 2 : 1, 0, 0, UInt8(body.count)] + body

    var dissector = Dissector()
    let fields = dissector.fields(ofHandshake: message)
    #expect(Outline.isComplete(fields, message))
    let first = try #require(fields.lastIndex { $0.name == "extensions length" })
    let parts = Outline.text(Array(fields[(first + 1)...]))
    #expect(parts.split(separator: "\n").map { String($0.dropFirst(4)) } == row.outline)
  }

  @Test("an extension that cannot be decoded harms none behind it")
  func containment() throws {
    let body =
      try hex("0303") + [UInt8](repeating: 7, count: 32)
      + hex("00 c02b 00 000b 0010 0002 00ff ff01 0001 00")
    let message = [2, 0, 0, UInt8(body.count)] + body
    var dissector = Dissector()
    let names = dissector.fields(ofHandshake: message).map(\.name)
    #expect(
      names.suffix(4) == [
        "extension application_layer_protocol_negotiation", "protocol_name_list length",
        "extension renegotiation_info", "renegotiated_connection length",
      ])
    #expect(dissector.cipherSuite?.rawValue == 0xc02b)
  }

  @Test("a server that was offered less than it speaks says so in its random")
  func downgrade() throws {
    let random = [UInt8](repeating: 7, count: 24) + Array("DOWNGRD".utf8) + [1]
    let message = try hex("02000026 0303") + random + hex("00 c02b 00")
    var dissector = Dissector()
    let fields = dissector.fields(ofHandshake: message)
    #expect(
      fields.first { $0.name == "random" }?.meaning
        == "its end says that the server speaks TLS 1.3 too (RFC 8446 section 4.1.3)")
    #expect(!fields.contains { $0.name.contains("extension") })
  }
}
