/// TLS_FALLBACK_SCSV (RFC 7507): a client's word that it tried a later version first.
///
/// No extension, since it was made for servers that stumble over those: it stands among the suites
/// and is none.
enum FallbackSCSV {
  /// RFC 7507 section 3: a server that speaks more than such a client offers ends the handshake,
  /// because somebody on the way made the client fall back.
  ///
  /// The version may be one that is refused anyway. RFC 7507 lets the server choose the alert, and
  /// this one says more.
  static func check(_ hello: ClientHello, against highest: ProtocolVersion) throws(TLSError) {
    guard hello.cipherSuites.contains(.fallbackSCSV), hello.version < highest else { return }
    throw TLSError(
      .inappropriateFallback, .inappropriateFallback(offered: hello.version, spoken: highest))
  }
}
