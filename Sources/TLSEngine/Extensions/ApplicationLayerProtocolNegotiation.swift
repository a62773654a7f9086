import TLSCrypto

/// application_layer_protocol_negotiation (RFC 7301): which protocol is spoken inside.
enum ApplicationLayerProtocolNegotiation: HelloExtension {
  static let type = ExtensionType.applicationLayerProtocolNegotiation

  /// The client's protocols, its favourite first.
  typealias Offer = [String]

  /// The server's choice.
  typealias Answer = String

  /// More than any client offers: a bound on what is kept of a peer's list.
  private static let maximumCount = 128

  static func offer(_ setup: ClientSetup) -> [String]? {
    let protocols = setup.configuration.applicationProtocols
    return protocols.isEmpty ? nil : protocols
  }

  static func encode(offer: [String], into writer: inout Writer) {
    writer.writeVector16 { writer in
      for name in offer {
        writer.writeVector8 { $0.write([UInt8](name.utf8)) }
      }
    }
  }

  static func decodeOffer(_ reader: inout Reader) throws(TLSError) -> [String] {
    var list = try reader.readVector16("protocol_name_list", in: 2...65_535)
    var names: [String] = []
    while !list.isEmpty {
      guard names.count < maximumCount else {
        throw .malformed("protocol_name_list", "names more than \(maximumCount) protocols")
      }
      var name = try list.readVector8("ProtocolName", in: 1...255)
      names.append(string(name.readRemainder()))
    }
    return names
  }

  /// The server's preference decides (RFC 7301 section 3.2), and nothing in common ends the
  /// handshake. A server without protocols of its own leaves the extension alone.
  static func answer(_ selection: ServerSelection) throws(TLSError) -> String? {
    let supported = selection.setup.configuration.applicationProtocols
    guard let offered = selection.hello.extensions.offer(of: Self.self), !supported.isEmpty else {
      return nil
    }
    guard let choice = supported.first(where: offered.contains) else {
      throw TLSError(
        .noApplicationProtocol,
        .noSharedApplicationProtocol(offered: offered, supported: supported))
    }
    return choice
  }

  static func encode(answer: String, into writer: inout Writer) {
    encode(offer: [answer], into: &writer)
  }

  /// RFC 7301 section 3.1: the answer holds exactly one protocol.
  static func decodeAnswer(_ reader: inout Reader) throws(TLSError) -> String {
    let names = try decodeOffer(&reader)
    guard let name = names.first, names.count == 1 else {
      throw .malformed(
        "protocol_name_list", "holds \(names.count) protocols where a server names one")
    }
    return name
  }

  static func check(
    _ answer: String?, to offer: [String]?, _ setup: ClientSetup
  ) throws(TLSError) {
    guard let answer, let offer, !offer.contains(answer) else { return }
    throw .illegalParameter(
      "the server chose the application protocol \"\(answer)\", which was not offered")
  }

  static func detail(of offer: [String]) -> String? { "ALPN " + offer.joined(separator: " ") }
  static func detail(ofAnswer answer: String) -> String { "ALPN " + answer }

  /// Protocol names are bytes. Those that are not visible ASCII (GREASE, RFC 8701, is not) become
  /// text that no configuration can hold, so they match nothing and print safely.
  private static func string(_ bytes: [UInt8]) -> String {
    guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
      return "0x " + bytes.map { String($0, radix: 16) }.joined(separator: " ")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
