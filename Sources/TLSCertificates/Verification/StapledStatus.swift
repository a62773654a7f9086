/// What came with a chain about the revocation of its leaf (RFC 6066 section 8).
public enum StapledStatus: Sendable, Hashable {
  /// Nobody asked for it, so nothing follows from its absence.
  case notRequested
  /// It was asked for, and did not come.
  case absent
  /// An OCSP response, in DER (RFC 6960).
  case response([UInt8])
}
