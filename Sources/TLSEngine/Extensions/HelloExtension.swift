import TLSCrypto

/// One hello extension: its wire form, what a client offers, what a server answers, and what each
/// checks of the other. All of an extension is in its own file; ``HelloExtensions/all`` is the one
/// place where it is registered.
protocol HelloExtension: Sendable {
  /// What the ClientHello says.
  associatedtype Offer: Sendable
  /// What the ServerHello says.
  associatedtype Answer: Sendable

  static var type: ExtensionType { get }

  /// The name in the IANA registry.
  static var name: String { get }

  /// What a client offers, or `nil` if it leaves the extension out.
  static func offer(_ draft: ClientHelloDraft) -> Offer?
  static func encode(offer: Offer, into writer: inout Writer)
  static func decodeOffer(_ reader: inout Reader) throws(TLSError) -> Offer

  /// What a server answers, or `nil` if it leaves the extension out.
  static func answer(_ selection: ServerSelection) throws(TLSError) -> Answer?
  static func encode(answer: Answer, into writer: inout Writer)
  static func decodeAnswer(_ reader: inout Reader) throws(TLSError) -> Answer

  /// What a client demands of the answer, or of its absence.
  static func check(_ answer: Answer?, to offer: Offer?, _ choice: ServerChoice) throws(TLSError)

  /// What a person wants to know of the offer in a trace, if anything.
  static func detail(of offer: Offer) -> String?

  /// What a person wants to know of the answer in a trace: its name, if not more.
  static func detail(ofAnswer answer: Answer) -> String
}

extension HelloExtension {
  static func check(_ answer: Answer?, to offer: Offer?, _ choice: ServerChoice) throws(TLSError) {}
  static func detail(of offer: Offer) -> String? { nil }
  static func detail(ofAnswer answer: Answer) -> String { type.description }
}

/// Extensions that only a client sends: a server has nothing to answer.
extension HelloExtension where Answer == Never {
  static func answer(_ selection: ServerSelection) throws(TLSError) -> Never? {
    nil
  }

  static func encode(answer: Never, into writer: inout Writer) {}

  static func decodeAnswer(_ reader: inout Reader) throws(TLSError) -> Never {
    throw TLSError(.unsupportedExtension, .unsolicitedExtension(type))
  }
}

/// Every extension that the engine knows, in the order in which a client sends them.
///
/// Those that may be empty do not come last, which some old servers do not expect, and padding,
/// which counts what stands before it, does.
enum HelloExtensions {
  static let all: [any HelloExtension.Type] = [
    ServerNameIndication.self,
    ExtendedMasterSecret.self,
    RenegotiationInfo.self,
    SupportedGroups.self,
    ECPointFormats.self,
    ApplicationLayerProtocolNegotiation.self,
    NextProtocolNegotiation.self,
    SessionTicket.self,
    StatusRequest.self,
    SignedCertificateTimestamps.self,
    EncryptThenMAC.self,
    MaximumFragmentLengthNegotiation.self,
    RecordSizeLimit.self,
    SignatureAlgorithms.self,
    SignatureAlgorithmsCert.self,
    Padding.self,
  ]

  static func known(_ type: ExtensionType) -> (any HelloExtension.Type)? {
    all.first { $0.type == type }
  }
}
