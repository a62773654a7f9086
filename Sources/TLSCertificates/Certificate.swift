import SwiftASN1
import Synchronization
public import TLSCrypto

/// An X.509 certificate (RFC 5280 section 4.1): parsed once, with its encoding kept.
public struct Certificate: Sendable, CustomStringConvertible {
  /// The longest encoding that is read, in bytes.
  public static let maximumByteCount = 65_536

  /// What was read, shared by all copies.
  private final class Fields: Sendable {
    let der: [UInt8]
    /// Where what is signed stands in the encoding, which is nearly all of it: no second copy is kept.
    let toBeSigned: Range<Int>
    let signature: CertificateSignature
    let signatureBytes: [UInt8]
    let body: CertificateBody
    /// The key that signed it, once that is known: a session that is resumed brings the same
    /// certificates to be judged again, and their signatures take longer than all the rest.
    let signer = Mutex<PublicKey?>(nil)
    /// What channels are bound to, once somebody asked: every handshake does, a resumed one too.
    let endPointDigest = Mutex<[UInt8]?>(nil)

    init(der: [UInt8]) throws(CertificateError) {
      guard der.count <= Certificate.maximumByteCount else {
        throw CertificateError(
          "encoding", "has \(der.count) bytes, more than \(Certificate.maximumByteCount)")
      }
      var reader = try FieldReader(der: der[...], "encoding")
      let node = try reader.next("tbsCertificate")
      let algorithm = try reader.next("signatureAlgorithm")
      self.der = der
      toBeSigned = node.encodedBytes.indices
      signature = try CertificateSignature(algorithm, "signatureAlgorithm")
      signatureBytes = Array(try reader.next("signatureValue").octets("signatureValue"))
      try reader.end()
      body = try CertificateBody(node, outerAlgorithm: algorithm)
    }
  }

  private let fields: Fields

  /// Reads a certificate, strictly.
  ///
  /// - Throws: ``CertificateError`` that names the field which is wrong.
  public init(der: [UInt8]) throws(CertificateError) {
    fields = try Fields(der: der)
  }

  /// The encoding.
  public var der: [UInt8] { fields.der }
  /// The version, 1 to 3; only the third has extensions.
  public var version: Int { fields.body.version }
  /// Whom it is for; often empty or of no use, since names are in ``subjectAlternativeNames``.
  public var subject: DistinguishedName { fields.body.subject }
  /// Who signed it.
  public var issuer: DistinguishedName { fields.body.issuer }
  /// The issuer's number for it, big-endian.
  public var serialNumber: [UInt8] { fields.body.serialNumber }
  /// When it begins to be valid.
  public var notBefore: Timestamp { fields.body.notBefore }
  /// The last second in which it is valid.
  public var notAfter: Timestamp { fields.body.notAfter }
  /// The subject's key.
  public var publicKey: PublicKey { fields.body.publicKey }
  /// How it is signed.
  public var signature: CertificateSignature { fields.signature }
  /// Whether it has unique identifiers, which RFC 5280 section 4.1.2.8 forbids to make.
  public var hasUniqueIdentifiers: Bool { fields.body.hasUniqueIdentifiers }
  /// The subject's key with its algorithm, in DER: the SHA-256 of it is what pins are made of
  /// (RFC 7469 section 2.4).
  public var subjectPublicKeyInfo: [UInt8] { Array(fields.body.subjectPublicKeyInfo) }
  /// The bits of the subject's key alone: the SHA-1 of them is what OCSP calls it by
  /// (RFC 6960 section 4.1.1).
  package var subjectPublicKey: [UInt8] { Array(fields.body.subjectPublicKey) }
  /// What is signed.
  package var toBeSigned: [UInt8] { Array(fields.der[fields.toBeSigned]) }
  /// The signature.
  public var signatureBytes: [UInt8] { fields.signatureBytes }

  var body: CertificateBody { fields.body }

  /// Whether subject and issuer have the same name.
  public var isSelfIssued: Bool { subject == issuer }

