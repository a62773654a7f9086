/// How much plaintext a record may hold in each direction, in bytes, as one side sees it.
struct RecordLimits: Sendable, Equatable {
  /// The most that this side may put into a record.
  let largestFragmentToSend: Int

  /// The most that the peer may: more is a `record_overflow` (RFC 8449 section 4).
  let largestPlaintextToReceive: Int

  /// Whether they hold from the ServerHello on, for every record.
  ///
  /// So it is with max_fragment_length (RFC 6066 section 4). record_size_limit says nothing of
  /// records that are not protected (RFC 8449 section 4).
  let coverUnprotectedRecords: Bool

  /// What holds without an agreement (RFC 5246 section 6.2.1).
  static let none = RecordLimits(
    largestFragmentToSend: RecordHeader.maximumPlaintextByteCount,
    largestPlaintextToReceive: RecordHeader.maximumPlaintextByteCount,
    coverUnprotectedRecords: false)
}

extension ExtensionAnswers {
  /// The limits that the two hellos agreed on, as `side` sees them.
  ///
  /// record_size_limit goes before max_fragment_length (RFC 8449 section 5); a ServerHello that
  /// has both does not come as far as this. The one is negotiated anew when a session is resumed (RFC
  /// 8449 section 4), and the other holds for as long as the session does, whether the server says so
  /// again or not (RFC 6066 section 4).
  func recordLimits(
    of side: ConnectionSide, offers: ExtensionOffers, resuming session: SessionState? = nil
  ) -> RecordLimits {
    if let server = answer(of: RecordSizeLimit.self),
      let client = offers.offer(of: RecordSizeLimit.self)
    {
      let (own, peers) = side == .client ? (client, server) : (server, client)
      let most = RecordHeader.maximumPlaintextByteCount
      return RecordLimits(
        largestFragmentToSend: min(peers, most), largestPlaintextToReceive: min(own, most),
        coverUnprotectedRecords: false)
    }
    guard
      let length = answer(of: MaximumFragmentLengthNegotiation.self)
        ?? session?.maximumFragmentLength
    else { return .none }
    return RecordLimits(
      largestFragmentToSend: length.byteCount, largestPlaintextToReceive: length.byteCount,
      coverUnprotectedRecords: true)
  }
}
