import TLSCertificates
import TLSCrypto

extension FieldCutter {
  /// RFC 5246 section 7.4.2.
  mutating func certificate() throws(Undecodable) {
    try vector("certificate_list", lengthByteCount: 3) { cutter throws(Undecodable) in
      while !cutter.isEmpty {
        try cutter.opaque("certificate", lengthByteCount: 3, Self.certificateText)
      }
    }
  }

  private static func certificateText(_ der: [UInt8]) -> String {
    guard let certificate = try? Certificate(der: der) else { return "cannot be read" }
    let (subject, issuer) = (name(certificate.subject), name(certificate.issuer))
    return "\(subject), issued by \(issuer), \(certificate.publicKey)"
  }

  /// Certificates may have no subject, and names elsewhere.
  private static func name(_ name: DistinguishedName) -> String {
    name.isEmpty ? "(no name)" : name.description
  }

  /// RFC 5246 section 7.4.4.
  mutating func certificateRequest() throws(Undecodable) {
    try vector("certificate_types", lengthByteCount: 1) { cutter throws(Undecodable) in
      while !cutter.isEmpty {
        try cutter.number("ClientCertificateType", byteCount: 1) {
          RegisteredNames.name($0, in: RegisteredNames.certificateTypes)
        }
      }
    }
    try signatureAlgorithms()
    try vector("certificate_authorities", lengthByteCount: 2) { cutter throws(Undecodable) in
      while !cutter.isEmpty {
        try cutter.opaque("DistinguishedName", lengthByteCount: 2) { der in
          (try? DistinguishedName(der: der)).map(Self.name) ?? "cannot be read"
        }
      }
    }
  }

  /// RFC 6066 section 8.
  mutating func certificateStatus() throws(Undecodable) {
    guard try statusType() == 1 else {
      throw Undecodable(reason: "the form of such a status is not known")
    }
    try opaque("OCSPResponse", lengthByteCount: 3) { der in
      (try? OCSPResponse(der: der))?.description ?? "cannot be read"
    }
  }

  /// What is signed with a certificate's key (RFC 5246 section 4.7).
  mutating func digitallySigned() throws(Undecodable) {
    try signatureAlgorithm()
    try opaque("signature", lengthByteCount: 2)
  }
}
