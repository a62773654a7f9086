import TLSCrypto

@testable import TLSCertificates

/// A certificate field by field, each of which a test may spoil. Its signature is no signature.
struct RawCertificate {
  static let ecdsaWithSHA256 = TLV.sequence(TLV.identifier("1.2.840.10045.4.3.2"))

  var version = TLV.tagged(0, TLV.integer(2))
  var serialNumber = TLV.integer(1)
  var innerAlgorithm = Self.ecdsaWithSHA256
  var outerAlgorithm = Self.ecdsaWithSHA256
  var issuer = TLV.commonName("Issuer")
  var notBefore = TLV.utcTime("260101000000Z")
  var notAfter = TLV.utcTime("280101000000Z")
  var subject = TLV.commonName("Subject")
  /// The base point of P-256 (SEC 2 section 2.4.2).
  var publicKey = TLV.sequence(
    TLV.sequence(
      TLV.identifier("1.2.840.10045.2.1"), TLV.identifier("1.2.840.10045.3.1.7")),
    TLV.bits(Self.basePoint))
  var uniqueIdentifiers: [UInt8] = []
  /// Each an `Extension`; no field at all if it is `nil`.
  var extensions: [[UInt8]]?
  var moreBodyFields: [UInt8] = []
  var signature = TLV.bits([1, 2, 3])
  var moreFields: [UInt8] = []
  var trailer: [UInt8] = []

  static let basePoint: [UInt8] =
    [0x04] + bytes("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296")
    + bytes("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")

  static func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.compactMap(\.hexDigitValue).map { UInt8($0) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  var der: [UInt8] {
    let list = extensions.map { TLV.tagged(3, TLV.sequence($0.flatMap(\.self))) } ?? []
    let body = TLV.sequence(
      version, serialNumber, innerAlgorithm, issuer, TLV.sequence(notBefore, notAfter), subject,
      publicKey, uniqueIdentifiers, list, moreBodyFields)
    return TLV.sequence(body, outerAlgorithm, signature, moreFields) + trailer
  }

  func parse() throws(CertificateError) -> Certificate { try Certificate(der: der) }

  /// Reads the certificate after a change to it.
  static func parse(
    _ change: (inout RawCertificate) -> Void
  ) throws(CertificateError) -> Certificate {
    var certificate = RawCertificate()
    change(&certificate)
    return try certificate.parse()
  }

  /// Reads a certificate with one extension.
  static func parse(
    extension identifier: String, critical: Bool = false, _ value: [UInt8]
  ) throws(CertificateError) -> Certificate {
    try parse {
      $0.extensions = [TLV.certificateExtension(identifier, critical: critical, value)]
    }
  }
}

/// What is said of a value that an extension must not have.
struct MalformedExtension: Sendable {
  let identifier: String
  let value: [UInt8]
  let sentence: String

  init(_ identifier: String, _ value: [UInt8], _ sentence: String) {
    self.identifier = identifier
    self.value = value
    self.sentence = sentence
  }

  /// What is in fact said of it, critical and not.
  var found: [String] { [found(critical: true), found(critical: false)] }

  private func found(critical: Bool) -> String {
    do {
      _ = try RawCertificate.parse(extension: identifier, critical: critical, value)
      return "(it is read)"
    } catch {
      return error.description.replacing("the certificate's ", with: "", maxReplacements: 1)
    }
  }
}
