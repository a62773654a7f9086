public import TLSCrypto

/// What a responder says of the revocation of certificates: an OCSPResponse (RFC 6960 section 4.2).
public struct OCSPResponse: Sendable, CustomStringConvertible {
  /// The longest encoding that is read, in bytes. With a delegate's certificate one has some 2 KB.
  public static let maximumByteCount = 65_536
  /// The most certificates that one response speaks of.
  public static let maximumResponseCount = 64
  /// The most certificates that come with one.
  public static let maximumCertificateCount = 8

  /// Whether there is an answer: OCSPResponseStatus.
  public enum Status: Int, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// There is.
    case successful = 0
    /// The responder did not understand the request.
    case malformedRequest = 1
    /// The responder is broken.
    case internalError = 2
    /// The responder is busy.
    case tryLater = 3
    /// The request should have been signed.
    case sigRequired = 5
    /// The responder does not answer this client.
    case unauthorized = 6

    /// RFC 6960's name for it.
    public var description: String {
      switch self {
      case .successful: "successful"
      case .malformedRequest: "malformedRequest"
      case .internalError: "internalError"
      case .tryLater: "tryLater"
      case .sigRequired: "sigRequired"
      case .unauthorized: "unauthorized"
      }
    }
  }

  /// The encoding.
  public let der: [UInt8]
  /// Whether there is an answer.
  public let status: Status
  /// The answer, which is there if and only if the status is ``Status/successful``.
  public let basic: BasicOCSPResponse?

  /// Reads a response, strictly.
  ///
  /// - Throws: ``OCSPError`` that names the field which is wrong.
  public init(der: [UInt8]) throws(OCSPError) {
    do {
      (status, basic) = try Self.read(der)
      self.der = der
    } catch {
      throw OCSPError(error)
    }
  }

  private static func read(
    _ der: [UInt8]
  ) throws(CertificateError) -> (Status, BasicOCSPResponse?) {
    guard der.count <= maximumByteCount else {
      throw CertificateError(
        "encoding", "has \(der.count) bytes, more than \(maximumByteCount)")
    }
    var reader = try FieldReader(der: der[...], "encoding")
    let field = "responseStatus"
    let number = try reader.next(field).enumerated(field)
    guard let status = Status(rawValue: number) else {
      throw CertificateError(field, "is \(number), which there is not")
    }
    let contents = reader.next(if: .field(0))
    try reader.end()
    guard (contents != nil) == (status == .successful) else {
      throw CertificateError(
        "responseBytes", contents == nil ? "are missing" : "are there although it is \(status)")
    }
    guard let contents else { return (status, nil) }
    let basic = try BasicOCSPResponse(responseBytes: try contents.inner("responseBytes"))
    return (status, basic)
  }

  /// What it says, for people.
  public var description: String {
    guard let basic else { return "the responder said \(status)" }
    return basic.description
  }
}

extension OCSPResponse: Hashable {
  /// Whether both are the same, byte for byte.
  public static func == (a: OCSPResponse, b: OCSPResponse) -> Bool { a.der == b.der }

  /// Hashes the encoding.
  public func hash(into hasher: inout Hasher) { hasher.combine(der) }
}

/// Who signed an OCSP response: ResponderID.
public enum OCSPResponder: Sendable, Hashable, CustomStringConvertible {
  /// The subject of the signer's certificate.
  case name(DistinguishedName)
  /// The SHA-1 of the signer's key.
  case keyHash([UInt8])

  /// The name, or the hash in hexadecimal.
  public var description: String {
    switch self {
    case .name(let name): name.description
    case .keyHash(let hash): "the key with the SHA-1 \(hash.hexadecimal)"
    }
  }
}

/// What a responder says of one certificate: SingleResponse.
public struct OCSPSingleResponse: Sendable, Hashable {
  /// CertStatus.
  public enum Status: Sendable, Hashable, CustomStringConvertible {
    /// It is not revoked.
    case good
    /// It is; why, if that is said.
    case revoked(at: Timestamp, reason: RevocationReason?)
    /// The responder does not know it.
    case unknown

    /// The name of the status, and what there is to it.
    public var description: String {
      switch self {
      case .good: "good"
      case .revoked(let time, let reason):
        "revoked at \(time)" + (reason.map { ", \($0)" } ?? "")
      case .unknown: "unknown"
      }
    }
  }

  /// Which certificate is meant.
  public let certificate: OCSPCertificateID
  /// What it says of it.
  public let status: Status
  /// When that was known to be right.
  public let thisUpdate: Timestamp
  /// When there will be something newer at the latest; `nil` if there always is.
  public let nextUpdate: Timestamp?
}
