import TLSCertificates
import TLSCrypto

/// server_name (RFC 6066 section 3): which of its names the client wants of the server.
enum ServerNameIndication: HelloExtension {
  static let type = ExtensionType.serverName
  static let name = "server_name"

  /// `NameType.host_name`, the only one there is.
  private static let hostName: UInt8 = 0

  /// The host name, in lower case. Visible ASCII, but otherwise whatever the client wrote.
  typealias Offer = String

  /// The server used the name.
  struct Answer: Sendable {}

  /// An IP address is never sent: RFC 6066 section 3 does not permit it.
  static func offer(_ draft: ClientHelloDraft) -> String? {
    if case .dns(let name) = draft.setup.serverName.kind { name } else { nil }
  }

  static func encode(offer: String, into writer: inout Writer) {
    writer.writeVector16 { writer in
      writer.write(hostName)
      writer.writeVector16 { $0.write([UInt8](offer.utf8)) }
    }
  }

  /// One name of the one type: RFC 6066 forbids a second of the same type, and a list that holds
  /// another type would have to be guessed at.
  static func decodeOffer(_ reader: inout Reader) throws(TLSError) -> String {
    var list = try reader.readVector16("server_name_list", in: 1...65_535)
    let nameType = try list.readUInt8("name_type")
    guard nameType == hostName else {
      throw .malformed("server_name_list", "holds a name of the unknown type \(nameType)")
    }
    var name = try list.readVector16("host_name", in: 1...255)
    try list.expectEnd(of: "server_name_list")
    let bytes = name.readRemainder()
    guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
      throw .illegalParameter("host_name holds bytes that no host name has")
    }
    return String(decoding: bytes, as: UTF8.self).lowercased()
  }

  /// Acknowledged only if the identity chosen is really one for that name, and never where a session
  /// is resumed (RFC 6066 section 3).
  static func answer(_ selection: ServerSelection) -> Answer? {
    guard let name = selection.hello.extensions.offer(of: Self.self),
      let identity = selection.identity
    else { return nil }
    return identity.covers(name) ? Answer() : nil
  }

  static func encode(answer: Answer, into writer: inout Writer) {}

  static func decodeAnswer(_ reader: inout Reader) -> Answer { Answer() }

  static func detail(of offer: String) -> String? { "name \(offer)" }
}

extension ExtensionType {
  /// server_name (RFC 6066 section 3).
  public static let serverName = ExtensionType(rawValue: 0)
}
