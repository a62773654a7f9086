internal import SwiftASN1

/// The extensions of a certificate that is being made (RFC 5280 section 4.2).
extension CertificateBuilder {
  /// `[3] EXPLICIT Extensions` in DER.
  func extensionsDER(
    subjectKeyIdentifier: [UInt8], authorityKeyIdentifier: [UInt8]
  ) throws(CertificateBuilderError) -> [UInt8] {
    let standard = [
      try basicConstraintsExtension(),
      keyUsageExtension(),
      try extendedKeyUsageExtension(),
      try alternativeNamesExtension(),
      try nameConstraintsExtension(),
      EncodedExtension(ObjectIdentifiers.subjectKeyIdentifier) {
        $0.octetString(subjectKeyIdentifier)
      },
      EncodedExtension(ObjectIdentifiers.authorityKeyIdentifier) { serializer in
        serializer.sequence { $0.implicit(0, authorityKeyIdentifier) }
      },
    ].compactMap(\.self)
    let all = try EncodedExtension.replacing(
      standard, omitting: omittedExtensions, adding: extraExtensions)
    // An empty list is no value of `Extensions` (RFC 5280 section 4.1).
    guard !all.isEmpty else { return [] }
    return DER.Serializer.bytes { serializer in
      serializer.explicit(3) { $0.serializeRawBytes(EncodedExtension.list(all)) }
    }
  }

  func identifier(
    _ text: String
  ) throws(CertificateBuilderError) -> ASN1ObjectIdentifier {
    try EncodedExtension.identifier(text)
  }
}

/// The extensions one by one.
extension CertificateBuilder {
  /// Critical, as an authority's must be (RFC 5280 section 4.2.1.9). A leaf's is an empty sequence:
  /// FALSE is the default, which DER leaves out.
  private func basicConstraintsExtension() throws(CertificateBuilderError) -> EncodedExtension {
    var length: [UInt8]?
    if let pathLength {
      guard pathLength >= 0, isCertificateAuthority else {
        throw .invalidPathLength(pathLength, isCertificateAuthority: isCertificateAuthority)
      }
      length = (0..<8).reversed().map { UInt8(truncatingIfNeeded: pathLength >> ($0 * 8)) }
    }
    return EncodedExtension(ObjectIdentifiers.basicConstraints, isCritical: true) { serializer in
      serializer.sequence { serializer in
        if isCertificateAuthority { serializer.booleanTrue() }
        if let length { serializer.unsignedInteger(length) }
      }
    }
  }

  /// Critical (RFC 5280 section 4.2.1.3).
  private func keyUsageExtension() -> EncodedExtension? {
    guard !keyUsage.isEmpty else { return nil }
    return EncodedExtension(ObjectIdentifiers.keyUsage, isCritical: true) { serializer in
      serializer.primitive(.bitString, keyUsage.namedBits)
    }
  }

  private func extendedKeyUsageExtension() throws(CertificateBuilderError) -> EncodedExtension? {
    guard !extendedKeyUsages.isEmpty else { return nil }
    var purposes: [ASN1ObjectIdentifier] = []
    for usage in extendedKeyUsages { purposes.append(try identifier(usage.identifier)) }
    return EncodedExtension(ObjectIdentifiers.extendedKeyUsage) { serializer in
      serializer.sequence { serializer in
        for purpose in purposes { serializer.objectIdentifier(purpose) }
      }
    }
  }

  /// Critical if there is no other name (RFC 5280 section 4.2.1.6).
  private func alternativeNamesExtension() throws(CertificateBuilderError) -> EncodedExtension? {
    guard !names.isEmpty else { return nil }
    var encoded: [GeneralNameWriter] = []
    for name in names { encoded.append(try GeneralNameWriter(name)) }
    let isCritical = commonName == nil && organization == nil
    return EncodedExtension(ObjectIdentifiers.subjectAlternativeName, isCritical: isCritical) {
      serializer in
      serializer.sequence { serializer in
        for name in encoded { name.write(into: &serializer) }
      }
    }
  }

  /// Critical (RFC 5280 section 4.2.1.10).
  private func nameConstraintsExtension() throws(CertificateBuilderError) -> EncodedExtension? {
    guard !permittedNames.isEmpty || !excludedNames.isEmpty else { return nil }
    var subtrees: [(tag: UInt, bases: [NameConstraintWriter])] = []
    for (tag, texts) in [(0, permittedNames), (1, excludedNames)] where !texts.isEmpty {
      var bases: [NameConstraintWriter] = []
      for text in texts { bases.append(try NameConstraintWriter(text)) }
      subtrees.append((UInt(tag), bases))
    }
    return EncodedExtension(ObjectIdentifiers.nameConstraints, isCritical: true) { serializer in
      serializer.sequence { serializer in
        for (tag, bases) in subtrees {
          serializer.explicit(tag) { serializer in
            for base in bases { base.write(into: &serializer) }
          }
        }
      }
    }
  }
}

extension KeyUsage {
  /// The content of a BIT STRING of named bits: without zeros at the end (X.690 section 11.2.2).
  var namedBits: [UInt8] {
    let count = UInt16.bitWidth - rawValue.leadingZeroBitCount
    var bytes = [UInt8](repeating: 0, count: (count + 7) / 8)
    for bit in 0..<count where rawValue >> bit & 1 == 1 {
      bytes[bit / 8] |= 0x80 >> (bit % 8)
    }
    return [UInt8(bytes.count * 8 - count)] + bytes
  }
}
