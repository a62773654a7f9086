import TLSCertificates
import TLSCrypto
import TLSEngine

/// What the shim answers when the engine asks.
struct Answers {
  let options: ShimOptions
  let credentials: Credentials
  let memory: Memory

  /// Whether a chain was judged.
  private(set) var hasJudged = false

  init(_ options: ShimOptions, _ credentials: Credentials, _ memory: Memory) {
    self.options = options
    self.credentials = credentials
    self.memory = memory
  }

  mutating func answer(_ question: Question) throws -> Answer {
    switch question {
    case .identity(let question): return try answer(question)
    case .verifyChain(let question): return try answer(question)
    case .sign(let question):
      guard let algorithm = question.scheme.algorithm else {
        throw Unexpected("asked to sign with \(question.scheme)")
      }
      let key = try credentials.key(of: question.identity)
      var random = SystemRandomSource()
      return .signature(try key.sign(question.message.rawSpan, using: algorithm, random: &random))
    case .session(let question): return .session(memory.sessions[question.id])
    case .clientIdentity(let question): return try answer(question)
    default: throw Unexpected("asked for what nobody asks here")
    }
  }

  private func answer(_ question: IdentityQuestion) throws -> Answer {
    if options.expectsNoServerName { try expect("the name", question.serverName, nil) }
    if let name = options.expectedServerName { try expect("the name", question.serverName, name) }
    if let list = options.expectedAdvertisedALPN {
      try expect("ALPN's list", question.applicationProtocols, try options.protocols(list))
    }
    try checkPreferences(question.signatureSchemes)
    if options.failsEarlyCallback {
      return .refused("the early callback fails", alert: .handshakeFailure)
    }
    if options.failsCertificateCallback {
      return .refused("the certificate callback fails", alert: .internalError)
    }
    if options.usesOCSPCallback, options.failsOCSPCallback {
      return .refused("the OCSP callback fails", alert: .internalError)
    }
    guard var identity = credentials.first else { return .noIdentity }
    if options.usesOCSPCallback, options.declinesOCSPCallback { identity.stapledStatus = nil }
    return .identity(identity)
  }

  private mutating func answer(_ question: VerifyChainQuestion) throws -> Answer {
    guard !hasJudged else { throw Unexpected("asked about a chain twice") }
    hasJudged = true
    if !options.isServer, !question.isResumption, let response = options.expectedOCSPResponse {
      try expect("the response at the chain", question.stapledStatus, .response(response))
    }
    // A session's chain is judged again only where the flags say so.
    let isJudged = !question.isResumption || options.reverifiesOnResume
    if options.failsVerification, isJudged, options.judgesChains {
      return .refused(
        "verification fails",
        alert: options.usesCustomVerifyCallback ? .certificateUnknown : .handshakeFailure)
    }
    if !options.isServer, options.usesOCSPCallback, options.failsOCSPCallback,
      options.enablesOCSPStapling
    {
      return .refused("the OCSP callback fails", alert: .badCertificateStatusResponse)
    }
    return .chainIsGood
  }

  /// What the peer says that it takes.
  private func checkPreferences(_ schemes: [SignatureScheme]) throws {
    let expected = options.expectedPeerVerifyPreferences
    guard !expected.isEmpty else { return }
    try expect("the peer's schemes", schemes.map { Int($0.rawValue) }, expected)
  }

  private func answer(_ question: ClientIdentityQuestion) throws -> Answer {
    try checkPreferences(question.signatureSchemes)
    try checkRequest(question)
    if options.failsCertificateCallback {
      return .refused("the certificate callback fails", alert: .internalError)
    }
    return credentials.first.map { .identity($0) } ?? .noIdentity
  }

  /// What else the server asks for.
  private func checkRequest(_ question: ClientIdentityQuestion) throws {
    // Of the types of RFC 8422 section 5.5, rsa_sign and ecdsa_sign.
    if let types = options.expectedCertificateTypes {
      try expect("whether RSA is taken", question.acceptsRSA, types.contains(1))
      try expect("whether ECDSA is taken", question.acceptsECDSA, types.contains(64))
    }
    if let list = options.expectedClientAuthorities {
      try expect("the authorities", question.certificateAuthorities, options.authorities(list))
    }
  }
}
