import TestSupport

/// Messages of real handshakes, as OpenSSL 3.0.19 wrote them down (`s_client -msg`): with `s_server`
/// of the same, but for the one of GnuTLS. What is not named here is not kept.
enum RecordedMessages: String, CaseIterable {
  /// ECDHE-ECDSA with certificates on both sides, stapling, timestamps, NPN and a ticket.
  case everything
  /// DHE-RSA with CBC and ALPN.
  case finiteField
  /// PSK alone, with a hint.
  case preSharedKey
  /// ECDHE-PSK.
  case ellipticCurveAndPreSharedKey
  /// DHE-PSK.
  case finiteFieldAndPreSharedKey
  /// RSA-PSK.
  case rsaAndPreSharedKey
  /// RSA encryption.
  case rsa
  /// DHE that nobody signs.
  case anonymous
  /// The ClientHello of GnuTLS 3.7.9.
  case gnutls

  /// The messages, in their order.
  var messages: [[UInt8]] {
    get throws { try text.split(separator: "\n\n").map { try hex(String($0)) } }
  }

  private var text: String {
    switch self {
    case .everything: Self.everythingText
    case .finiteField: Self.finiteFieldText
    case .preSharedKey: Self.preSharedKeyText
    case .ellipticCurveAndPreSharedKey: Self.ellipticCurveAndPreSharedKeyText
    case .finiteFieldAndPreSharedKey: Self.finiteFieldAndPreSharedKeyText
    case .rsaAndPreSharedKey: Self.rsaAndPreSharedKeyText
    case .rsa: Self.rsaText
    case .anonymous: Self.anonymousText
    case .gnutls: Self.gnutlsText
    }
  }
}
