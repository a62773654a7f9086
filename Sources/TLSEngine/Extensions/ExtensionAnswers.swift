import TLSCrypto

/// What a ServerHello answers, extension by extension: what both sides agreed on.
struct ExtensionAnswers: Sendable {
  private(set) var raw: [RawExtension] = []
  private var values = ExtensionValues()

  /// What a server answers, given what it chose.
  init(_ selection: ServerSelection) throws(TLSError) {
    var writing = Writing(selection: selection)
    try HelloExtensions.visit(with: &writing)
    self = writing.answers
  }

  /// Nothing is answered yet.
  private init() {}

  /// A server's answers, as far as they are written.
  private struct Writing: ExtensionVisitor {
    let selection: ServerSelection
    var answers = ExtensionAnswers()

    mutating func visit<E: HelloExtension>(_ known: E.Type) throws(TLSError) {
      try answers.add(known, selection)
    }
  }

  private mutating func add<E: HelloExtension>(
    _ each: E.Type, _ selection: ServerSelection
  ) throws(TLSError) {
    guard let answer = try each.answer(selection) else { return }
    var writer = Writer(reservingCapacity: 64)
    each.encode(answer: answer, into: &writer)
    raw.append(RawExtension(type: each.type, body: try writer.finish()))
    values.set(answer, of: each.type)
  }

  /// What a server answered to what the client offered.
  ///
  /// RFC 5246 section 7.4.1.4: an extension that was not offered is refused with
  /// `unsupported_extension`.
  init(
    decoding raw: [RawExtension], to offers: ExtensionOffers, _ setup: ClientSetup,
    choosing cipherSuite: CipherSuite, _ suite: CipherSuiteParameters
  ) throws(TLSError) {
    var reading = ExtensionReading(with: Decoding(offers: offers))
    for each in raw {
      // What is not known was not offered either.
      guard try reading.read(each) else {
        throw TLSError(.unsupportedExtension, .unsolicitedExtension(each.type))
      }
    }
    self = reading.decoder.answers
    self.raw = raw
    let choice = ServerChoice(
      setup: setup, cipherSuite: cipherSuite, suite: suite, answers: self)
    var checking = Checking(offers: offers, choice: choice)
    try HelloExtensions.visit(with: &checking)
  }

  /// A server's answers, as far as they are read.
  private struct Decoding: ExtensionDecoder {
    let offers: ExtensionOffers
    var answers = ExtensionAnswers()

    mutating func decode<E: HelloExtension>(
      _ known: E.Type, _ body: RawSpan
    ) throws(TLSError) {
      try answers.decode(known, body, offers)
    }
  }

  /// A server's answers, checked one after the other.
  private struct Checking: ExtensionVisitor {
    let offers: ExtensionOffers
    let choice: ServerChoice

    func visit<E: HelloExtension>(_ known: E.Type) throws(TLSError) {
      try known.check(choice.answers.answer(of: known), to: offers.offer(of: known), choice)
    }
  }

  private mutating func decode<E: HelloExtension>(
    _ known: E.Type, _ body: RawSpan, _ offers: ExtensionOffers
  ) throws(TLSError) {
    guard offers.has(known) else {
      throw TLSError(.unsupportedExtension, .unsolicitedExtension(known.type))
    }
    var reader = Reader(body)
    let answer = try known.decodeAnswer(&reader)
    try reader.expectEnd(of: "the extension")
    values.set(answer, of: known.type)
  }

  /// Whether the hello has an extension.
  func has<E: HelloExtension>(_ known: E.Type) -> Bool {
    values.types.contains(E.type)
  }

  /// The answer of one extension, or `nil` if the hello does not have it.
  func answer<E: HelloExtension>(of _: E.Type) -> E.Answer? {
    values.value(of: E.type)
  }
}
