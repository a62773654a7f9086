import TLSCrypto

/// next_protocol_negotiation (draft-agl-tls-nextprotoneg-04), which came before ALPN: the server
/// names its protocols, and the client says under protection which of them it speaks.
enum NextProtocolNegotiation: HelloExtension {
  static let type = ExtensionType.nextProtocolNegotiation
  static let name = "next_protocol_negotiation"

  /// More than any server offers: a bound on what is kept of a peer's list.
  private static let maximumCount = 128

  /// The client would like to hear the server's protocols.
  struct Offer: Sendable {}

  /// The server's protocols, its favourite first; may be empty.
  typealias Answer = [String]

  static func offer(_ draft: ClientHelloDraft) -> Offer? {
    draft.setup.configuration.nextProtocols.isEmpty ? nil : Offer()
  }

  static func encode(offer: Offer, into writer: inout Writer) {}

  /// Section 3: the client's is empty.
  static func decodeOffer(_ reader: inout Reader) -> Offer { Offer() }

  /// ALPN wins: a server that answers it says nothing here.
  static func answer(_ selection: ServerSelection) throws(TLSError) -> [String]? {
    let protocols = selection.setup.configuration.nextProtocols
    guard !protocols.isEmpty, selection.hello.extensions.has(Self.self),
      try ApplicationLayerProtocolNegotiation.answer(selection) == nil
    else { return nil }
    return protocols
  }

  static func encode(answer: [String], into writer: inout Writer) {
    for name in answer { writer.writeVector8 { $0.write([UInt8](name.utf8)) } }
  }

  /// Section 3: names of one byte or more, one after the other; truncated or empty names are not
  /// allowed.
  static func decodeAnswer(_ reader: inout Reader) throws(TLSError) -> [String] {
    var names: [String] = []
    while !reader.isEmpty {
      guard names.count < maximumCount else {
        throw .malformed("next_protocol_negotiation", "names more than \(maximumCount) protocols")
      }
      var name = try reader.readVector8("protocol", in: 1...255)
      names.append(ProtocolName.text(name.readRemainder()))
    }
    return names
  }

  /// Refuses a server that answers both ways of choosing a protocol: it would be said twice, and
  /// perhaps not the same.
  static func check(_ answer: [String]?, to offer: Offer?, _ choice: ServerChoice) throws(TLSError)
  {
    guard answer != nil,
      choice.answers.has(ApplicationLayerProtocolNegotiation.self)
    else { return }
    throw .illegalParameter(
      "the server answered application_layer_protocol_negotiation and "
        + "next_protocol_negotiation, and only one can decide")
  }

  /// What a client speaks: the first of the server's that it knows, or else its own favourite, in the
  /// hope that the server knows it all the same (section 4).
  static func choice(of own: [String], among offered: [String]) -> String? {
    offered.first(where: own.contains) ?? own.first
  }

  static func detail(of offer: Offer) -> String? { "NPN" }
  static func detail(ofAnswer answer: [String]) -> String { "NPN " + answer.joined(separator: " ") }
}

extension ExtensionType {
  /// next_protocol_negotiation (draft-agl-tls-nextprotoneg-04), which has no number of IANA's.
  public static let nextProtocolNegotiation = ExtensionType(rawValue: 13_172)
}
