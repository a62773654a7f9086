public import TLSCertificates

/// What the handshake needs to know before it can go on.
///
/// The engine calls nobody. Where the configuration does not hold the answer, it stops and asks;
/// the caller answers with ``Connection/answer(_:)`` at once or after an hour, from any thread.
@nonexhaustive public enum Question: Sendable {
  /// A server: which identity for this ClientHello? Answer ``Answer/identity(_:)``.
  case identity(IdentityQuestion)

  /// A client: is this chain good for this name? Answer ``Answer/chainIsGood`` or
  /// ``Answer/chainIsBad(_:)``.
  case verifyChain(VerifyChainQuestion)

  /// A server whose key is elsewhere: sign this. Answer ``Answer/signature(_:)``.
  case sign(SignQuestion)
}

/// Everything a ClientHello says that may decide which identity it gets.
public struct IdentityQuestion: Sendable, Equatable {
  /// The name asked for, in lower case and otherwise as the client wrote it (RFC 6066), if any.
  public let serverName: String?

  /// The application protocols offered, the client's favourite first.
  public let applicationProtocols: [String]

  /// The suites offered, the client's favourite first.
  public let cipherSuites: [CipherSuite]

  /// The groups offered, the client's favourite first.
  public let supportedGroups: [NamedGroup]

  /// The signatures that the client can check.
  public let signatureSchemes: [SignatureScheme]
}

/// A chain to be judged.
public struct VerifyChainQuestion: Sendable, Equatable {
  /// What the server sent, leaf first, the rest in the order it came.
  public let certificates: [Certificate]

  /// The name that the leaf has to be for.
  public let serverName: ServerName
}

/// A signature to be made.
public struct SignQuestion: Sendable {
  /// How to sign.
  public let scheme: SignatureScheme

  /// What to sign: the message itself, not its hash.
  public let message: [UInt8]

  /// Whose signature it is.
  public let identity: Identity
}

/// The caller's answer to a ``Question``.
@nonexhaustive public enum Answer: Sendable {
  /// Present this identity.
  case identity(Identity)

  /// The chain is good for the name.
  case chainIsGood

  /// The chain is not, and this is why.
  case chainIsBad(VerificationError)

  /// The signature: DER for ECDSA (RFC 5246 section 4.7), as it is for the others.
  case signature([UInt8])

  /// No: the handshake ends, and the sentence stands in the error. Without an alert the peer is
  /// sent the one that fits the question.
  case refused(String, alert: AlertDescription? = nil)

  /// What kind of answer it is, for the error that says it does not fit.
  var kind: String {
    switch self {
    case .identity: "an identity"
    case .chainIsGood, .chainIsBad: "a verdict on a chain"
    case .signature: "a signature"
    case .refused: "a refusal"
    }
  }
}

extension Question {
  /// What is asked for, for the error that says that an answer does not fit.
  var kind: String {
    switch self {
    case .identity: "an identity"
    case .verifyChain: "a verdict on a chain"
    case .sign: "a signature"
    }
  }

  /// Whether it is a question that `answer` answers.
  func accepts(_ answer: Answer) -> Bool {
    switch (self, answer) {
    case (_, .refused), (.identity, .identity), (.sign, .signature),
      (.verifyChain, .chainIsGood), (.verifyChain, .chainIsBad):
      true
    default: false
    }
  }
}
