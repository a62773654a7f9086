import TLSCrypto

/// What a ServerHello answers, extension by extension: what both sides agreed on.
struct ExtensionAnswers: Sendable {
  private(set) var raw: [RawExtension] = []
  private var values: [(type: ExtensionType, value: any Sendable)] = []

  /// What a server answers, given what it chose.
  init(_ selection: ServerSelection) throws(TLSError) {
    for each in HelloExtensions.all { try add(each, selection) }
  }

  private mutating func add<E: HelloExtension>(
    _ each: E.Type, _ selection: ServerSelection
  ) throws(TLSError) {
    guard let answer = try each.answer(selection) else { return }
    var writer = Writer()
    each.encode(answer: answer, into: &writer)
    raw.append(RawExtension(type: each.type, body: try writer.finish()))
    values.append((each.type, answer))
  }

  /// What a server answered to what the client offered.
  ///
  /// RFC 5246 section 7.4.1.4: an extension that was not offered is refused with
  /// `unsupported_extension`.
  init(
    decoding raw: [RawExtension], to offers: ExtensionOffers, _ setup: ClientSetup,
    choosing cipherSuite: CipherSuite, _ suite: CipherSuiteParameters
  ) throws(TLSError) {
    self.raw = raw
    for each in raw {
      guard let known = HelloExtensions.known(each.type) else {
        throw TLSError(.unsupportedExtension, .unsolicitedExtension(each.type))
      }
      try decode(known, each.body, offers)
    }
    let choice = ServerChoice(
      setup: setup, cipherSuite: cipherSuite, suite: suite, answers: self)
    for each in HelloExtensions.all { try check(each, offers, choice) }
  }

  private mutating func decode<E: HelloExtension>(
    _ known: E.Type, _ body: [UInt8], _ offers: ExtensionOffers
  ) throws(TLSError) {
    guard offers.offer(of: known) != nil else {
      throw TLSError(.unsupportedExtension, .unsolicitedExtension(known.type))
    }
    var reader = Reader(body.rawSpan)
    let answer = try known.decodeAnswer(&reader)
    try reader.expectEnd(of: "the extension")
    values.append((known.type, answer))
  }

  private func check<E: HelloExtension>(
    _ known: E.Type, _ offers: ExtensionOffers, _ choice: ServerChoice
  ) throws(TLSError) {
    try known.check(answer(of: known), to: offers.offer(of: known), choice)
  }

  /// The answer of one extension, or `nil` if the hello does not have it.
  func answer<E: HelloExtension>(of _: E.Type) -> E.Answer? {
    values.first { $0.type == E.type }?.value as? E.Answer
  }
}
