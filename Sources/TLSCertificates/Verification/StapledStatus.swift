/// What came with a chain about the revocation of its leaf (RFC 6066 section 8).
public enum StapledStatus: Sendable, Hashable {
  /// Nobody asked for it. So nothing follows from its absence, unless the policy refuses a leaf without
  /// one (`whenAbsent: .refuse`): who wants that has to ask.
  case notRequested
  /// It was asked for, and did not come.
  case absent
  /// An OCSP response, in DER (RFC 6960).
  case response([UInt8])
  /// Nothing could come: a session is resumed, and what came when it was made was judged then, under
  /// this policy, or by whoever judged the chain then. Nothing follows from its absence. It does not
  /// stand in for lists: who refuses where those do not know the leaf has to have the next response.
  case alreadyJudged
}
