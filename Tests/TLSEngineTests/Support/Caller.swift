import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// Somebody who answers every question, knowing nothing but the question.
enum Caller {
  /// Which side asks, and what.
  enum Asked: String, CaseIterable, Sendable {
    case identity
    case serverSignature
    case serverChain
    case clientIdentity
    case clientSignature
    case clientChain
    case clientPreSharedKey
    case serverPreSharedKey

    /// Those of a handshake with certificates on both sides, in the order in which they come.
    static let withCertificates: [Asked] = [
      .identity, .serverSignature, .serverChain, .clientIdentity, .clientSignature, .clientChain,
    ]

    /// Those of a handshake with a pre-shared key.
    static let withPreSharedKey: [Asked] = [.identity, .clientPreSharedKey, .serverPreSharedKey]

    var isOfClient: Bool {
      switch self {
      case .serverChain, .clientIdentity, .clientSignature, .clientPreSharedKey: true
      case .identity, .serverSignature, .clientChain, .serverPreSharedKey: false
      }
    }

    init?(_ question: Question?, ofClient: Bool) {
      switch (question, ofClient) {
      case (.identity, false): self = .identity
      case (.sign, false): self = .serverSignature
      case (.verifyChain, true): self = .serverChain
      case (.clientIdentity, true): self = .clientIdentity
      case (.sign, true): self = .clientSignature
      case (.verifyChain, false): self = .clientChain
      case (.preSharedKey, true): self = .clientPreSharedKey
      case (.preSharedKey, false): self = .serverPreSharedKey
      default: return nil
      }
    }
  }

  /// A question that waits.
  struct Open {
    let asked: Asked
    let question: Question
  }

  /// The right answer.
  static func answer(to question: Question) throws -> Answer {
    switch question {
    case .identity(let hello):
      if !hello.cipherSuites.contains(where: { $0.parameters?.authentication == .ecdsa }) {
        return .noIdentity
      }
      return .identity(
        try Identity(
          signingElsewhereWith: try TestIdentities.material(
            .ed25519, names: [hello.serverName ?? ""]
          ).certificates))
    case .clientIdentity:
      return .identity(
        try Identity(
          signingElsewhereWith: try TestIdentities.clientMaterial(.p256).certificates))
    case .sign(let question):
      let kind: TestIdentities.Kind = question.scheme == .ed25519 ? .ed25519 : .p256
      var random = SystemRandomSource()
      let key = try TestIdentities.material(kind).key
      return .signature(
        try key.sign(
          question.message.rawSpan, using: try #require(question.scheme.algorithm), random: &random)
      )
    case .verifyChain(let question):
      return .chainIsVerified(
        try ChainVerifier(roots: try TestIdentities.roots()).verify(
          question.certificates, for: question.serverName,
          usage: question.serverName == nil ? .client : .server, at: TestIdentities.now))
    case .preSharedKey(let question):
      return .preSharedKey(
        try TestPreSharedKeys.preSharedKey(question.identity ?? TestPreSharedKeys.identity))
    default:
      throw WireCursor.TooShort()
    }
  }

  /// A client and a server that ask for everything.
  static func loopback(to name: String = "example.com") throws -> Loopback {
    try Loopback(
      to: name,
      try TestIdentities.client {
        $0.verification = .ask
        $0.identitySelection = .ask
      }, server { $0.clientAuthentication = .required })
  }

  /// A client and a server that ask for everything, and have pre-shared keys alone.
  static func preSharedKeyLoopback() throws -> Loopback {
    try Loopback(
      try TestPreSharedKeys.client { $0.preSharedKey = .ask },
      server {
        $0.cipherSuites = TestPreSharedKeys.suites
        $0.preSharedKeyHint = [UInt8]("a hint".utf8)
      })
  }

  private static func server(
    _ change: (inout ServerConfiguration) -> Void
  ) -> ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration.identitySelection = .ask
    configuration.clientVerification = .ask
    configuration.preSharedKeys = .ask
    configuration.time = FixedTimeSource(TestIdentities.now)
    change(&configuration)
    return configuration
  }
}

extension Loopback {
  /// The question that is open, and whose it is: only one side asks at a time.
  var question: Caller.Open? {
    let ofClient = client.pendingQuestion
    guard let question = ofClient ?? server.pendingQuestion,
      let asked = Caller.Asked(question, ofClient: ofClient != nil)
    else { return nil }
    return Caller.Open(asked: asked, question: question)
  }

  /// The question that has to be open.
  func openQuestion() throws -> Question {
    guard let open = question else { throw WireCursor.TooShort() }
    return open.question
  }

  /// Gives an answer to the side that asks.
  mutating func give(_ answer: Answer, to asked: Caller.Asked) throws {
    if asked.isOfClient {
      clientEvents += try client.answer(answer)
    } else {
      serverEvents += try server.answer(answer)
    }
  }

  /// Goes on, answering every question, up to `last` or the end.
  ///
  /// - Returns: what was asked.
  mutating func answerAll(before last: Caller.Asked? = nil) throws -> [Caller.Asked] {
    var asked: [Caller.Asked] = []
    try exchange()
    while let open = question, open.asked != last {
      asked.append(open.asked)
      try give(try Caller.answer(to: open.question), to: open.asked)
      try exchange()
    }
    return asked
  }
}
