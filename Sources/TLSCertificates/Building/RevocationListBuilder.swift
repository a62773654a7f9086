internal import SwiftASN1
public import TLSCrypto

/// A list of revoked certificates to be made (RFC 5280 section 5), for tests, demonstrations and
/// development authorities.
///
/// What it begins with is a complete list of version 2. All of it can be changed, to things that
/// must be refused too, since tests need them.
///
/// ```swift
/// var builder = RevocationListBuilder(thisUpdate: now, nextUpdate: now.adding(seconds: 86_400))
/// builder.entries.append(.init(serialNumber: leaf.serialNumber, revocationDate: now))
/// let list = try builder.build(issuedBy: issuer, random: &random)
/// ```
///
/// The same builder, keys and randomness make the same bytes.
public struct RevocationListBuilder: Sendable {
  /// When the list is made.
  public var thisUpdate: Timestamp

  /// When there will be a newer one at the latest; `nil` leaves it out, which a list may not.
  public var nextUpdate: Timestamp?

  /// What was revoked.
  public var entries: [Entry] = []

  /// The list's number, big-endian; `nil` leaves it out, which a list of version 2 may not.
  public var number: [UInt8]? = [1]

  /// Which certificates the list speaks of; `nil` for all of its issuer's.
  public var scope: Scope?

  /// Further extensions, after those that the builder writes. One that has the identifier of an
  /// extension that the builder would write takes its place.
  public var extraExtensions: [CertificateBuilder.Extension] = []

  /// The identifiers, such as `2.5.29.35`, of extensions that the builder is not to write.
  public var omittedExtensions: Set<String> = []

  /// The version. In version 1 there are no extensions.
  public var version = Version.v2

  /// How the list is signed.
  public var signature: CertificateBuilder.Signature = .standard

  /// A list of nothing.
  public init(thisUpdate: Timestamp, nextUpdate: Timestamp?) {
    self.thisUpdate = thisUpdate
    self.nextUpdate = nextUpdate
  }

  /// Makes the list, and signs it.
  ///
  /// - Parameters:
  ///   - issuer: who signs: its certificate's subject becomes the issuer's name.
  ///   - random: the salt of RSA-PSS.
  /// - Throws: ``CertificateBuilderError`` if what the builder holds makes no list.
  public func build(
    issuedBy issuer: CertificateBuilder.Issuer, random: inout some RandomSource
  ) throws(CertificateBuilderError) -> CertificateRevocationList {
    let der = try der(issuedBy: issuer, random: &random)
    do {
      return try CertificateRevocationList(der: der)
    } catch {
      throw .malformedList(error)
    }
  }

  /// The DER of the list, which may be one that does not parse.
  ///
  /// - Throws: ``CertificateBuilderError`` if there is no way to write what the builder holds.
  public func der(
    issuedBy issuer: CertificateBuilder.Issuer, random: inout some RandomSource
  ) throws(CertificateBuilderError) -> [UInt8] {
    let algorithm = try signature.algorithmIdentifier(for: issuer.key.publicKey)
    let body = try bodyDER(try IssuerName(issuer.certificate), algorithm)
    let bits = try signature.bits(of: body, issuer.key, &random)
    return DER.Serializer.bytes { serializer in
      serializer.sequence { serializer in
        serializer.serializeRawBytes(body)
        serializer.serializeRawBytes(algorithm)
        serializer.bitString(bits)
      }
    }
  }

  /// The `TBSCertList`: what is signed.
  private func bodyDER(
    _ issuer: IssuerName, _ algorithm: [UInt8]
  ) throws(CertificateBuilderError) -> [UInt8] {
    let start = try TimeWriter.time(thisUpdate)
    let end = try nextUpdate.map(TimeWriter.time) ?? []
    var revoked: [UInt8] = []
    for entry in entries { revoked += try entry.der() }
    let extensions = version == .v2 ? EncodedExtension.list(try extensions(issuer)) : []
    return DER.Serializer.bytes { serializer in
      serializer.sequence { serializer in
        // Version 1 is the default, which DER leaves out; version 2 is the number 1.
        if version == .v2 { serializer.unsignedInteger([1]) }
        serializer.serializeRawBytes(algorithm)
        serializer.serializeRawBytes(issuer.der)
        serializer.serializeRawBytes(start)
        serializer.serializeRawBytes(end)
        // Without entries the field is absent: a MUST (RFC 5280 section 5.1.2.6).
        if !revoked.isEmpty { serializer.sequence { $0.serializeRawBytes(revoked) } }
        if !extensions.isEmpty { serializer.explicit(0) { $0.serializeRawBytes(extensions) } }
      }
    }
  }

  private func extensions(
    _ issuer: IssuerName
  ) throws(CertificateBuilderError) -> [EncodedExtension] {
    let standard = [
      EncodedExtension(ObjectIdentifiers.authorityKeyIdentifier) { serializer in
        serializer.sequence { $0.implicit(0, issuer.keyIdentifier) }
      },
      number.map { number in
        EncodedExtension(ObjectIdentifiers.cRLNumber) { $0.unsignedInteger(number) }
      },
      scope?.encoded,
    ].compactMap(\.self)
    return try EncodedExtension.replacing(
      standard, omitting: omittedExtensions, adding: extraExtensions)
  }
}
