public import TLSCertificates

/// The caller's answer to a ``Question``.
@nonexhaustive public enum Answer: Sendable {
  /// Present this identity.
  case identity(Identity)

  /// Present none: a client that keeps its certificate to itself, or a server that goes on with a
  /// pre-shared key alone.
  case noIdentity

  /// The chain is good, and this is the path that proves it.
  case chainIsVerified(VerifiedChain)

  /// The chain is good.
  case chainIsGood

  /// The chain is not, and this is why.
  case chainIsBad(VerificationError)

  /// The signature: DER for ECDSA (RFC 5246 section 4.7), as it is for the others.
  case signature([UInt8])

  /// The session of that id, or `nil` if there is none: then there is a full handshake.
  case session(ServerSession?)

  /// The key of that identity, or `nil` if there is none: then the handshake ends with
  /// `unknown_psk_identity`.
  case preSharedKey(PreSharedKey?)

  /// No: the handshake ends, and the sentence stands in the error. Without an alert the peer is
  /// sent the one that fits the question. One that is never fatal (close_notify, no_renegotiation) is a
  /// misuse.
  case refused(String, alert: AlertDescription? = nil)

  /// What kind of answer it is, for the error that says it does not fit.
  var kind: String {
    switch self {
    case .identity, .noIdentity: "an identity"
    case .chainIsVerified, .chainIsGood, .chainIsBad: "a verdict on a chain"
    case .signature: "a signature"
    case .session: "a session"
    case .preSharedKey: "a pre-shared key"
    case .refused: "a refusal"
    }
  }
}
