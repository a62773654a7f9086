import Synchronization
public import TLSCrypto

/// A list of revoked certificates (RFC 5280 section 5): parsed once, with its encoding kept.
///
/// A list is complete for its scope, or refused: a delta list, which says what has changed since
/// another, is no list here. Who loads lists chooses them and renews them; nothing is fetched.
public struct CertificateRevocationList: Sendable, CustomStringConvertible {
  /// The longest encoding that is read, in bytes. The largest lists of public authorities have some
  /// 10 MB; an entry takes some 40 bytes there, and 48 bytes of memory on top.
  public static let maximumByteCount = 64 << 20

  /// What was read, shared by all copies.
  private final class Fields: Sendable {
    let der: [UInt8]
    let toBeSigned: Range<Int>
    let signature: CertificateSignature
    let signatureBytes: [UInt8]
    let body: RevocationListBody
    /// The key that signed it, once that is known: the signature of a long list takes long.
    let signer = Mutex<PublicKey?>(nil)

    /// The longest signatureAlgorithm that is read, in bytes; that of RSA-PSS has some 70.
    private static let longestAlgorithm = 1024

    init(der: [UInt8]) throws(CertificateError) {
      let limit = CertificateRevocationList.maximumByteCount
      guard der.count <= limit else {
        throw CertificateError("encoding", "has \(der.count) bytes, more than \(limit)")
      }
      var outer = DERCursor(der, "encoding")
      let list = try outer.next(DERCursor.Tag.sequence, "certificateList")
      try outer.end()
      var cursor = outer.inside(list, "encoding")
      let body = try cursor.next(DERCursor.Tag.sequence, "tbsCertList")
      let algorithm = try cursor.next(DERCursor.Tag.sequence, "signatureAlgorithm")
      let bits = try cursor.next(DERCursor.Tag.bitString, "signatureValue")
      try cursor.end()
      self.der = der
      toBeSigned = body.all
      signature = try CertificateSignature(
        try cursor.tree(algorithm.all, "signatureAlgorithm", atMost: Self.longestAlgorithm),
        "signatureAlgorithm")
      let node = try cursor.tree(bits.all, "signatureValue")
      signatureBytes = Array(try node.octets("signatureValue"))
      self.body = try RevocationListBody(
        cursor.inside(body, "tbsCertList"), outerAlgorithm: cursor.slice(algorithm.all))
    }
  }

  private let fields: Fields

  /// Reads a list, strictly.
  ///
  /// - Throws: ``RevocationListError`` that names the field which is wrong.
  public init(der: [UInt8]) throws(RevocationListError) {
    do {
      fields = try Fields(der: der)
    } catch {
      throw RevocationListError(error)
    }
  }

  /// The lists of a text (`X509 CRL`), in its order. Blocks of other kinds are passed over.
  ///
  /// - Throws: ``RevocationListFileError`` for a text that is malformed or holds none.
  public static func lists(
    pem text: [UInt8]
  ) throws(RevocationListFileError) -> [CertificateRevocationList] {
    let documents: [PEM.Document]
    do {
      documents = try PEM.documents(in: text)
    } catch {
      throw .malformedText(error)
    }
    var lists: [CertificateRevocationList] = []
    for document in documents where document.label == label {
      do {
        lists.append(try CertificateRevocationList(der: document.contents))
      } catch {
        throw .malformedList(number: lists.count + 1, error)
      }
    }
    guard !lists.isEmpty else { throw .noList(found: documents.map(\.label)) }
    return lists
  }

  private static let label = "X509 CRL"

  /// The encoding.
  public var der: [UInt8] { fields.der }
  /// The text form (RFC 7468).
  public var pem: String { PEM.encode(PEM.Document(label: Self.label, contents: der)) }
  /// The version, 1 or 2; only the second has extensions.
  public var version: Int { fields.body.version }
  /// Who signed it.
  public var issuer: DistinguishedName { fields.body.issuer }
  /// When it was made.
  public var thisUpdate: Timestamp { fields.body.thisUpdate }
  /// When there will be a newer one at the latest. Every list has to say so.
  public var nextUpdate: Timestamp { fields.body.nextUpdate }
  /// Its number, big-endian, which grows from list to list; `nil` in version 1 only.
  public var number: [UInt8]? { fields.body.extensions.number }
  /// The name of the key that signed it.
  public var authorityKeyIdentifier: AuthorityKeyIdentifier? {
    fields.body.extensions.authorityKeyIdentifier
  }
  /// Which certificates it speaks of; `nil` for all of its issuer's.
  public var issuingDistributionPoint: IssuingDistributionPoint? {
    fields.body.extensions.issuingDistributionPoint
  }
  /// How it is signed.
  public var signature: CertificateSignature { fields.signature }
  /// What was revoked, in the order of issuers and serial numbers.
  public var entries: Entries { fields.body.entries }
  /// How many entries there are.
  public var count: Int { entries.count }

  /// What the list says of a certificate, or `nil` for nothing.
  ///
  /// - Parameters:
  ///   - serialNumber: the certificate's number, big-endian.
  ///   - issuer: who issued the certificate; `nil` for the issuer of the list, which an indirect list
  ///     alone goes beyond.
  public func entry(for serialNumber: [UInt8], issuer: DistinguishedName? = nil) -> Entry? {
    entries.entry(for: serialNumber, issuer: issuer ?? self.issuer)
  }

  var signatureBytes: [UInt8] { fields.signatureBytes }

  /// The issuer's name.
  public var description: String { issuer.description }

  /// Checks that a key signed this list. An Ed25519 signature of more than the 65,000 bytes that
  /// libgcrypt takes is as good as none.
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
}

extension CertificateRevocationList: Hashable {
  /// Whether both are the same, byte for byte.
  public static func == (a: CertificateRevocationList, b: CertificateRevocationList) -> Bool {
    a.fields === b.fields || a.der == b.der
  }

  /// Hashes what tells lists apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(fields.signatureBytes)
  }
}
