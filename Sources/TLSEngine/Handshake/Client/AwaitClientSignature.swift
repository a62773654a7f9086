import TLSCrypto

/// The client has shown its certificate; somebody has to sign the handshake for it.
struct AwaitClientSignature: ~Copyable, Sendable {
  let agreed: ClientAgreement
  let outcome: Outcome
  let identity: Identity
  let scheme: SignatureScheme
  var transcript: Transcript

  var question: SignQuestion {
    SignQuestion(scheme: scheme, message: transcript.signedContent ?? [], identity: identity)
  }

  /// The signature of a key that is here, or `nil` if the caller is to be asked.
  func everydayAnswer(_ channel: inout Channel) throws(TLSError) -> Answer? {
    try question.everydayAnswer(&channel)
  }

  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    let signature = try answer.signature
    try channel.send(
      CertificateVerify(DigitallySigned(scheme: scheme, signature: signature)), &transcript)
    return try ClientFinishing(agreed: agreed, outcome: outcome, transcript: transcript)
      .send(&channel)
  }
}

extension SignQuestion {
  /// The signature of a key that is here, or `nil` if the caller is to be asked.
  func everydayAnswer(_ channel: inout Channel) throws(TLSError) -> Answer? {
    guard case .key(let privateKey) = identity.signer, let algorithm = scheme.algorithm else {
      return nil
    }
    do {
      return .signature(
        try privateKey.sign(message.rawSpan, using: algorithm, random: &channel.randomness))
    } catch {
      throw TLSError(error)
    }
  }
}

extension Answer {
  /// The signature that was asked for.
  ///
  /// - Throws: the refusal; a misuse if the answer is none to the question.
  var signature: [UInt8] {
    get throws(TLSError) {
      switch self {
      case .signature(let signature): return signature
      case .refused(let sentence, let alert):
        throw TLSError(alert ?? .internalError, .refused(sentence))
      default: throw .unfitting(self, to: "a signature")
      }
    }
  }
}
