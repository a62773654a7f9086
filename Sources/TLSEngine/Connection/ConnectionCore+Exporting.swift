import TLSCertificates
import TLSCrypto

extension ConnectionCore {
  /// What the handshake left for exporters.
  func secrets() throws(TLSError) -> ConnectionSecrets {
    try checkUsable()
    guard let secrets = channel.secrets else { throw .misuse("the handshake is not complete") }
    return secrets
  }

  func channelBinding(_ kind: ChannelBinding) throws(TLSError) -> [UInt8] {
    let secrets = try secrets()
    switch kind {
    case .tlsServerEndPoint:
      guard let certificate = secrets.serverCertificate else {
        throw .misuse("the server has no certificate, which \(kind.rawValue) is made of")
      }
      return try Self.endPoint(of: certificate)
    case .tlsExporter:
      try requireBoundMasterSecret(for: kind)
      let material = try secrets.export(
        label: "EXPORTER-Channel-Binding", context: [], byteCount: 32)
      return [UInt8](material.bytes)
    case .tlsUnique:
      try requireBoundMasterSecret(for: kind)
      return secrets.firstFinished.verifyData
    }
  }

  /// RFC 9266 section 4.2, RFC 7627 section 1: without extended_master_secret two connections can have
  /// the same binding (the triple handshake).
  private func requireBoundMasterSecret(for kind: ChannelBinding) throws(TLSError) {
    guard channel.summary?.usesExtendedMasterSecret == true else {
      throw .misuse(
        "\(kind.rawValue) is only safe with extended_master_secret, which the peer lacks")
    }
  }

  /// RFC 5929 section 4.1: the hash is that of the certificate's signature. Where that has none of its
  /// own the binding is not defined.
  private static func endPoint(of certificate: Certificate) throws(TLSError) -> [UInt8] {
    guard let hash = certificate.signature.hash else {
      throw .misuse(
        "tls-server-end-point is not defined for a certificate signed with "
          + "\(certificate.signature) (RFC 5929 4.1)")
    }
    do {
      return try Hash.digest(of: certificate.der.rawSpan, using: hash).array
    } catch {
      throw TLSError(error)
    }
  }
}

extension CertificateSignature {
  /// The hash of the signature, if it has one of its own.
  fileprivate var hash: HashFunction? {
    guard case .known(let algorithm) = self else { return nil }
    switch algorithm {
    case .ecdsa(let hash), .rsaPSS(let hash), .rsaPKCS1(let hash): return hash
    case .ed25519: return nil
    }
  }
}
