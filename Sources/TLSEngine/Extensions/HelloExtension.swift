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

/// What is done with one extension after the other.
protocol ExtensionVisitor {
  mutating func visit<E: HelloExtension>(_ known: E.Type) throws(TLSError)
}

/// What reads the bodies of extensions.
protocol ExtensionDecoder {
  mutating func decode<E: HelloExtension>(_ known: E.Type, _ body: RawSpan) throws(TLSError)
}

/// Hands a hello's extensions to a decoder, each as what it is.
///
/// By visitor and not by ``HelloExtensions/known(_:)``: the compiler sees the type.
struct ExtensionReading<Decoder: ExtensionDecoder>: ExtensionVisitor {
  var decoder: Decoder

  /// Where the bodies are.
  private var bytes: [UInt8] = []

  /// What is to be read, until somebody knows it.
  private var current: (type: ExtensionType, body: Range<Int>)?

  init(with decoder: Decoder) {
    self.decoder = decoder
  }

  /// Reads those that are known.
  mutating func read(_ list: ExtensionList) throws(TLSError) {
    bytes = list.bytes
    for each in list.entries {
      current = each
      try HelloExtensions.visit(with: &self)
    }
  }

  /// Reads one.
  ///
  /// - Returns: whether it is known.
  mutating func read(_ each: RawExtension) throws(TLSError) -> Bool {
    bytes = each.body
    current = (each.type, each.body.indices)
    try HelloExtensions.visit(with: &self)
    return current == nil
  }

  mutating func visit<E: HelloExtension>(_ known: E.Type) throws(TLSError) {
    guard let each = current, each.type == E.type else { return }
    current = nil
    let bytes = bytes
    try decoder.decode(known, bytes.rawSpan.extracting(each.body))
  }
}

/// Every extension that the engine knows, in the order in which a client sends them.
///
/// Those that may be empty do not come last, which some old servers do not expect, and padding,
/// which counts what stands before it, does.
enum HelloExtensions {
  /// Goes through all of them, up to one that throws.
  ///
  /// They stand here one by one, and not in an array, so that the compiler sees their types: otherwise
  /// every hello looks up for each of them how its values are moved about.
  static func visit(with visitor: inout some ExtensionVisitor) throws(TLSError) {
    try visitor.visit(ServerNameIndication.self)
    try visitor.visit(ExtendedMasterSecret.self)
    try visitor.visit(RenegotiationInfo.self)
    try visitor.visit(SupportedGroups.self)
    try visitor.visit(ECPointFormats.self)
    try visitor.visit(ApplicationLayerProtocolNegotiation.self)
    try visitor.visit(NextProtocolNegotiation.self)
    try visitor.visit(SessionTicket.self)
    try visitor.visit(StatusRequest.self)
    try visitor.visit(SignedCertificateTimestamps.self)
    try visitor.visit(EncryptThenMAC.self)
    try visitor.visit(MaximumFragmentLengthNegotiation.self)
    try visitor.visit(RecordSizeLimit.self)
    try visitor.visit(SignatureAlgorithms.self)
    try visitor.visit(SignatureAlgorithmsCert.self)
    try visitor.visit(Padding.self)
  }

  /// The same as a list.
  static let all: [any HelloExtension.Type] = {
    var list = List()
    // Nothing is thrown where types are only written down.
    try? visit(with: &list)
    return list.types
  }()

  static func known(_ type: ExtensionType) -> (any HelloExtension.Type)? {
    all.first { $0.type == type }
  }

  private struct List: ExtensionVisitor {
    var types: [any HelloExtension.Type] = []

    mutating func visit<E: HelloExtension>(_ known: E.Type) {
      types.append(known)
    }
  }
}
