import TLSCrypto

/// What a ClientHello offers, extension by extension.
///
/// Values are found by the extension's type, so that adding an extension touches neither this nor
/// the hello. What the engine does not know is not kept (RFC 5246 section 7.4.1.4: a server
/// ignores it).
struct ExtensionOffers: ExtensionDecoder, Sendable {
  /// Those that a client has written, one behind the other.
  private var encoded = Writer()
  private var values = ExtensionValues()

  /// None at all.
  init() {}

  /// What a client offers in `draft`, which is the whole message but for the list of extensions.
  init(_ draft: ClientHelloDraft) throws(TLSError) {
    var draft = draft
    draft.byteCount += RawExtension.listHeaderByteCount
    // Both are counted before the others are added, so that padding knows of the last one.
    let first = draft.grease?.firstExtension
    let last = draft.grease?.lastExtension
    draft.byteCount += (first?.byteCount ?? 0) + (last?.byteCount ?? 0)
    var writing = Writing(draft: draft)
    writing.offers.encoded = Writer(reservingCapacity: 256)
    first?.encode(into: &writing.offers.encoded)
    try HelloExtensions.visit(with: &writing)
    self = writing.offers
    last?.encode(into: &encoded)
  }

  /// A client's offers, as far as they are written.
  private struct Writing: ExtensionVisitor {
    var draft: ClientHelloDraft
    var offers = ExtensionOffers()

    mutating func visit<E: HelloExtension>(_ known: E.Type) throws(TLSError) {
      try offers.add(known, &draft)
    }
  }

  private mutating func add<E: HelloExtension>(
    _ each: E.Type, _ draft: inout ClientHelloDraft
  ) throws(TLSError) {
    guard let offer = each.offer(draft) else { return }
    let start = encoded.bytes.count
    encoded.write(each.type.rawValue)
    encoded.writeVector16 { each.encode(offer: offer, into: &$0) }
    draft.byteCount += encoded.bytes.count - start
    values.set(offer, of: each.type)
  }

  init(decoding reader: inout Reader) throws(TLSError) {
    var reading = ExtensionReading(with: ExtensionOffers())
    try reading.read(try ExtensionList(decoding: &reader))
    self = reading.decoder
  }

  mutating func decode<E: HelloExtension>(
    _ known: E.Type, _ body: RawSpan
  ) throws(TLSError) {
    var reader = Reader(body)
    let offer = try known.decodeOffer(&reader)
    try reader.expectEnd(of: "the extension")
    values.set(offer, of: known.type)
  }

  /// The offer of one extension, or `nil` if the hello does not have it.
  func offer<E: HelloExtension>(of _: E.Type) -> E.Offer? {
    values.value(of: E.type)
  }

  /// Whether the hello has an extension.
  func has<E: HelloExtension>(_ known: E.Type) -> Bool {
    values.types.contains(E.type)
  }

  func encode(into writer: inout Writer) {
    guard !encoded.bytes.isEmpty else { return }
    writer.writeVector16 { $0.write(encoded) }
  }

  /// What a person wants to know of them in a trace.
  var details: [String] {
    values.types.compactMap { each in HelloExtensions.known(each).flatMap { detail($0) } }
  }

  private func detail<E: HelloExtension>(_ known: E.Type) -> String? {
    offer(of: known).flatMap { known.detail(of: $0) }
  }
}
