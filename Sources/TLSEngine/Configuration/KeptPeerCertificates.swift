import TLSCertificates

/// What a connection keeps of the peer's certificates once its handshake is complete.
///
/// Whatever is kept here, the whole chain, the path that was found to a root, and what was stapled are in
/// ``VerifyChainQuestion``, where the caller judges, and in the summary that
/// ``Event/handshakeCompleted(_:)`` brings: take from there what is needed, a name or a fingerprint, and
/// the connection need not keep the rest. Parsed chains are most of what an idle connection would weigh:
/// one of three certificates has 10 KB and more, the connection without it 5.
///
/// Sessions have a chain of their own, to be judged again when they are resumed, and channel bindings and
/// exporters work all the same.
@nonexhaustive public enum KeptPeerCertificates: Sendable, Hashable {
  /// Nothing: the ``ConnectionSummary/peerCertificates`` of ``Connection/summary`` are `nil` if there were
  /// any.
  case none

  /// The peer's own certificate, to be looked at again and again, as servers do that ask clients for
  /// theirs.
  case leaf

  /// All that the peer showed: its chain, the path to the root, the stapled response, and the signed
  /// certificate timestamps.
  case all
}

extension ConnectionSummary {
  /// Lets go of all but so much of what the peer showed.
  mutating func keep(_ kept: KeptPeerCertificates) {
    switch kept {
    case .all: return
    case .leaf: peerCertificates = peerCertificates.map { Array($0.prefix(1)) }
    // That there was none is remembered for nothing.
    case .none: if peerCertificates?.isEmpty == false { peerCertificates = nil }
    }
    verifiedPeerChain = []
    stapledStatus = nil
    signedCertificateTimestamps = []
  }
}
