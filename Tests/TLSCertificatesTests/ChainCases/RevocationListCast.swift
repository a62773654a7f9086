import TLSCrypto

@testable import TLSCertificates

/// Those who are in most of the cases about revocation lists.
struct RevocationListCast {
  let root: Party
  let middle: Party
  let leaf: Party
  /// Lists of nothing.
  let rootList: [UInt8]
  let middleList: [UInt8]

  init() throws {
    root = try Party.anchor()
    middle = try root.issuer()
    leaf = try middle.server()
    rootList = try root.list()
    middleList = try middle.list()
  }

  var chain: [Party] { [leaf, middle] }
}

extension RevocationListBuilder {
  mutating func revoke(_ party: Party, _ reason: RevocationReason? = nil) {
    entries.append(
      .init(
        serialNumber: party.certificate.serialNumber, revocationDate: Party.since, reason: reason))
  }
}

extension Party {
  /// A list of this authority's, in DER; of nothing, unless it is changed.
  func list(_ change: (inout RevocationListBuilder) throws -> Void = { _ in }) throws -> [UInt8] {
    var builder = RevocationListBuilder(thisUpdate: Party.since, nextUpdate: Party.until)
    try change(&builder)
    var random = DeterministicRandomSource(seed: [])
    return try builder.der(
      issuedBy: .init(certificate: certificate, key: key), random: &random)
  }
}

extension CertificateBuilder.Extension {
  /// One distribution point: a URI, and who issues the list there.
  static func distributionPoint(uri: String?, issuer: [UInt8]? = nil) -> Self {
    let name = uri.map { TLV.tagged(0, TLV.tagged(0, NameDER.uri($0))) } ?? []
    let issuer = issuer.map { TLV.tagged(2, TLV.tagged(4, $0)) } ?? []
    return .init(
      identifier: "2.5.29.31", isCritical: false,
      der: TLV.sequence(TLV.sequence(name, issuer)))
  }
}
