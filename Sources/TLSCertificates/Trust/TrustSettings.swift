import SwiftASN1

/// What OpenSSL writes behind a certificate in a block `TRUSTED CERTIFICATE` (X509_CERT_AUX): for
/// what it is trusted, and for what it is not.
struct TrustSettings {
  /// The purposes that are left.
  let purposes: TrustRoots.Purposes

  private static let field = "trust settings"

  /// - Parameter bytes: what follows the certificate; nothing at all says nothing.
  init(der bytes: ArraySlice<UInt8>) throws(CertificateError) {
    guard !bytes.isEmpty else {
      purposes = .all
      return
    }
    var reader = try FieldReader(der: bytes, Self.field)
    var trusted = TrustRoots.Purposes.all
    var rejected: TrustRoots.Purposes = []
    // A list of what it is trusted for excludes everything else, though it be empty.
    if let list = reader.next(if: .sequence) {
      trusted = try Self.purposes(try FieldReader(list, Self.field))
    }
    if let list = reader.next(if: .field(0)) {
      rejected = try Self.purposes(try FieldReader(list, Self.field, tag: .field(0)))
    }
    // Its name, a key identifier and more may follow, and say nothing about trust.
    purposes = trusted.subtracting(rejected)
  }

  private static func purposes(
    _ reader: FieldReader
  ) throws(CertificateError) -> TrustRoots.Purposes {
    var reader = reader
    var purposes: TrustRoots.Purposes = []
    while let node = reader.next() {
      switch try node.objectIdentifier(field) {
      case ObjectIdentifiers.serverAuth: purposes.insert(.serverAuthentication)
      case ObjectIdentifiers.clientAuth: purposes.insert(.clientAuthentication)
      case ObjectIdentifiers.anyExtendedKeyUsage: purposes.formUnion(.all)
      default: break
      }
    }
    return purposes
  }
}
