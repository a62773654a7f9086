import SwiftASN1

/// A log's promise to publish a certificate (RFC 6962 section 3.2).
public struct SignedCertificateTimestamp: Sendable, Hashable {
  /// What version 1 says.
  public struct VersionOne: Sendable, Hashable {
    /// The log: the SHA-256 of its key, 32 bytes.
    public let logID: [UInt8]
    /// When it was promised, in milliseconds since 1970-01-01T00:00:00Z.
    public let timestamp: UInt64
    /// What later documents add: none has until now.
    public let extensions: [UInt8]
    /// The hash of the signature, as TLS 1.2 numbers it (RFC 5246 section 7.4.1.4.1).
    public let hashAlgorithm: UInt8
    /// The algorithm of the signature, as TLS 1.2 numbers it.
    public let signatureAlgorithm: UInt8
    /// The signature.
    public let signature: [UInt8]
  }

  /// The encoding.
  public let encoded: [UInt8]
  /// The version as it is encoded: 0 for version 1.
  public let version: UInt8
  /// What it says, or `nil` if its version is another than 1.
  public let versionOne: VersionOne?

  private static let field = "signedCertificateTimestampList"
  private static let maximumCount = 64

  /// Reads the list that the extension has within its OCTET STRING (RFC 6962 section 3.3).
  static func list(
    der: ArraySlice<UInt8>
  ) throws(CertificateError) -> [SignedCertificateTimestamp] {
    try list(encoded: try FieldReader.parse(der, field).primitive(.octetString, field))
  }

  /// Reads a SignedCertificateTimestampList.
  static func list(
    encoded bytes: ArraySlice<UInt8>
  ) throws(CertificateError) -> [SignedCertificateTimestamp] {
    var outer = VectorReader(bytes, field)
    var reader = VectorReader(try outer.vector(), field)
    try outer.end()
    var timestamps: [SignedCertificateTimestamp] = []
    while !reader.isAtEnd {
      guard timestamps.count < maximumCount else {
        throw CertificateError(field, "has more than \(maximumCount) timestamps")
      }
      timestamps.append(try SignedCertificateTimestamp(try reader.vector()))
    }
    guard !timestamps.isEmpty else { throw CertificateError(field, "is empty") }
    return timestamps
  }

  private init(_ bytes: ArraySlice<UInt8>) throws(CertificateError) {
    var reader = VectorReader(bytes, Self.field)
    encoded = Array(bytes)
    version = UInt8(truncatingIfNeeded: try reader.integer(byteCount: 1))
    guard version == 0 else {
      versionOne = nil
      return
    }
    let logID = try reader.bytes(32)
    let timestamp = try reader.integer(byteCount: 8)
    let extensions = try reader.vector()
    let hash = try reader.integer(byteCount: 1)
    let signatureAlgorithm = try reader.integer(byteCount: 1)
    let signature = try reader.vector()
    try reader.end()
    versionOne = VersionOne(
      logID: Array(logID), timestamp: timestamp, extensions: Array(extensions),
      hashAlgorithm: UInt8(truncatingIfNeeded: hash),
      signatureAlgorithm: UInt8(truncatingIfNeeded: signatureAlgorithm),
      signature: Array(signature))
  }
}

/// Reads what TLS's presentation language describes (RFC 5246 section 4).
private struct VectorReader {
  private var rest: ArraySlice<UInt8>
  private let field: String

  init(_ bytes: ArraySlice<UInt8>, _ field: String) {
    rest = bytes
    self.field = field
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func bytes(_ count: Int) throws(CertificateError) -> ArraySlice<UInt8> {
    guard rest.count >= count else { throw CertificateError(field, "ends too early") }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func integer(byteCount: Int) throws(CertificateError) -> UInt64 {
    try bytes(byteCount).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// What has its length in two bytes before it.
  mutating func vector() throws(CertificateError) -> ArraySlice<UInt8> {
    try bytes(Int(truncatingIfNeeded: try integer(byteCount: 2)))
  }

  func end() throws(CertificateError) {
    guard rest.isEmpty else { throw CertificateError(field, "has bytes after its end") }
  }
}
