import TLSCertificates
import TLSCrypto

/// What is known by the end of a handshake, and grows until then: what the application is told, and
/// what exporters and sessions need.
struct Outcome: ~Copyable, Sendable {
  var summary: ConnectionSummary
  var master: MasterSecret
  let clientRandom: HelloRandom
  let serverRandom: HelloRandom

  /// What stays of it once the connection is up.
  consuming func secrets(
    firstFinished: Finished, serverEndPoint: ServerEndPoint
  ) -> ConnectionSecrets {
    ConnectionSecrets(
      master: SessionSecret(master), clientRandom: clientRandom, serverRandom: serverRandom,
      firstFinished: firstFinished, serverEndPoint: serverEndPoint)
  }
}

/// What a connection keeps of its handshake for exporters and channel bindings.
struct ConnectionSecrets: Sendable {
  let master: SessionSecret
  let clientRandom: HelloRandom
  let serverRandom: HelloRandom

  /// The Finished that was sent first, by the client in a full handshake and by the server in a resumed
  /// one: the channel binding `tls-unique` (RFC 5929 section 3.1).
  let firstFinished: Finished

  /// The channel binding `tls-server-end-point` (RFC 5929 section 4.1).
  var serverEndPoint: ServerEndPoint
}

/// The certificates that a peer showed, of which there is at least one, and what came with them.
struct PeerChain: Sendable {
  let leaf: Certificate
  let certificates: [Certificate]

  /// The OCSP response, if one came.
  var stapledStatus: [UInt8]?

  /// The signed certificate timestamps, if any came.
  var signedCertificateTimestamps: [[UInt8]] = []

  /// The chain of a Certificate message, or `nil` if it is empty.
  ///
  /// A certificate behind the leaf whose key is of a kind that is not supported is left out: no path
  /// can go over it, and another may be there for peers who know less (a cross-certificate).
  ///
  /// - Throws: `bad_certificate` for one that cannot be read, or too many; `unsupported_certificate` for
  ///   a leaf with a key of a kind that is not supported.
  init?(_ message: CertificateMessage, limit: Int) throws(TLSError) {
    guard message.count <= limit else {
      throw TLSError(
        .badCertificate,
        .limitExceeded(what: "\(message.count) certificates", limit: limit))
    }
    var certificates: [Certificate] = []
    for der in try message.certificates() {
      do {
        certificates.append(try Certificate(der: der))
      } catch {
        if error.isUnsupported, !certificates.isEmpty { continue }
        throw TLSError(
          error.isUnsupported ? .unsupportedCertificate : .badCertificate,
          .malformedCertificate(error))
      }
    }
    guard let leaf = certificates.first else { return nil }
    self.leaf = leaf
    self.certificates = certificates
  }

  /// Checks a signature that the leaf's key made, by a scheme that was offered (RFC 5246 sections
  /// 7.4.3 and 7.4.8).
  func check(
    _ signed: DigitallySigned, of content: RawSpan, offered: [SignatureScheme],
    by side: ConnectionSide
  ) throws(TLSError) {
    let (scheme, key) = (signed.scheme, leaf.publicKey)
    // RFC 5246 sections 7.4.2 and 7.4.6: a key that signs has to be one for signing.
    if let usage = leaf.keyUsage, !usage.contains(.digitalSignature) {
      throw TLSError(
        .unsupportedCertificate,
        .illegalParameter(
          "the \(side.rawValue) signed with a key that its certificate allows only \(usage)"))
    }
    guard offered.contains(scheme), let algorithm = scheme.algorithm else {
      throw .illegalParameter("the \(side.rawValue) signed with \(scheme), which was not offered")
    }
    guard scheme.suits(key.kind) else {
      throw .illegalParameter("the \(side.rawValue) signed with \(scheme), and its key is \(key)")
    }
    do {
      try key.verify(signed.signature.rawSpan, of: content, using: algorithm)
    } catch {
      throw TLSError(
        .decryptError,
        side == .server ? .badSignature(scheme: scheme) : .badCertificateVerify(scheme: scheme))
    }
  }
}

extension CipherSuiteParameters.Authentication {
  /// The suites that a key of this kind can sign for.
  init(_ kind: PublicKey.Kind) {
    switch kind {
    case .rsa: self = .rsa
    case .ecdsa, .ed25519: self = .ecdsa
    }
  }
}
