import TLSCertificates
import TLSCrypto

/// What the channel binding `tls-server-end-point` is made of (RFC 5929 section 4.1).
enum ServerEndPoint: Sendable {
  /// The server has no certificate.
  case noCertificate

  /// The server's certificate.
  case certificate(Certificate)

  /// The binding itself, of a certificate that is not kept.
  case binding([UInt8])

  /// There is none, for a certificate that is not kept and is signed in this way.
  case undefined(CertificateSignature)

  /// The binding itself, which is all that a server remembers of its certificate in a resumed session;
  /// empty where it is not defined.
  case remembered([UInt8])

  init(_ certificate: Certificate?) {
    self = certificate.map { .certificate($0) } ?? .noCertificate
  }

  /// Keeps the binding, 32 bytes or some more, in place of the certificate.
  mutating func letGoOfCertificate() throws(TLSError) {
    guard case .certificate(let certificate) = self else { return }
    let binding = try certificate.serverEndPoint()
    self = binding.map { .binding($0) } ?? .undefined(certificate.signature)
  }

  /// The binding.
  ///
  /// - Throws: a misuse if there is none.
  func binding() throws(TLSError) -> [UInt8] {
    switch self {
    case .noCertificate:
      throw .misuse("the server has no certificate, which tls-server-end-point is made of")
    case .certificate(let certificate):
      guard let binding = try certificate.serverEndPoint() else {
        throw Self.notDefined(certificate.signature)
      }
      return binding
    case .binding(let binding): return binding
    case .undefined(let signature): throw Self.notDefined(signature)
    case .remembered(let binding):
      guard !binding.isEmpty else {
        throw .misuse(
          "tls-server-end-point is not defined for the certificate of the session that was "
            + "resumed (RFC 5929 4.1)")
      }
      return binding
    }
  }

  private static func notDefined(_ signature: CertificateSignature) -> TLSError {
    .misuse(
      "tls-server-end-point is not defined for a certificate signed with "
        + "\(signature) (RFC 5929 4.1)")
  }
}

extension Certificate {
  /// The binding of a channel to it, or `nil` where there is none (RFC 5929 section 4.1).
  func serverEndPoint() throws(TLSError) -> [UInt8]? {
    do {
      return try endPointDigest()
    } catch {
      throw TLSError(error)
    }
  }
}
