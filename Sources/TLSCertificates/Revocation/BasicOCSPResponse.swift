import SwiftASN1
public import TLSCrypto

/// A signed answer: BasicOCSPResponse (RFC 6960 section 4.2.1). A nonce in it is not looked at: what
/// is stapled answers nobody's request in particular.
public struct BasicOCSPResponse: Sendable, CustomStringConvertible {
  /// Who signed it.
  public let responder: OCSPResponder
  /// When it was signed.
  public let producedAt: Timestamp
  /// What it says of each certificate; at least one.
  public let responses: [OCSPSingleResponse]
  /// How it is signed.
  public let signature: CertificateSignature
  /// What may help to find the signer's key.
  public let certificates: [Certificate]

  /// The encoding.
  let der: [UInt8]
  private let toBeSigned: [UInt8]
  private let signatureBytes: [UInt8]

  /// Reads ResponseBytes.
  init(responseBytes node: ASN1Node) throws(CertificateError) {
    var outer = try FieldReader(node, "responseBytes")
    let type = try outer.next("responseType").objectIdentifier("responseType")
    guard type == ObjectIdentifiers.ocspBasic else {
      throw CertificateError("responseType", "is \(type.text), not that of a basic response")
    }
    let bytes = try outer.next("response").primitive(.octetString, "response")
    try outer.end()
    der = Array(bytes)
    var reader = try FieldReader(der: bytes, "response")
    let data = try reader.next("tbsResponseData")
    signature = try CertificateSignature(
      try reader.next("signatureAlgorithm"), "signatureAlgorithm")
    signatureBytes = Array(try reader.next("signature").octets("signature"))
    certificates =
      try reader.next(if: .field(0)).map { (node) throws(CertificateError) in
        try Self.certificates(try node.inner("certs"))
      } ?? []
    try reader.end()
    toBeSigned = Array(data.encodedBytes)
    let fields = try ResponseData(data)
    responder = fields.responder
    producedAt = fields.producedAt
    responses = fields.responses
  }

  private static func certificates(_ node: ASN1Node) throws(CertificateError) -> [Certificate] {
    var reader = try FieldReader(node, "certs")
    var certificates: [Certificate] = []
    while let node = reader.next() {
      guard certificates.count < OCSPResponse.maximumCertificateCount else {
        throw CertificateError(
          "certs", "are more than \(OCSPResponse.maximumCertificateCount)")
      }
      do {
        certificates.append(try Certificate(der: Array(node.encodedBytes)))
      } catch {
        throw CertificateError("certs", "have one whose \(error.field) \(error.problem)")
      }
    }
    return certificates
  }

  /// Who signed it, and what it says of each certificate.
  public var description: String {
    let shown = responses.map { response in
      "\(response.certificate.serialNumber.hexadecimal): \(response.status)"
    }
    return "signed by \(responder) at \(producedAt): \(shown.joined(separator: "; "))"
  }

  /// Checks that a key signed this answer.
  func verifySignature(by key: PublicKey) -> Bool {
    guard case .known(let algorithm) = signature else { return false }
    do {
      try key.verify(signatureBytes.rawSpan, of: toBeSigned.rawSpan, using: algorithm)
      return true
    } catch {
      return false
    }
  }
}

/// What is signed: ResponseData.
private struct ResponseData {
  let responder: OCSPResponder
  let producedAt: Timestamp
  let responses: [OCSPSingleResponse]

  init(_ node: ASN1Node) throws(CertificateError) {
    let structure = "tbsResponseData"
    var reader = try FieldReader(node, structure)
    // Version 1 is the default, which DER leaves out, and there is no other.
    if reader.next(if: .field(0)) != nil {
      throw CertificateError("version", "is written out, as no version that there is has to be")
    }
    responder = try Self.responder(try reader.next("responderID"))
    producedAt = try reader.next("producedAt").generalizedTime("producedAt")
    var list = try FieldReader(try reader.next("responses"), "responses")
    responses = try list.elements(atMost: OCSPResponse.maximumResponseCount, "answers") {
      (node) throws(CertificateError) in
      try OCSPSingleResponse(node)
    }
    try OCSPExtensions.check(reader.next(if: .field(1)), "responseExtensions")
    try reader.end()
  }

