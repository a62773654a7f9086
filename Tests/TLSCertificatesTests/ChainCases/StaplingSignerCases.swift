import TLSCrypto

@testable import TLSCertificates

/// Who may sign a response (RFC 6960 section 4.2.2.2).
extension ChainTopic {
  mutating func addStatusSigners(_ cast: StaplingCast) throws {
    var flipped = try cast.response()
    flipped[flipped.count - 1] ^= 1
    add(
      "signature-flipped", "A bit of the response's signature is flipped.", Self.badStatus,
      cast.chain,
      [cast.root], response: flipped)
    let stranger = try Party.anchor("Middle", key: Party.key("stranger"))
    add(
      "another-key", "Another key of the issuer's name signed the response.", Self.badStatus,
      cast.chain, [cast.root], response: try cast.response(by: stranger))
    add(
      "by-the-leaf", "The leaf signed the response about itself.", Self.badStatus, cast.chain,
      [cast.root], response: try cast.response(by: cast.leaf))
    add(
      "by-the-root", "The root signed the response about the leaf.", Self.badStatus, cast.chain,
      [cast.root], response: try cast.response(by: cast.root))
    add(
      "by-key-hash", "The response names its signer by the key.", .accepted, cast.chain,
      [cast.root], response: try cast.response { $0.responderID = .keyHash })
    let weak = try cast.response {
      $0.signature = .unsigned(
        algorithm: "1.2.840.10045.4.1", parameters: [], signature: [1, 2, 3])
    }
    add(
      "signed-sha1", "The response is signed with ECDSA and SHA-1.", Self.badStatus, cast.chain,
      [cast.root], response: weak)
  }

  mutating func addDelegates(_ cast: StaplingCast) throws {
    func delegate(
      of issuer: Party? = nil, _ change: (inout CertificateBuilder) -> Void = { _ in }
    ) throws -> Party {
      try (issuer ?? cast.middle).server(
        [], commonName: "Responder", key: Party.key("responder")
      ) {
        $0.extendedKeyUsages = [.init(identifier: "1.3.6.1.5.5.7.3.9")]
        $0.extraExtensions = [
          .init(identifier: "1.3.6.1.5.5.7.48.1.5", isCritical: false, der: TLV.null)
        ]
        change(&$0)
      }
    }
    let past = Party.since.adding(seconds: 86_400)
    let cases: [(String, String, Party, ChainAnswer)] = [
      ("delegate", "The issuer left it to a responder.", try delegate(), .accepted),
      (
        "delegate-for-servers", "The responder's certificate is for servers.",
        try delegate { $0.extendedKeyUsages = [.serverAuth] }, Self.badStatus
      ),
      (
        "delegate-for-any", "The responder's certificate is for any purpose.",
        try delegate { $0.extendedKeyUsages = [.anyExtendedKeyUsage] }, Self.badStatus
      ),
      (
        "delegate-of-root", "The root, not the issuer, gave the responder its certificate.",
        try delegate(of: cast.root), Self.badStatus
      ),
      (
        "delegate-expired", "The responder's certificate has expired.",
        try delegate { $0.notAfter = past }, Self.badStatus
      ),
      (
        "delegate-by-another-key", "Another key of the issuer's name certified the responder.",
        try delegate(of: Party.anchor("Middle", key: Party.key("stranger"))) {
          $0.omittedExtensions = ["2.5.29.35"]
        }, Self.badStatus
      ),
    ]
    for (name, about, responder, answer) in cases {
      add(
        name, about, answer, cast.chain, [cast.root],
        response: try cast.response(by: responder))
    }
    add(
      "delegate-without-certificate",
      "The responder's certificate does not come with the response.",
      Self.badStatus, cast.chain, [cast.root],
      response: try cast.response(by: try delegate()) { $0.certificates = [] })
  }
}
