import TLSCertificates
import TLSCrypto

/// signature_algorithms_cert (RFC 8446 section 4.2.3, which means TLS 1.2 too): the signatures that
/// a client can check in a chain, if they are others than in the handshake.
enum SignatureAlgorithmsCert: HelloExtension {
  static let type = ExtensionType.signatureAlgorithmsCert
  static let name = "signature_algorithms_cert"

  typealias Offer = [SignatureScheme]
  typealias Answer = Never

  static func offer(_ draft: ClientHelloDraft) -> [SignatureScheme]? {
    draft.setup.configuration.certificateSignatureSchemes
  }

  static func encode(offer: [SignatureScheme], into writer: inout Writer) {
    SignatureAlgorithms.encode(offer: offer, into: &writer)
  }

  static func decodeOffer(_ reader: inout Reader) throws(TLSError) -> [SignatureScheme] {
    try SignatureAlgorithms.decodeOffer(&reader)
  }

  /// The identities, those first whose chain the client says that it can check.
  ///
  /// RFC 5246 section 7.4.2 wants no other chain to be sent at all. A server that has no such chain
  /// sends what it has nevertheless, as RFC 8446 section 4.4.2.2 has it: the client may know better
  /// how to check a chain than its hello says.
  static func preferring(
    _ identities: [Identity], checkedBy extensions: ExtensionOffers
  ) -> [Identity] {
    // A hello may be long, so its list is gone through once.
    let algorithms = Set(schemes(extensions).compactMap(\.algorithm))
    return identities.filter { suits($0, algorithms) }
      + identities.filter { !suits($0, algorithms) }
  }

  /// RFC 8446 section 4.2.3: without the extension, signature_algorithms counts for chains too.
  static func schemes(_ extensions: ExtensionOffers) -> [SignatureScheme] {
    extensions.offer(of: Self.self) ?? extensions.offer(of: SignatureAlgorithms.self) ?? []
  }

  /// Whether each signature of the chain can be checked. Nobody checks a root's own (RFC 8446
  /// section 4.2.3).
  private static func suits(_ identity: Identity, _ algorithms: Set<SignatureAlgorithm>) -> Bool {
    identity.certificates.allSatisfy { certificate in
      guard !certificate.isSelfIssued else { return true }
      guard case .known(let algorithm) = certificate.signature else { return false }
      return algorithms.contains(algorithm)
    }
  }
}

extension ExtensionType {
  /// signature_algorithms_cert (RFC 8446 section 4.2.3).
  public static let signatureAlgorithmsCert = ExtensionType(rawValue: 50)
}
