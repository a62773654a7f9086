import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("An authority for development")
struct DevelopmentAuthorityTests {
  private static let kinds: [PrivateKey.Generation] = [
    .ecdsa(.secp256r1), .ecdsa(.secp384r1), .ecdsa(.secp521r1), .ed25519,
  ]

  private static func make(
    _ seed: String, _ kind: PrivateKey.Generation = .ecdsa(.secp256r1)
  ) throws -> (authority: DevelopmentAuthority, leaf: Certificate, key: PrivateKey) {
    var random = DeterministicRandomSource(seed: Array(seed.utf8))
    let authority = try DevelopmentAuthority(keyKind: kind, now: Party.now, random: &random)
    let (leaf, key) = try authority.issue(
      names: ["localhost", "127.0.0.1", "*.example.com"], keyKind: kind, now: Party.now,
      random: &random)
    return (authority, leaf, key)
  }

  @Test("what it issues is accepted for each of its names", arguments: kinds)
  func accepted(_ kind: PrivateKey.Generation) throws {
    let (authority, leaf, key) = try Self.make("accepted", kind)
    #expect(leaf.publicKey == key.publicKey)
    for name in ["localhost", "127.0.0.1", "a.example.com"] {
      #expect(
        try verify([leaf], trusting: [authority.certificate], for: name).certificates
          == [leaf, authority.certificate])
    }
    #expect(
      try refusal(of: [leaf], trusting: [authority.certificate], for: "example.com") != nil)
  }

  @Test("the same seed and time make the same bytes, and another seed others", arguments: kinds)
  func deterministic(_ kind: PrivateKey.Generation) throws {
    let (first, again) = (try Self.make("one", kind), try Self.make("one", kind))
    #expect(first.authority.certificate.der == again.authority.certificate.der)
    #expect(first.leaf.der == again.leaf.der)
    let other = try Self.make("two", kind)
    #expect(first.leaf.der != other.leaf.der)
    #expect(first.leaf.publicKey != other.leaf.publicKey)
  }

  @Test("it may issue leaves and nothing else")
  func noAuthorities() throws {
    let authority = try Self.make("leaves").authority
    let party = Party(certificate: authority.certificate, key: authority.key)
    let below = try party.authority("Below")
    #expect(
      try refusal(
        of: [try below.leaf().certificate, below.certificate], trusting: [party.certificate])?.rule
        == .pathTooLong(limit: 0, found: 1))
  }

  @Test("its certificates begin an hour ago and last so many days")
  func validity() throws {
    let (authority, leaf, _) = try Self.make("validity")
    #expect(authority.certificate.notBefore == Party.now.adding(seconds: -3600))
    #expect(authority.certificate.notAfter == Party.now.adding(seconds: 365 * 86_400))
    #expect(leaf.notBefore == Party.now.adding(seconds: -3600))
    #expect(leaf.notAfter == Party.now.adding(seconds: 30 * 86_400))
  }

  @Test("bad input is an error that says what is wrong")
  func mistakes() throws {
    var random = DeterministicRandomSource(seed: [])
    let authority = try Self.make("mistakes").authority
    #expect(throws: CertificateBuilderError.invalidSubject("")) {
      try DevelopmentAuthority(name: "", now: Party.now, random: &random)
    }
    #expect(throws: CertificateBuilderError.nothingToName) {
      try authority.issue(names: [], now: Party.now, random: &random)
    }
    #expect(throws: CertificateBuilderError.invalidName("a b", reason: Self.spaceReason)) {
      try authority.issue(names: ["a b"], now: Party.now, random: &random)
    }
    for days in [-1, Int.min] {
      let error = #expect(throws: CertificateBuilderError.self) {
        try authority.issue(names: ["a"], validFor: days, now: Party.now, random: &random)
      }
      guard case .endsBeforeItBegins = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
    for days in [3_000_000, Int.max] {
      let error = #expect(throws: CertificateBuilderError.self) {
        try authority.issue(names: ["a"], validFor: days, now: Party.now, random: &random)
      }
      guard case .invalidDate = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
    #expect(
      throws: CertificateBuilderError.crypto(.invalidInput("an RSA key has 1024 to 8192 bits"))
    ) {
      try DevelopmentAuthority(keyKind: .rsa(bits: 512), now: Party.now, random: &random)
    }
  }

  private static let spaceReason =
    "it holds the byte 32, which is no letter, digit, hyphen or underscore"

  @Test("names that are too long for a common name are alternative names all the same")
  func longNames() throws {
    var random = DeterministicRandomSource(seed: [])
    let authority = try Self.make("long").authority
    let long = [String](repeating: String(repeating: "a", count: 30), count: 4).joined(
      separator: ".")
    let leaf = try authority.issue(names: [long], now: Party.now, random: &random).certificate
    #expect(leaf.subject.isEmpty)
    #expect(
      try verify([leaf], trusting: [authority.certificate], for: long).certificates.count == 2)
    let both = try authority.issue(names: [long, "short"], now: Party.now, random: &random)
    #expect(both.certificate.subject.commonName == "short")
  }
}
