import Synchronization

extension TrustRoots {
  /// One root: its encoding and its name, and what it is trusted for. The rest of it is read when it
  /// is needed first, and then kept: of some hundred roots a connection needs one.
  struct Root: Sendable {
    /// What was read, shared by all copies.
    private final class Contents: Sendable {
      let der: [UInt8]
      let subject: DistinguishedName
      private let certificate: Mutex<Result<Certificate, CertificateError>?>

      init(der: [UInt8], subject: DistinguishedName, certificate: Certificate?) {
        self.der = der
        self.subject = subject
        self.certificate = Mutex(certificate.map { .success($0) })
      }

      func read() -> Result<Certificate, CertificateError> {
        certificate.withLock { known in
          if let known { return known }
          let result = Result { () throws(CertificateError) in try Certificate(der: der) }
          known = result
          return result
        }
      }
    }

    private let contents: Contents

    /// What it is trusted for.
    var purposes: Purposes

    /// The encoding.
    var der: [UInt8] { contents.der }

    /// Whom it is.
    var subject: DistinguishedName { contents.subject }

    /// A certificate that has been read.
    init(_ certificate: Certificate, purposes: Purposes) {
      contents = Contents(
        der: certificate.der, subject: certificate.subject, certificate: certificate)
      self.purposes = purposes
    }

    /// Reads no more of a certificate than the subject.
    ///
    /// - Throws: ``CertificateError`` if it has not the form of one.
    init(der: [UInt8], purposes: Purposes) throws(CertificateError) {
      let outline = try CertificateOutline(of: der)
      guard outline.byteCount == der.count else {
        throw CertificateError("encoding", "is not DER")
      }
      try self.init(der, outline, purposes)
    }

    /// Reads a certificate with OpenSSL's trust settings behind it.
    ///
    /// - Throws: ``CertificateError`` if it has not the form of one.
    init(trusted bytes: [UInt8], purposes: Purposes) throws(CertificateError) {
      let outline = try CertificateOutline(of: bytes)
      let settings = try TrustSettings(der: bytes[outline.byteCount...])
      try self.init(
        Array(bytes[..<outline.byteCount]), outline, purposes.intersection(settings.purposes))
    }

    private init(
      _ der: [UInt8], _ outline: CertificateOutline, _ purposes: Purposes
    ) throws(CertificateError) {
      let subject = try DistinguishedName(der: Array(der[outline.subject]))
      contents = Contents(der: der, subject: subject, certificate: nil)
      self.purposes = purposes
    }

    /// All of it.
    ///
    /// - Throws: ``CertificateError`` if it turns out not to be a certificate that can be used.
    func certificate() throws(CertificateError) -> Certificate {
      try contents.read().get()
    }
  }

  /// A root's encoding, hashed by its end: a signature, which tells roots apart as well as all of it.
  struct Encoding: Hashable {
    let der: [UInt8]

    func hash(into hasher: inout Hasher) {
      for byte in der.suffix(16) { hasher.combine(byte) }
    }
  }
}
