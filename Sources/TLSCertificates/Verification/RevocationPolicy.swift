/// How revocation is checked: by lists that the caller loads, and by what a server staples.
///
/// Nothing is fetched. What happens where nothing is known is said here, and never implied.
///
/// What says "revoked" refuses, whichever of the two it is. A stapled response that says "good" is as
/// much as a list that does: where the lists say nothing of the leaf, it will do. The other
/// certificates of a path have lists alone. A root is trusted by the caller's own hand, and nobody is
/// asked about it, not even where it is the leaf.
///
/// What was revoked stays revoked: an old list or response that says so refuses, too, unless it says
/// that the certificate is on hold. A list of the certificate's own issuer that names it refuses it
/// whatever distribution point, sort of certificates or reasons the list is limited to.
///
/// Who signs a response or a list without being in the path is looked up in the lists too, if these are
/// looked at, and whether or not its certificate has id-pkix-ocsp-nocheck: once it is on one, its word
/// is worth nothing. Where the lists do not say that it was revoked, it is believed. Nobody is believed
/// who has the key of the certificate in question.
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
    /// They are not, and there are none.
    case off
    /// These lists, such as the caller has loaded, are asked about these certificates of a path.
    case on([CertificateRevocationList], Scope, whenUnknown: WhenUnknown)
  }

  /// Whether and how a stapled response is looked at.
  public enum StaplingChecking: Sendable, Hashable {
    /// It is not, unless the leaf must come with one: see ``RevocationPolicy/enforcesMustStaple``.
    /// Even then it does not stand in for lists.
    case off
    /// One that says "revoked" refuses the leaf. `whenUnusable` says what one does that proves
    /// nothing, `whenAbsent` what none at all does, even where nobody asked for one:
    /// ``StapledStatus/notRequested`` is refused as ``StapledStatus/absent`` is.
    case on(whenUnusable: WhenUnknown, whenAbsent: WhenUnknown)
  }

  /// The lists, if there are any, and how they are looked at.
  public var listChecking = ListChecking.off

  /// Certificates of those who sign lists without being in the path: the issuers of indirect lists,
  /// or an authority's other key. Each counts only if an authority of the path, above the certificate
  /// in question, issued it.
  public var listIssuers: [Certificate] = []

  /// Whether and how a stapled response is looked at.
  public var staplingChecking = StaplingChecking.on(whenUnusable: .refuse, whenAbsent: .accept)

  /// Whether a certificate that says that it must come with an OCSP response (RFC 7633) is refused
  /// without a good one, where one was asked for, and whatever ``staplingChecking`` says. What an
  /// authority says of itself holds for all that it issued.
  public var enforcesMustStaple = true

  /// How old a response may be that does not say until when it is good, in seconds: seven days, as
  /// long as public authorities' responses last.
  public var maximumStatusAge = 7 * 86_400

  /// How far two clocks may differ, in seconds.
  public var clockTolerance = 300

  /// A policy under which a stapled response that is there must be good, and lists are not looked at.
  public init() {}
}

extension RevocationPolicy {
  /// The lists that are looked at.
  var lists: [CertificateRevocationList] {
    guard case .on(let lists, _, _) = listChecking else { return [] }
    return lists
  }
}