  /// The SHA-256 of the encoding.
  ///
  /// - Throws: `CryptoError` if libgcrypt cannot be used.
  public func fingerprint() throws(CryptoError) -> Digest {
    try Hash.digest(of: der.rawSpan, using: .sha256)
  }

  /// The SHA-1 of the encoding, to be compared with what other tools show. Nothing may rest on it: two
  /// certificates of one SHA-1 can be made.
  ///
  /// - Throws: `CryptoError` if libgcrypt cannot be used.
  public func sha1Fingerprint() throws(CryptoError) -> Digest {
    try Hash.identifierSHA1(of: der.rawSpan)
  }

  /// The hash of the encoding, by the hash of the signature: what the channel binding
  /// `tls-server-end-point` is. `nil` where the signature has none of its own, and the binding is not
  /// defined (RFC 5929 section 4.1).
  package func endPointDigest() throws(CryptoError) -> [UInt8]? {
    guard case .known(let algorithm) = signature, let hash = algorithm.hash else { return nil }
    if let known = fields.endPointDigest.withLock({ $0 }) { return known }
    let digest = try Hash.digest(of: der.rawSpan, using: hash).array
    fields.endPointDigest.withLock { $0 = digest }
    return digest
  }

  /// The text form (RFC 7468).
  public var pem: String { PEM.encode(PEM.Document(label: "CERTIFICATE", contents: der)) }

  /// The certificates of a text, in its order. Blocks of other kinds are passed over.
  ///
  /// - Throws: ``CertificateFileError`` for a text that is malformed or holds none.
  public static func chain(pem text: [UInt8]) throws(CertificateFileError) -> [Certificate] {
    let documents: [PEM.Document]
    do {
      documents = try PEM.documents(in: text)
    } catch {
      throw .malformedText(error)
    }
    let encodings = documents.filter { $0.label == "CERTIFICATE" || $0.label == "X509 CERTIFICATE" }
    guard !encodings.isEmpty else { throw .noCertificate(found: documents.map(\.label)) }
    var certificates: [Certificate] = []
    for document in encodings {
      do {
        certificates.append(try Certificate(der: document.contents))
      } catch {
        throw .malformedCertificate(number: certificates.count + 1, error)
      }
    }
    return certificates
  }

  /// Checks that a key signed this certificate.
  func verifySignature(by key: PublicKey) -> Bool {
    guard case .known(let algorithm) = signature else { return false }
    if fields.signer.withLock({ $0 == key }) { return true }
    let (signature, der) = (fields.signatureBytes, fields.der)
    do {
      try key.verify(
        signature.rawSpan, of: der.rawSpan.extracting(fields.toBeSigned), using: algorithm)
    } catch {
      return false
    }
    fields.signer.withLock { $0 = key }
    return true
  }

  /// The subject's name.
  public var description: String { subject.description }
}

extension SignatureAlgorithm {
  /// The hash of the signature, if it has one of its own.
  fileprivate var hash: HashFunction? {
    switch self {
    case .ecdsa(let hash), .rsaPSS(let hash), .rsaPKCS1(let hash): hash
    case .ed25519: nil
    }
  }
}

extension Certificate: Hashable {
  /// Whether both are the same, byte for byte.
  public static func == (a: Certificate, b: Certificate) -> Bool {
    a.fields === b.fields || a.der == b.der
  }

  /// Hashes what tells certificates apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(fields.signatureBytes)
  }
}

/// Why a text gives no certificates.
public enum CertificateFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The text is not PEM.
  case malformedText(PEMError)
  /// There is none in it; these are the labels of what there is.
  case noCertificate(found: [String])
  /// One of them is malformed, counted from 1.
  case malformedCertificate(number: Int, CertificateError)

  /// What is wrong, in a sentence without its full stop.
  public var description: String {
    switch self {
    case .malformedText(let error): error.description
    case .noCertificate(let found):
      found.isEmpty
        ? "there is no certificate in the text"
        : "there is no certificate in the text, but "
          + found.prefix(5).map(\.quoted).joined(separator: ", ")
    case .malformedCertificate(let number, let error): "certificate \(number): \(error)"
    }
  }
}
