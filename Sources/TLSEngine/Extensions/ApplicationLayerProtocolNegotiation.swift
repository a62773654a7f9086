import TLSCrypto

/// application_layer_protocol_negotiation (RFC 7301): which protocol is spoken inside.
enum ApplicationLayerProtocolNegotiation: HelloExtension {
  static let type = ExtensionType.applicationLayerProtocolNegotiation
  static let name = "application_layer_protocol_negotiation"

  /// The client's protocols, its favourite first.
  typealias Offer = [String]

  /// The server's choice.
  typealias Answer = String

  /// More than any client offers: a bound on what is kept of a peer's list.
  private static let maximumCount = 256

  static func offer(_ draft: ClientHelloDraft) -> [String]? {
    let protocols = draft.setup.configuration.applicationProtocols
    guard !protocols.isEmpty else { return nil }
    return (draft.grease.map { [$0.applicationProtocol] } ?? []) + protocols
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
        throw TLSError(
          .illegalParameter,
          .limitExceeded(
            what: "more than \(maximumCount) application protocols", limit: maximumCount))
      }
      var name = try list.readVector8("ProtocolName", in: 1...255)
      names.append(ProtocolName.text(name.readRemainder()))
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

  /// What the configuration names counts, and not the offer: that may hold a reserved name too, which
  /// nobody may choose (RFC 8701 section 3.1).
  static func check(
    _ answer: String?, to offer: [String]?, _ choice: ServerChoice
  ) throws(TLSError) {
    let offered = choice.setup.configuration.applicationProtocols
    guard let answer, !offered.contains(answer) else { return }
    throw .illegalParameter(
      "the server chose the application protocol \"\(answer)\", which was not offered")
  }

  static func detail(of offer: [String]) -> String? { "ALPN " + offer.joined(separator: " ") }
  static func detail(ofAnswer answer: String) -> String { "ALPN " + answer }
}

extension ExtensionType {
  /// application_layer_protocol_negotiation (RFC 7301).
  public static let applicationLayerProtocolNegotiation = ExtensionType(rawValue: 16)
}
