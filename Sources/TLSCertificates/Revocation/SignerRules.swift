import TLSCrypto

/// What a certificate must be that is in no path, and whose key signs lists or responses.
struct SignerRules {
  let time: Timestamp
  let algorithms: AlgorithmPolicy

  /// What is wrong with it, as the end of a sentence.
  func problem(with certificate: Certificate) -> String? {
    guard certificate.notBefore <= time else {
      return "is not valid before \(certificate.notBefore); it is \(time) now"
    }
    guard time <= certificate.notAfter else {
      return "expired at \(certificate.notAfter); it is \(time) now"
    }
    if let identifier = certificate.unknownCriticalExtensions.first {
      return "has the critical extension \(identifier), which is not understood"
    }
    if algorithms.problem(with: certificate.publicKey) != nil {
      return "has a key of \(certificate.publicKey), which is not accepted"
    }
    if algorithms.problem(with: certificate.signature) != nil {
      return "is signed by \(certificate.signature), which is not accepted"
    }
    return nil
  }
}
