/// A flag, and where its value goes.
enum Flag {
  typealias Place<Value> = WritableKeyPath<ShimOptions, Value>

  case on(Place<Bool>)
  case number(Place<Int?>)
  case count(Place<Int>)
  case identifier(Place<UInt64>)
  case numbers(Place<[Int]>)
  case text(Place<String?>)
  case bytes(Place<[UInt8]?>)

  /// Of the credential that the flags are at.
  case ofCredential(CredentialFlag)
  case newCredential

  /// True of the engine whatever the flag says, so that there is nothing to do.
  case noEffect(arguments: Int)

  /// A flag's value for a credential.
  enum CredentialFlag {
    case text(WritableKeyPath<CredentialOptions, String?>)
    case numbers(WritableKeyPath<CredentialOptions, [Int]>)
    case bytes(WritableKeyPath<CredentialOptions, [UInt8]?>)
    case on(WritableKeyPath<CredentialOptions, Bool>)
  }

  /// How many arguments come with it.
  var argumentCount: Int {
    switch self {
    case .on, .newCredential, .ofCredential(.on): 0
    case .noEffect(let arguments): arguments
    default: 1
    }
  }

  /// Every flag that is understood. All others are about what is not offered: other versions, DTLS,
  /// QUIC, renegotiation, early data, ECH, Channel ID, raw public keys and so on.
  static var known: [String: Flag] {
    [
      "-port": .number(\.port), "-ipv6": .on(\.isIPv6), "-shim-id": .identifier(\.shimID),
      "-server": .on(\.isServer), "-resume-count": .count(\.resumeCount), "-async": .on(\.isAsync),
      "-resumption-delay": .number(\.resumptionDelay),
    ].merging(
      offers, credentials, decisions, actions, expectations, withoutEffect)
  }

  private static var offers: [String: Flag] {
    [
      "-min-version": .number(\.minimumVersion), "-max-version": .number(\.maximumVersion),
      "-no-tls12": .on(\.excludesTLS12), "-cipher": .text(\.cipher), "-curves": .numbers(\.curves),
      "-verify-prefs": .numbers(\.verifyPreferences), "-host-name": .text(\.hostName),
      "-fallback-scsv": .on(\.fallbackSCSV), "-enable-grease": .on(\.enablesGREASE),
      "-no-ticket": .on(\.noTicket), "-advertise-alpn": .text(\.advertiseALPN),
      "-select-alpn": .text(\.selectALPN), "-decline-alpn": .on(\.declinesALPN),
      "-reject-alpn": .on(\.rejectsALPN), "-advertise-npn": .text(\.advertiseNPN),
      "-select-next-proto": .text(\.selectNextProtocol),
      "-enable-ocsp-stapling": .on(\.enablesOCSPStapling),
      "-enable-signed-cert-timestamps": .on(\.enablesSignedCertificateTimestamps),
      "-no-legacy-server-connect": .on(\.noLegacyServerConnect),
      "-server-preference": .on(\.serverPreference),
      "-max-cert-list": .number(\.maximumCertificateList),
      "-fips-202205": .on(\.followsFIPS), "-wpa-202304": .on(\.followsWPA),
      "-cnsa1-202603": .on(\.followsCNSA1),
      "-psk": .text(\.preSharedKey), "-psk-identity": .text(\.preSharedKeyIdentity),
    ]
  }

  private static var credentials: [String: Flag] {
    [
      "-cert-file": .ofCredential(.text(\.certificateFile)),
      "-key-file": .ofCredential(.text(\.keyFile)),
      "-signing-prefs": .ofCredential(.numbers(\.signingPreferences)),
      "-ocsp-response": .ofCredential(.bytes(\.ocspResponse)),
      "-signed-cert-timestamps": .ofCredential(.bytes(\.signedCertificateTimestamps)),
      "-must-match-issuer": .ofCredential(.on(\.mustMatchIssuer)),
      "-new-x509-credential": .newCredential,
      "-require-any-client-certificate": .on(\.requiresAnyClientCertificate),
      "-use-client-ca-list": .text(\.clientAuthorities),
    ]
  }

  private static var decisions: [String: Flag] {
    [
      "-verify-peer": .on(\.verifiesPeer),
      "-use-custom-verify-callback": .on(\.usesCustomVerifyCallback),
      "-verify-fail": .on(\.failsVerification),
      "-reverify-on-resume": .on(\.reverifiesOnResume),
      "-use-ocsp-callback": .on(\.usesOCSPCallback),
      "-decline-ocsp-callback": .on(\.declinesOCSPCallback),
      "-fail-ocsp-callback": .on(\.failsOCSPCallback),
      "-use-early-callback": .on(\.usesEarlyCallback),
      "-fail-early-callback": .on(\.failsEarlyCallback),
      "-install-ddos-callback": .on(\.installsDDoSCallback),
      "-use-old-client-cert-callback": .on(\.usesOldClientCertificateCallback),
      "-fail-cert-callback": .on(\.failsCertificateCallback),
      "-renew-ticket": .on(\.renewsTicket), "-skip-ticket": .on(\.skipsTicket),
    ]
  }

