public import TLSCrypto

/// What binds other protocols to this connection.
extension Connection {
  /// Keying material that both sides have and nobody else (RFC 5705).
  ///
  /// Only with ``ConnectionSummary/usesExtendedMasterSecret``: without that, somebody in between can give
  /// two connections the same (RFC 7627 section 5.4).
  ///
  /// - Parameters:
  ///   - label: what it is for, in ASCII: one of the IANA registry, or one that begins with
  ///     `EXPERIMENTAL`.
  ///   - context: what else both sides know, up to 65,535 bytes; `nil` is not the same as none.
  ///   - byteCount: how much, 1 to 16,384 bytes.
  /// - Throws: ``TLSError``, a misuse before the handshake is complete, where the peer lacks
  ///   extended_master_secret, and for a label that the handshake itself uses.
  public func exportKeyingMaterial(
    label: String, context: [UInt8]? = nil, byteCount: Int
  ) throws(TLSError) -> SecretBytes {
    try core.exportKeyingMaterial(label: label, context: context, byteCount: byteCount)
  }

  /// What a protocol inside names to show that it speaks over this connection and no other.
  ///
  /// - Throws: ``TLSError``, a misuse before the handshake is complete, and for the bindings that are
  ///   only safe with extended_master_secret where that was not used.
  public func channelBinding(_ kind: ChannelBinding) throws(TLSError) -> [UInt8] {
    try core.channelBinding(kind)
  }
}

/// A way to name a connection (RFC 5929, RFC 9266).
@nonexhaustive public enum ChannelBinding: String, Sendable, Hashable, CaseIterable {
  /// The hash of the server's certificate (RFC 5929 section 4): the same for all its connections.
  case tlsServerEndPoint = "tls-server-end-point"

  /// 32 bytes of an exporter (RFC 9266). The one to use.
  case tlsExporter = "tls-exporter"

  /// The first Finished (RFC 5929 section 3): for protocols that know nothing newer.
  case tlsUnique = "tls-unique"
}
