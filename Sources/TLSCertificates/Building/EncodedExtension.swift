internal import SwiftASN1

/// An extension that is ready to be written.
struct EncodedExtension {
  let identifier: ASN1ObjectIdentifier
  let isCritical: Bool
  let der: [UInt8]

  init(_ identifier: ASN1ObjectIdentifier, _ isCritical: Bool, _ der: [UInt8]) {
    self.identifier = identifier
    self.isCritical = isCritical
    self.der = der
  }

  init(
    _ identifier: ASN1ObjectIdentifier, isCritical: Bool = false,
    _ value: (inout DER.Serializer) -> Void
  ) {
    self.init(identifier, isCritical, DER.Serializer.bytes(value))
  }

  func write(into serializer: inout DER.Serializer) {
    serializer.sequence { serializer in
      serializer.objectIdentifier(identifier)
      if isCritical { serializer.booleanTrue() }
      serializer.octetString(der)
    }
  }
}

extension EncodedExtension {
  /// The extensions that are left of `standard`, and the extra ones, of which each either takes the
  /// place of one or comes after.
  static func replacing(
    _ standard: [EncodedExtension], omitting omittedExtensions: Set<String>,
    adding extraExtensions: [CertificateBuilder.Extension]
  ) throws(CertificateBuilderError) -> [EncodedExtension] {
    var omitted: Set<ASN1ObjectIdentifier> = []
    for text in omittedExtensions.sorted() { omitted.insert(try identifier(text)) }
    var all = standard.filter { !omitted.contains($0.identifier) }
    var extra: Set<ASN1ObjectIdentifier> = []
    for one in extraExtensions {
      let encoded = EncodedExtension(try identifier(one.identifier), one.isCritical, one.der)
      guard extra.insert(encoded.identifier).inserted else {
        throw .repeatedExtension(one.identifier)
      }
      if let index = all.firstIndex(where: { $0.identifier == encoded.identifier }) {
        all[index] = encoded
      } else {
        all.append(encoded)
      }
    }
    return all
  }

  static func identifier(
    _ text: String
  ) throws(CertificateBuilderError) -> ASN1ObjectIdentifier {
    guard let identifier = ASN1ObjectIdentifier(checking: text) else {
      throw .invalidObjectIdentifier(text)
    }
    return identifier
  }

  /// `Extensions` in DER; nothing at all if there are none, since an empty list is no value of it.
  static func list(_ all: [EncodedExtension]) -> [UInt8] {
    guard !all.isEmpty else { return [] }
    return DER.Serializer.bytes { serializer in
      serializer.sequence { serializer in
        for one in all { one.write(into: &serializer) }
      }
    }
  }
}
