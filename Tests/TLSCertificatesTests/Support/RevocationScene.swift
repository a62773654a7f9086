import TLSCrypto

@testable import TLSCertificates

/// A root, an authority below it and a server below that, and who says what of them.
struct RevocationScene {
  let root: Party
  let issuing: Party
  let leaf: Party

  /// Whose lists and responses these are by default: of now, for a day.
  static let thisUpdate = Party.now.adding(seconds: -3600)
  static let nextUpdate = Party.now.adding(seconds: 86_400)

  init(
    issuing change: (inout CertificateBuilder) -> Void = { _ in },
    leaf leafChange: (inout CertificateBuilder) -> Void = { _ in }
  ) throws {
    root = try Party.root()
    issuing = try root.authority("Issuing", change)
    leaf = try issuing.leaf { builder in
      builder.serialNumber = [0x10, 0x01]
      leafChange(&builder)
    }
  }

  var path: [Certificate] { [leaf.certificate, issuing.certificate, root.certificate] }

  /// What refuses the path, by a check with a policy that is changed, and the position in the path.
  func problem(
    status: StapledStatus = .notRequested, others: [Certificate] = [],
    at time: Timestamp = Party.now,
    limit: Int = 16, algorithms: AlgorithmPolicy = .modern,
    _ change: (inout RevocationPolicy) throws -> Void = { _ in }
  ) throws -> Problem? {
    var policy = RevocationPolicy()
    try change(&policy)
    let check = RevocationCheck(
      path: path, chain: Array(path.dropLast()) + others, time: time, policy: policy,
      algorithms: algorithms, status: status)
    var budget = SignatureBudget(limit: limit)
    return check.problem(&budget).map(Problem.init)
  }

  /// What refuses the path with these lists, which must say all there is to be known of the leaf.
  func problem(
    lists: [CertificateRevocationList], scope: RevocationPolicy.Scope = .leaf,
    whenUnknown: RevocationPolicy.WhenUnknown = .refuse, others: [Certificate] = [],
    at time: Timestamp = Party.now
  ) throws -> Problem? {
    try problem(others: others, at: time) {
      $0.listChecking = .on(lists, scope, whenUnknown: whenUnknown)
    }
  }

  /// Why nothing is known by these lists; `nil` if something is.
  func unknown(
    lists: [CertificateRevocationList], others: [Certificate] = [], at time: Timestamp = Party.now
  ) throws -> String? {
    guard let problem = try problem(lists: lists, others: others, at: time),
      case .revocationUnknown(let text) = problem.rule
    else { return nil }
    return text
  }

  /// A rule and the certificate of the path that breaks it.
  struct Problem: Equatable {
    let rule: VerificationRule
    let index: Int

    init(_ problem: (VerificationRule, Int)) {
      (rule, index) = problem
    }
  }

  /// A list of an authority.
  static func list(
    of party: Party, revoking certificates: [Certificate] = [], reason: RevocationReason? = nil,
    _ change: (inout RevocationListBuilder) throws -> Void = { _ in }
  ) throws -> CertificateRevocationList {
    var builder = RevocationListBuilder(thisUpdate: thisUpdate, nextUpdate: nextUpdate)
    builder.entries = certificates.map {
      .init(serialNumber: $0.serialNumber, revocationDate: Party.notBefore, reason: reason)
    }
    try change(&builder)
    var random = DeterministicRandomSource(seed: [1])
    return try builder.build(
      issuedBy: .init(certificate: party.certificate, key: party.key), random: &random)
  }

  /// A response about the leaf, signed by its issuer.
  func response(
    _ status: OCSPSingleResponse.Status = .good, signedBy signer: Party? = nil,
    _ change: (inout OCSPResponseBuilder) throws -> Void = { _ in }
  ) throws -> StapledStatus {
    .response(try responseDER(status, signedBy: signer, change))
  }

  func responseDER(
    _ status: OCSPSingleResponse.Status = .good, signedBy signer: Party? = nil,
    _ change: (inout OCSPResponseBuilder) throws -> Void = { _ in }
  ) throws -> [UInt8] {
    var builder = OCSPResponseBuilder(producedAt: Self.thisUpdate)
    builder.answers = [
      .init(
        of: leaf.certificate, issuedBy: issuing.certificate, status: status,
        thisUpdate: Self.thisUpdate, nextUpdate: Self.nextUpdate)
    ]
    if let signer { builder.certificates = [signer.certificate] }
    try change(&builder)
    let party = signer ?? issuing
    var random = DeterministicRandomSource(seed: [2])
    return try builder.der(
      signedBy: .init(certificate: party.certificate, key: party.key), random: &random)
  }

  /// One to whom an authority has left it to sign responses.
  static func delegate(
    of party: Party, _ change: (inout CertificateBuilder) -> Void = { _ in }
  ) throws -> Party {
    try party.leaf([], commonName: "Responder", key: Party.key("responder")) { builder in
      builder.extendedKeyUsages = [.ocspSigning]
      change(&builder)
    }
  }
}

extension CertificateBuilder.Extension {
  /// The distribution points of a certificate, each in DER.
  static func distributionPoints(_ points: [UInt8]...) -> CertificateBuilder.Extension {
    .init(
      identifier: "2.5.29.31", isCritical: false, der: TLV.sequence(points.flatMap(\.self)))
  }

  /// The TLS features of a certificate (RFC 7633); 5 is status_request.
  static func features(_ numbers: UInt8...) -> CertificateBuilder.Extension {
    .init(
      identifier: "1.3.6.1.5.5.7.1.24", isCritical: false,
      der: TLV.sequence(numbers.flatMap { TLV.integer($0) }))
  }
}

/// The parts of a distribution point (RFC 5280 section 4.2.1.13).
enum PointDER {
  static func uri(_ text: String) -> [UInt8] {
    TLV.tagged(0, TLV.tagged(0, TLV.field(6, Array(text.utf8))))
  }

  /// - Parameter bits: of the only byte, the first bit as the highest.
  static func reasons(_ bits: UInt8) -> [UInt8] {
    TLV.field(1, [UInt8(bits.trailingZeroBitCount), bits])
  }

  static func issuer(_ name: DistinguishedName) -> [UInt8] {
    TLV.tagged(2, TLV.tagged(4, name.der))
  }
}
