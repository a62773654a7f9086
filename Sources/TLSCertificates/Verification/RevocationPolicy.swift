/// How revocation is checked: by lists that the caller loads, and by what a server staples.
///
/// Nothing is fetched. What happens where nothing is known is said here, and never implied.
public struct RevocationPolicy: Sendable, Hashable {
  /// Whose revocation is looked up in the lists.
  public enum Scope: Sendable, Hashable {
    /// The leaf's alone (Python's `VERIFY_CRL_CHECK_LEAF`).
    case leaf
    /// That of every certificate but the root (Python's `VERIFY_CRL_CHECK_CHAIN`).
    case chain
  }

  /// What happens where nothing usable says whether a certificate was revoked.
  public enum WhenUnknown: Sendable, Hashable {
    /// It passes (soft-fail).
    case accept
    /// It is refused (hard-fail).
    case refuse
  }

  /// Whether and how lists are looked at.
  public enum ListChecking: Sendable, Hashable {
    /// They are not.
    case off
    /// For these certificates.
    case on(Scope, whenUnknown: WhenUnknown)
  }

  /// Whether and how a stapled response is looked at.
  public enum StaplingChecking: Sendable, Hashable {
    /// It is not.
    case off
    /// One that says "revoked" refuses the leaf; `whenUnknown` says what one that proves nothing does,
    /// and whether none at all does the same.
    case on(whenUnusable: WhenUnknown, whenAbsent: WhenUnknown)
  }

  /// The lists, such as the caller has loaded.
  public var lists: [CertificateRevocationList] = []

  /// Whether and how they are looked at.
  public var listChecking = ListChecking.off

  /// Whether and how a stapled response is looked at.
  public var staplingChecking = StaplingChecking.on(whenUnusable: .refuse, whenAbsent: .accept)

  /// Whether a certificate that says that it must come with an OCSP response (RFC 7633) is refused
  /// without one, where one was asked for.
  public var enforcesMustStaple = true

  /// How far two clocks may differ, in seconds.
  public var clockTolerance = 300

  /// A policy under which a stapled response that is there must be good, and lists are not looked at.
  public init() {}
}
