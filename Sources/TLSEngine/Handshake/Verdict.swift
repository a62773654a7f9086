import TLSCertificates

/// What somebody said of a peer's chain, if it was good.
enum Verdict: Sendable {
  /// Good, along this path.
  case verified(VerifiedChain)

  /// Good, for reasons that are the caller's own.
  case accepted

  /// The verdict of an answer.
  ///
  /// - Throws: the refusal, with the alert that fits it; a misuse if the answer is none to the question.
  init(_ answer: Answer) throws(TLSError) {
    switch answer {
    case .chainIsVerified(let chain): self = .verified(chain)
    case .chainIsGood: self = .accepted
    case .chainIsBad(let error): throw TLSError(error.alert, .certificate(error))
    case .refused(let sentence, let alert):
      throw TLSError(alert ?? .certificateUnknown, .refused(sentence))
    default: throw .unfitting(answer, to: "a verdict on a chain")
    }
  }

  /// The path, if there is one.
  var path: [Certificate] {
    switch self {
    case .verified(let chain): chain.certificates
    case .accepted: []
    }
  }
}
