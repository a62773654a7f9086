import TLSCrypto

@testable import TLSCertificates

/// Those who are in most of the cases about stapled responses.
struct StaplingCast {
  let root: Party
  let middle: Party
  let leaf: Party

  init() throws {
    root = try Party.anchor()
    middle = try root.issuer()
    leaf = try middle.server()
  }

  var chain: [Party] { [leaf, middle] }

  /// A response about the leaf, signed by its issuer unless somebody else is named.
  func response(
    _ status: OCSPSingleResponse.Status = .good, by signer: Party? = nil,
    _ change: (inout OCSPResponseBuilder) throws -> Void = { _ in }
  ) throws -> [UInt8] {
    var builder = OCSPResponseBuilder(producedAt: Party.since)
    builder.answers = [
      .init(
        of: leaf.certificate, issuedBy: middle.certificate, status: status,
        thisUpdate: Party.since, nextUpdate: Party.until)
    ]
    if let signer { builder.certificates = [signer.certificate] }
    try change(&builder)
    let signer = signer ?? middle
    var random = DeterministicRandomSource(seed: [])
    return try builder.der(
      signedBy: .init(certificate: signer.certificate, key: signer.key), random: &random)
  }
}
