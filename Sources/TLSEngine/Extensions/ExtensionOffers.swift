import TLSCrypto

/// What a ClientHello offers, extension by extension.
///
/// Values are found by the extension's type, so that adding an extension touches neither this nor
/// the hello. What the engine does not know is not kept (RFC 5246 section 7.4.1.4: a server
/// ignores it).
struct ExtensionOffers: Sendable {
  private var raw: [RawExtension] = []
  private var values: [(type: ExtensionType, value: any Sendable)] = []

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
    if let first { raw.append(first) }
    for each in HelloExtensions.all { try add(each, &draft) }
    if let last { raw.append(last) }
  }

  private mutating func add<E: HelloExtension>(
    _ each: E.Type, _ draft: inout ClientHelloDraft
  ) throws(TLSError) {
    guard let offer = each.offer(draft) else { return }
    var writer = Writer()
    each.encode(offer: offer, into: &writer)
    let encoded = RawExtension(type: each.type, body: try writer.finish())
    draft.byteCount += encoded.byteCount
    raw.append(encoded)
    values.append((each.type, offer))
  }

  init(decoding reader: inout Reader) throws(TLSError) {
    for each in try RawExtension.decodeList(&reader) {
      guard let known = HelloExtensions.known(each.type) else { continue }
      try decode(known, each.body)
    }
  }

  private mutating func decode<E: HelloExtension>(
    _ known: E.Type, _ body: [UInt8]
  ) throws(TLSError) {
    var reader = Reader(body.rawSpan)
    let offer = try known.decodeOffer(&reader)
    try reader.expectEnd(of: "the extension")
    values.append((known.type, offer))
  }

  /// The offer of one extension, or `nil` if the hello does not have it.
  func offer<E: HelloExtension>(of _: E.Type) -> E.Offer? {
    values.first { $0.type == E.type }?.value as? E.Offer
  }

  func encode(into writer: inout Writer) {
    RawExtension.encodeList(raw, into: &writer)
  }

  /// What a person wants to know of them in a trace.
  var details: [String] {
    values.compactMap { each in HelloExtensions.known(each.type).flatMap { detail($0) } }
  }

  private func detail<E: HelloExtension>(_ known: E.Type) -> String? {
    offer(of: known).flatMap { known.detail(of: $0) }
  }
}
