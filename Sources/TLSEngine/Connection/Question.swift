/// What the handshake needs to know before it can go on.
///
/// The engine calls nobody. Where the configuration does not hold the answer, it stops and asks;
/// the caller answers with ``Connection/answer(_:)`` at once or after an hour, from any thread.
@nonexhaustive public enum Question: Sendable {
  /// A server: which identity for this ClientHello? Answer ``Answer/identity(_:)``, or
  /// ``Answer/noIdentity`` to go on with a pre-shared key alone.
  case identity(IdentityQuestion)

  /// Is this chain good, on a client for this name? Answer ``Answer/chainIsVerified(_:)``,
  /// ``Answer/chainIsGood`` or ``Answer/chainIsBad(_:)``.
  case verifyChain(VerifyChainQuestion)

  /// Either side whose key is elsewhere: sign this. Answer ``Answer/signature(_:)``.
  case sign(SignQuestion)

  /// A server whose sessions are kept elsewhere: what session has this id? Answer
  /// ``Answer/session(_:)``.
  case session(SessionQuestion)

  /// Either side: which key do both have? Answer ``Answer/preSharedKey(_:)``.
  case preSharedKey(PreSharedKeyQuestion)

  /// A client whose certificate the server asks for: which? Answer ``Answer/identity(_:)`` or
  /// ``Answer/noIdentity``.
  case clientIdentity(ClientIdentityQuestion)
}

extension Question {
  /// What is asked for, for the error that says that an answer does not fit.
  var kind: String {
    switch self {
    case .identity, .clientIdentity: "an identity"
    case .verifyChain: "a verdict on a chain"
    case .sign: "a signature"
    case .session: "a session"
    case .preSharedKey: "a pre-shared key"
    }
  }

  /// Refuses an answer that is none to this question, before the handshake has seen it: a step that
  /// fails leaves nothing behind, and a misuse must change nothing.
  func check(_ answer: Answer) throws(TLSError) {
    guard accepts(answer) else { throw .unfitting(answer, to: kind) }
    if case .refused(_, let alert?) = answer { try alert.checkCanBeFatal() }
    guard case .preSharedKey(let question) = self, case .preSharedKey(let key?) = answer,
      let identity = question.identity, key.identity != identity
    else { return }
    throw .misuse(
      "the key answered is \(key), and the client named \(PreSharedKey.quoted(identity))")
  }

  /// Whether it is a question of the kind that `answer` answers.
  private func accepts(_ answer: Answer) -> Bool {
    switch (self, answer) {
    case (_, .refused), (.identity, .identity), (.identity, .noIdentity), (.sign, .signature),
      (.verifyChain, .chainIsGood), (.verifyChain, .chainIsBad), (.verifyChain, .chainIsVerified),
      (.session, .session), (.preSharedKey, .preSharedKey), (.clientIdentity, .identity),
      (.clientIdentity, .noIdentity):
      true
    default: false
    }
  }
}
