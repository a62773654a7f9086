/// Why a certificate was revoked: CRLReason (RFC 5280 section 5.3.1).
public enum RevocationReason: Int, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// No reason in particular.
  case unspecified = 0
  /// Somebody else may have the subject's key.
  case keyCompromise = 1
  /// Somebody else may have the authority's key.
  case cACompromise = 2
  /// The subject's name is no longer right.
  case affiliationChanged = 3
  /// There is another certificate in its place.
  case superseded = 4
  /// The certificate is no longer needed.
  case cessationOfOperation = 5
  /// The certificate is suspended, and may become good again.
  case certificateHold = 6
  /// The certificate is not revoked any more; only a delta list can say so.
  case removeFromCRL = 8
  /// What the certificate granted is withdrawn.
  case privilegeWithdrawn = 9
  /// Somebody else may have the key of an attribute authority.
  case aACompromise = 10

  /// RFC 5280's name for it.
  public var description: String {
    switch self {
    case .unspecified: "unspecified"
    case .keyCompromise: "keyCompromise"
    case .cACompromise: "cACompromise"
    case .affiliationChanged: "affiliationChanged"
    case .superseded: "superseded"
    case .cessationOfOperation: "cessationOfOperation"
    case .certificateHold: "certificateHold"
    case .removeFromCRL: "removeFromCRL"
    case .privilegeWithdrawn: "privilegeWithdrawn"
    case .aACompromise: "aACompromise"
    }
  }

  /// Whether it is for good: what is on hold alone can be taken back.
  var isFinal: Bool { self != .certificateHold }
}
