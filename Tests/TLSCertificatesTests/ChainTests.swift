import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("Chains that are good")
struct ChainTests {
  @Test("a trusted leaf is a chain by itself")
  func depth0() throws {
    let server = try Party.root("Server") {
      $0 = CertificateBuilder(
        commonName: "Server", names: ["example.com"], notBefore: Party.notBefore,
        notAfter: Party.notAfter)
    }.certificate
    #expect(try verify([server], trusting: [server]).certificates == [server])
  }

  @Test("a leaf may be one, two or three steps below a root")
  func depths() throws {
    let root = try Party.root()
    let first = try root.authority("First")
    let second = try first.authority("Second")
    let issuers: [(Party, [Party])] = [
      (root, []), (first, [first]), (second, [second, first]),
    ]
    for (issuer, intermediates) in issuers {
      let leaf = try issuer.leaf().certificate
      let chain = [leaf] + intermediates.map(\.certificate)
      let expected = chain + [root.certificate]
      #expect(try verify(chain, trusting: [root.certificate]).certificates == expected)
      // A root that comes along changes nothing.
      #expect(try verify(expected, trusting: [root.certificate]).certificates == expected)
    }
  }

  @Test("intermediates may come in any order, with others and twice")
  func order() throws {
    let root = try Party.root()
    let first = try root.authority("First")
    let second = try first.authority("Second")
    let leaf = try second.leaf().certificate
    let stranger = try Party.root("Stranger")
    let others = [
      stranger.certificate, try stranger.authority("Another").certificate,
      try Party.root("Second", key: Party.key("false")).certificate,
    ]
    let (a, b) = (first.certificate, second.certificate)
    let expected = [leaf, b, a, root.certificate]
    for middle in [[b, a], [a, b], [a, a, b, b], others + [a, b], [a] + others + [leaf, b]] {
      #expect(
        try verify([leaf] + middle, trusting: [root.certificate]).certificates == expected)
    }
  }

  @Test("of cross-signed alternatives the one that leads to a root is taken")
  func crossSigned() throws {
    let old = try Party.root("Old")
    let new = try Party.root("New")
    let key = try Party.key("issuing")
    let below = [
      try old.authority("Issuing", key: key), try new.authority("Issuing", key: key),
    ]
    let leaf = try below[0].leaf().certificate
    for chain in [below, below.reversed()] {
      let certificates = [leaf] + chain.map(\.certificate)
      #expect(
        try verify(certificates, trusting: [old.certificate]).certificates
          == [leaf, below[0].certificate, old.certificate])
      #expect(
        try verify(certificates, trusting: [new.certificate]).certificates
          == [leaf, below[1].certificate, new.certificate])
    }
  }

  @Test("an expired cross-certificate does no harm beside one that is valid")
  func expiredAlternative() throws {
    let root = try Party.root()
    let key = try Party.key("issuing")
    let good = try root.authority("Issuing", key: key)
    let expired = try root.authority("Issuing", key: key) {
      $0.notAfter = Party.now.adding(seconds: -1)
    }
    let leaf = try good.leaf().certificate
    for chain in [[good, expired], [expired, good]] {
      #expect(
        try verify([leaf] + chain.map(\.certificate), trusting: [root.certificate]).certificates
          == [leaf, good.certificate, root.certificate])
    }
  }

  @Test("a new key of a root that the old one signed is a way to the old root")
  func keyRollover() throws {
    let old = try Party.root("Root", key: Party.key("old"))
    let new = try old.authority("Root", key: Party.key("new")) { $0.pathLength = 0 }
    #expect(new.certificate.isSelfIssued)
    let issuing = try old.authority("Issuing")
    let leaf = try new.leaf().certificate
    #expect(
      try verify([leaf, new.certificate], trusting: [old.certificate]).certificates.count == 3)
    // Self-issued authorities do not count against a path length.
    let limited = try Party.root("Root", key: old.key) { $0.pathLength = 0 }
    #expect(
      try verify([leaf, new.certificate], trusting: [limited.certificate]).certificates.count == 3)
    #expect(
      try refusal(
        of: [try issuing.leaf().certificate, issuing.certificate],
        trusting: [limited.certificate])?.rule == .pathTooLong(limit: 0, found: 1))
  }

  @Test("OpenSSL's chain is good for its names, with every kind of leaf")
  func openSSL() throws {
    let root = try Certificate(fixture: OpenSSLChain.root)
    let issuing = try Certificate(fixture: OpenSSLChain.issuing)
    let fixtures = [
      OpenSSLChain.leafP256, OpenSSLChain.leafP384, OpenSSLChain.leafP521, OpenSSLChain.leafRSA,
      OpenSSLChain.leafEd25519, OpenSSLSignatures.leafPSS, OpenSSLSignatures.leafPSS512,
    ]
    for fixture in fixtures {
      let leaf = try Certificate(fixture: fixture)
      for name in ["example.com", "www.example.org", "192.0.2.1", "2001:db8::1"] {
        #expect(
          try verify([leaf, issuing], trusting: [root], for: name).certificates
            == [leaf, issuing, root])
      }
      #expect(
        try refusal(of: [leaf, issuing], trusting: [root], for: "example.org")?.rule
          == .nameMismatch(
            presented: ["example.com", "*.example.org", "192.0.2.1", "2001:db8::1"],
            expected: try ServerName("example.org")))
    }
  }

  @Test("a chain is valid from the first second of notBefore to the last of notAfter")
  func boundaries() throws {
    let root = try Party.root { $0.notAfter = Party.now.adding(seconds: 1_000_000) }
    let leaf = try root.leaf { $0.notBefore = Party.now }.certificate
    let (chain, roots) = ([leaf], [root.certificate])
    let (first, last) = (leaf.notBefore, leaf.notAfter)
    #expect(try refusal(of: chain, trusting: roots, at: first) == nil)
    #expect(try refusal(of: chain, trusting: roots, at: last) == nil)
    #expect(
      try refusal(of: chain, trusting: roots, at: first.adding(seconds: -1))?.rule
        == .notYetValid(notBefore: first, now: first.adding(seconds: -1)))
    #expect(
      try refusal(of: chain, trusting: roots, at: last.adding(seconds: 1))?.rule
        == .expired(notAfter: last, now: last.adding(seconds: 1)))
    for time in [Int64.min, .max] {
      #expect(
        try refusal(of: chain, trusting: roots, at: Timestamp(secondsSince1970: time)) != nil)
    }
  }

  @Test("a path may have no more than eight certificates, leaf and root included")
  func length() throws {
    let root = try Party.root()
    var issuer = root
    var above: [Certificate] = []
    for number in 1...7 {
      let leaf = try issuer.leaf().certificate
      let found = try refusal(of: [leaf] + above, trusting: [root.certificate])
      if above.count <= 6 { #expect(found == nil) }
      issuer = try issuer.authority("Authority \(number)")
      above.append(issuer.certificate)
    }
    let leaf = try issuer.leaf().certificate
    let error = try refusal(of: [leaf] + above, trusting: [root.certificate])
    #expect(error?.rule == .pathBeyondLimit(limit: 8))
    #expect(
      error?.description
        == "certificate \"CN=Authority 1\" leads into a path of more than 8 certificates")
  }

  @Test("a client's certificate needs no name, and the purpose of clients")
  func clients() throws {
    let root = try Party.root()
    let leaf = try root.leaf([], commonName: "someone") {
      $0.extendedKeyUsages = [.clientAuth]
    }.certificate
    #expect(
      try verify([leaf], trusting: [root.certificate], for: nil, usage: .client).certificates
        == [leaf, root.certificate])
    let error = try refusal(of: [leaf], trusting: [root.certificate], for: nil)
    #expect(
      error?.rule
        == .extendedKeyUsage(required: .serverAuth, found: try TLV.extendedKeyUsage(.clientAuth)))
  }

  @Test("a root of the oldest sort, without extensions, is an authority all the same")
  func oldRoot() throws {
    let root = try Party.root { $0.version = .v1 }
    let leaf = try root.leaf().certificate
    #expect(try verify([leaf], trusting: [root.certificate]).certificates.count == 2)
  }
}