  private static var actions: [String: Flag] {
    [
      "-shim-writes-first": .on(\.shimWritesFirst), "-shim-initial-write": .text(\.initialWrite),
      "-repeat-shim-initial-write": .number(\.repeatInitialWrite),
      "-shim-shuts-down": .on(\.shimShutsDown), "-send-alert": .on(\.sendsAlert),
      "-check-close-notify": .on(\.checksCloseNotify),
      "-write-different-record-sizes": .on(\.writesDifferentRecordSizes),
      "-export-keying-material": .number(\.exportKeyingMaterial),
      "-export-label": .text(\.exportLabel), "-export-context": .text(\.exportContext),
      "-use-export-context": .on(\.usesExportContext),
      "-use-exporter-between-reads": .on(\.usesExporterBetweenReads),
      "-tls-unique": .on(\.exportsTLSUnique), "-handshake-twice": .on(\.handshakesTwice),
    ]
  }

  private static var expectations: [String: Flag] {
    [
      "-expect-version": .number(\.expectedVersion), "-expect-cipher": .number(\.expectedCipher),
      "-expect-cipher-aes": .number(\.expectedCipherWithAES),
      "-expect-curve-id": .number(\.expectedCurve),
      "-expect-peer-verify-pref": .numbers(\.expectedPeerVerifyPreferences),
      "-expect-peer-signature-algorithm": .number(\.expectedPeerSignatureAlgorithm),
      "-expect-server-name": .text(\.expectedServerName),
      "-expect-no-server-name": .on(\.expectsNoServerName), "-expect-alpn": .text(\.expectedALPN),
      "-expect-advertised-alpn": .text(\.expectedAdvertisedALPN),
      "-expect-next-proto": .text(\.expectedNextProtocol),
      "-expect-no-next-proto": .on(\.expectsNoNextProtocol),
      "-expect-ocsp-response": .bytes(\.expectedOCSPResponse),
      "-expect-signed-cert-timestamps": .bytes(\.expectedSignedCertificateTimestamps),
      "-expect-peer-cert-file": .text(\.expectedPeerCertificateFile),
      "-expect-no-peer-cert": .on(\.expectsNoPeerCertificate),
      "-expect-certificate-types": .bytes(\.expectedCertificateTypes),
      "-expect-client-ca-list": .text(\.expectedClientAuthorities),
      "-expect-selected-credential": .number(\.expectedSelectedCredential),
      "-expect-session-miss": .on(\.expectsSessionMiss),
      "-expect-no-session": .on(\.expectsNoSession), "-expect-session-id": .on(\.expectsSessionID),
      "-expect-no-session-id": .on(\.expectsNoSessionID),
      "-expect-ticket-renewal": .on(\.expectsTicketRenewal),
      "-expect-extended-master-secret": .on(\.expectsExtendedMasterSecret),
      "-expect-secure-renegotiation": .on(\.expectsSecureRenegotiation),
      "-expect-no-secure-renegotiation": .on(\.expectsNoSecureRenegotiation),
      "-expect-verify-result": .on(\.expectsVerifyResult),
      "-expect-msg-callback": .text(\.expectedMessages),
      "-expect-total-renegotiations": .number(\.expectedRenegotiations),
      "-handshake-never-done": .on(\.expectsHandshakeNeverDone),
    ]
  }

  private static var withoutEffect: [String: Flag] {
    [
      // Only TLS 1.2 is spoken.
      "-no-tls13": .noEffect(arguments: 0), "-no-tls11": .noEffect(arguments: 0),
      "-no-tls1": .noEffect(arguments: 0), "-expect-no-hrr": .noEffect(arguments: 0),
      // Splitting was for TLS 1.0.
      "-cbc-record-splitting": .noEffect(arguments: 0),
      // The caller owns the buffers, and the handshake is nobody's call.
      "-implicit-handshake": .noEffect(arguments: 0), "-partial-write": .noEffect(arguments: 0),
      "-read-size": .noEffect(arguments: 1), "-no-op-extra-handshake": .noEffect(arguments: 0),
      // The shim judges chains by the flags alone.
      "-trust-cert": .noEffect(arguments: 1),
      // Ticket keys are always a value that the caller holds.
      "-use-ticket-callback": .noEffect(arguments: 0),
      "-use-ticket-aead-callback": .noEffect(arguments: 0),
      // Renegotiation is never agreed to: a request is answered with no_renegotiation.
      "-renegotiate-ignore": .noEffect(arguments: 0),
      "-forbid-renegotiation-after-handshake": .noEffect(arguments: 0),
      // A response is the identity's, which the callback gives.
      "-set-ocsp-in-callback": .noEffect(arguments: 0),
      // Of TLS 1.3 or QUIC alone, and to be ignored in TLS 1.2.
      "-enable-early-data": .noEffect(arguments: 0),
      "-application-settings": .noEffect(arguments: 1),
      "-alps-use-new-codepoint": .noEffect(arguments: 1),
      "-install-cert-compression-algs": .noEffect(arguments: 0),
      // Renegotiation is refused whatever the flags allow; tests in which it happens are disabled.
      "-renegotiate-freely": .noEffect(arguments: 0), "-renegotiate-once": .noEffect(arguments: 0),
      // No hints are made.
      "-allow-hint-mismatch": .noEffect(arguments: 0),
    ]
  }
}

extension [String: Flag] {
  /// These and all those; no flag stands twice.
  fileprivate func merging(_ others: [String: Flag]...) -> [String: Flag] {
    others.reduce(self) { all, more in
      all.merging(more) { _, _ in preconditionFailure("a flag stands twice") }
    }
  }

}
