/// What the flags say of one connection, under the flags' own names.
struct ShimOptions {
  // MARK: The runner
  var port: Int?
  var isIPv6 = false
  /// The flag is decimal.
  var shimID: UInt64 = 0
  var isServer = false
  var resumeCount = 0
  /// Whether bytes come one at a time, and every question that can be asked is asked.
  var isAsync = false
  var resumptionDelay: Int?

  // MARK: What is offered
  var minimumVersion: Int?
  var maximumVersion: Int?
  var excludesTLS12 = false
  var cipher: String?
  var curves: [Int] = []
  var verifyPreferences: [Int] = []
  var hostName: String?
  var fallbackSCSV = false
  var enablesGREASE = false
  var noTicket = false
  var advertiseALPN: String?
  var selectALPN: String?
  var declinesALPN = false
  var rejectsALPN = false
  var advertiseNPN: String?
  var selectNextProtocol: String?
  var enablesOCSPStapling = false
  var enablesSignedCertificateTimestamps = false
  var noLegacyServerConnect = false
  var serverPreference = false
  var maximumCertificateList: Int?
  var preSharedKey: String?
  var preSharedKeyIdentity: String?

  var followsFIPS = false
  var followsWPA = false
  var followsCNSA1 = false

  // MARK: Credentials
  var credential = CredentialOptions()
  var credentials: [CredentialOptions] = []
  var requiresAnyClientCertificate = false
  var clientAuthorities: String?

  // MARK: Decisions
  var verifiesPeer = false
  var usesCustomVerifyCallback = false
  var failsVerification = false
  var reverifiesOnResume = false
  var usesOCSPCallback = false
  var declinesOCSPCallback = false
  var failsOCSPCallback = false
  var usesEarlyCallback = false
  var failsEarlyCallback = false
  var installsDDoSCallback = false
  var usesOldClientCertificateCallback = false
  var failsCertificateCallback = false
  var renewsTicket = false
  var skipsTicket = false

  // MARK: What to do
  var shimWritesFirst = false
  var initialWrite: String?
  var repeatInitialWrite: Int?
  var shimShutsDown = false
  var sendsAlert = false
  var checksCloseNotify = false
  var writesDifferentRecordSizes = false
  var exportKeyingMaterial: Int?
  var exportLabel: String?
  var exportContext: String?
  var usesExportContext = false
  var usesExporterBetweenReads = false
  var exportsTLSUnique = false
  var handshakesTwice = false

  // MARK: What to expect
  var expectedVersion: Int?
  var expectedCipher: Int?
  var expectedCipherWithAES: Int?
  var expectedCurve: Int?
  var expectedPeerSignatureAlgorithm: Int?
  var expectedPeerVerifyPreferences: [Int] = []
  var expectedServerName: String?
  var expectsNoServerName = false
  var expectedALPN: String?
  var expectedAdvertisedALPN: String?
  var expectedNextProtocol: String?
  var expectsNoNextProtocol = false
  var expectedOCSPResponse: [UInt8]?
  var expectedSignedCertificateTimestamps: [UInt8]?
  var expectedPeerCertificateFile: String?
  var expectsNoPeerCertificate = false
  var expectedCertificateTypes: [UInt8]?
  var expectedClientAuthorities: String?
  var expectedSelectedCredential: Int?
  var expectsSessionMiss = false
  var expectsNoSession = false
  var expectsSessionID = false
  var expectsNoSessionID = false
  var expectsTicketRenewal = false
  var expectsExtendedMasterSecret = false
  var expectsSecureRenegotiation = false
  var expectsNoSecureRenegotiation = false
  var expectsVerifyResult = false
  var expectedMessages: String?
  var expectedRenegotiations: Int?
  var expectsHandshakeNeverDone = false

  /// Whether somebody looks at the peer's chain.
  var judgesChains: Bool { verifiesPeer || usesCustomVerifyCallback }

  /// Says no to a test of a version that is not spoken here.
  func check() throws {
    if excludesTLS12 || (maximumVersion ?? 0x0303) < 0x0303 || (minimumVersion ?? 0x0303) > 0x0303 {
      throw NotOffered(what: "versions other than TLS 1.2")
    }
    if isServer, (credentials + [credential]).contains(where: \.mustMatchIssuer) {
      throw NotOffered(what: "a client's certificate_authorities, which TLS 1.3 has")
    }
    if isServer, skipsTicket { throw NotOffered(what: "tickets that are given and not taken") }
  }
}

/// What the flags say of one certificate and its key.
struct CredentialOptions {
  var certificateFile: String?
  var keyFile: String?
  var signingPreferences: [Int] = []
  var ocspResponse: [UInt8]?
  var signedCertificateTimestamps: [UInt8]?
  var mustMatchIssuer = false
}