  private static func responder(_ node: ASN1Node) throws(CertificateError) -> OCSPResponder {
    let field = "responderID"
    let inner = try node.inner(field)
    switch node.identifier {
    case .field(1): return .name(try DistinguishedName(inner, field))
    case .field(2):
      let hash = try inner.primitive(.octetString, field)
      guard hash.count == 20 else {
        throw CertificateError(field, "has a hash of \(hash.count) bytes, and SHA-1 has 20")
      }
      return .keyHash(Array(hash))
    default: throw CertificateError(field, "is neither a name nor the hash of a key")
    }
  }
}

extension OCSPSingleResponse {
  fileprivate init(_ node: ASN1Node) throws(CertificateError) {
    var reader = try FieldReader(node, "singleResponse")
    certificate = try OCSPCertificateID(try reader.next("certID"))
    status = try Status(try reader.next("certStatus"))
    thisUpdate = try reader.next("thisUpdate").generalizedTime("thisUpdate")
    nextUpdate = try reader.next(if: .field(0)).map { (node) throws(CertificateError) in
      try node.inner("nextUpdate").generalizedTime("nextUpdate")
    }
    try OCSPExtensions.check(reader.next(if: .field(1)), "singleExtensions")
    try reader.end()
    if let nextUpdate, nextUpdate < thisUpdate {
      throw CertificateError("nextUpdate", "is \(nextUpdate), before thisUpdate, \(thisUpdate)")
    }
  }
}

extension OCSPSingleResponse.Status {
  fileprivate init(_ node: ASN1Node) throws(CertificateError) {
    let field = "certStatus"
    switch node.identifier {
    case .field(0), .field(2):
      guard try node.primitive(node.identifier, field).isEmpty else {
        throw CertificateError(field, "has a NULL with something in it")
      }
      self = node.identifier == .field(0) ? .good : .unknown
    case .field(1):
      var reader = try FieldReader(node, field, tag: .field(1))
      let time = try reader.next("revocationTime").generalizedTime("revocationTime")
      let reason = try reader.next(if: .field(0)).map { (node) throws(CertificateError) in
        try Self.reason(try node.inner("revocationReason"))
      }
      try reader.end()
      self = .revoked(at: time, reason: reason)
    default: throw CertificateError(field, "is neither good, revoked nor unknown")
    }
  }

  private static func reason(_ node: ASN1Node) throws(CertificateError) -> RevocationReason {
    let field = "revocationReason"
    guard let reason = RevocationReason(rawValue: try node.enumerated(field)) else {
      throw CertificateError(field, "is none that there is")
    }
    return reason
  }
}

/// The extensions of a response, none of which changes what it says.
private enum OCSPExtensions {
  /// Checks their form, and that no critical one is there (RFC 6960 section 4.4) but a nonce.
  static func check(_ field: ASN1Node?, _ structure: String) throws(CertificateError) {
    guard let field else { return }
    var reader = try FieldReader(try field.inner(structure), structure)
    var seen: Set<ASN1ObjectIdentifier> = []
    while let node = reader.next() {
      let one = try ExtensionFields(node, structure)
      guard seen.insert(one.identifier).inserted else {
        throw CertificateError(structure, "have \(one.identifier.text) twice")
      }
      guard !one.isCritical || one.identifier == ObjectIdentifiers.ocspNonce else {
        throw CertificateError(
          structure, "have the critical \(one.identifier.text), which is not understood")
      }
    }
    guard !seen.isEmpty else { throw CertificateError(structure, "are empty") }
  }
}
