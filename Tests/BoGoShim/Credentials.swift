import TLSCertificates
import TLSCrypto
import TLSEngine

/// A certificate with its key, and the key itself where somebody else than the engine signs.
struct Credential {
  let identity: Identity
  let key: PrivateKey

  init?(
    _ options: CredentialOptions, signsElsewhere: Bool, policy: CompliancePolicy?
  ) throws {
    guard let certificateFile = options.certificateFile else { return nil }
    let certificates = try Self.certificates(certificateFile)
    key = try Self.key(options.keyFile ?? certificateFile)
    var identity =
      signsElsewhere
      ? try Identity(signingElsewhereWith: certificates)
      : try Identity(certificates: certificates, privateKey: key)
    identity.stapledStatus = options.ocspResponse
    if let list = options.signedCertificateTimestamps {
      identity.signedCertificateTimestamps = Self.timestamps(list)
    }
    // Never the configuration's: the flags have others for what is verified.
    identity.signatureSchemes =
      options.signingPreferences.isEmpty
      ? policy?.signatureSchemes ?? SignatureScheme.defaults
      : try SignatureScheme.list(options.signingPreferences)
    self.identity = identity
  }

  private static func certificates(_ path: String) throws -> [Certificate] {
    do {
      return try Certificate.chain(pem: contents(of: path))
    } catch let error as CertificateFileError where "\(error)".contains("not supported") {
      throw NotOffered(what: "\(error)")
    }
  }

  private static func key(_ path: String) throws -> PrivateKey {
    do {
      return try PrivateKey(pem: contents(of: path))
    } catch let error as PrivateKeyError where "\(error)".contains("not supported") {
      throw NotOffered(what: "\(error)")
    }
  }

  /// The parts of a SignedCertificateTimestampList (RFC 6962 section 3.3), each after its length.
  static func timestamps(_ list: [UInt8]) -> [[UInt8]] {
    var rest = list.dropFirst(2)
    var parts: [[UInt8]] = []
    while rest.count > 2 {
      let count = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst())
      parts.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return parts
  }
}

/// The flags' certificates, the default and the numbered ones.
struct Credentials {
  private let byDefault: Credential?
  private let numbered: [Credential]

  /// How the runner calls the one that is none of the numbered.
  private static let defaultNumber = -1

  init(_ options: ShimOptions) throws {
    byDefault = try Credential(
      options.credential, signsElsewhere: options.isAsync, policy: options.policy)
    numbered = try options.credentials.compactMap {
      try Credential($0, signsElsewhere: options.isAsync, policy: options.policy)
    }
  }

  private var all: [Credential] { numbered + (byDefault.map { [$0] } ?? []) }

  /// The identities, the favourite first.
  var identities: [Identity] { all.map(\.identity) }

  /// The first, where the shim itself is asked.
  var first: Identity? { all.first?.identity }

  /// The key of an identity that the engine wants signed with.
  func key(of identity: Identity) throws -> PrivateKey {
    let found = all.first { $0.identity.certificates == identity.certificates }
    guard let found else { throw Unexpected("asked for a signature with an unknown key") }
    return found.key
  }

  /// The number that the runner has for the one with these certificates.
  func number(of certificates: [Certificate]) -> Int {
    numbered.firstIndex { $0.identity.certificates == certificates } ?? Self.defaultNumber
  }
}

extension RawRepresentable where RawValue == UInt16 {
  /// Those with these numbers, if the engine has them all.
  static func list(
    _ numbers: [Int], of what: String, where isSupported: (Self) -> Bool
  ) throws -> [Self] {
    try numbers.map { number in
      guard let value = UInt16(exactly: number), let element = Self(rawValue: value),
        isSupported(element)
      else { throw NotOffered(what: "the \(what) \(number)") }
      return element
    }
  }
}

extension SignatureScheme {
  static func list(_ numbers: [Int]) throws -> [SignatureScheme] {
    try list(numbers, of: "signature scheme") { $0.algorithm != nil }
  }
}

extension NamedGroup {
  static func list(_ numbers: [Int]) throws -> [NamedGroup] {
    try list(numbers, of: "group", where: supported.contains)
  }
}
