import TLSCertificates
import TLSCrypto
import TLSEngine

/// Many roots to be trusted.
enum TrustGrowth {
  static func all() throws -> Growth {
    var random = SystemRandomSource()
    let now = SystemTimeSource().now()
    let counts = [1, 100, 1_000]
    let authorities = try (0..<(counts.max() ?? 1)).map { number in
      try DevelopmentAuthority(
        name: "Root \(number)", keyKind: .ed25519, now: now, random: &random)
    }
    let rows = [
      Growth.Row(what: "loaded from PEM, each", unit: .nanoseconds, law: "the same"),
      Growth.Row(what: "heap of a root", unit: .bytes, law: "the same"),
      Growth.Row(
        what: "a chain judged, its signature known", unit: .nanoseconds,
        law: "the same, and what caches miss"),
      Growth.Row(
        what: "a chain refused whose root is not there", unit: .nanoseconds, law: "the same"),
    ]
    let strangers = try DevelopmentAuthority(
      name: "Nobody's", keyKind: .ed25519, now: now, random: &random)
    let stranger = try strangers.issue(
      names: [Fixture.name], keyKind: .ed25519, now: now, random: &random
    ).certificate
    return try Growth.measured("Roots that are trusted", counts, rows) { count in
      let leaf = try authorities[count / 2].issue(
        names: [Fixture.name], keyKind: .ed25519, now: now, random: &random
      ).certificate
      return try measure(authorities.prefix(count).map(\.certificate.pem), leaf, stranger, now)
    }
  }

  private static func measure(
    _ roots: [String], _ leaf: Certificate, _ stranger: Certificate, _ now: Timestamp
  ) throws -> [Double] {
    let text = [UInt8](roots.joined().utf8)
    let count = Double(roots.count)
    let loading = try Cost.ofEach(max(1, 1_000 / roots.count)) { _ = try TrustRoots(pem: text) }
    let copies = max(1, 100 / roots.count)
    let before = Machine.heap
    let trusted = try (0..<copies).map { _ in try TrustRoots(pem: text) }
    let heap = Double(Machine.heap - before) / Double(copies)
    let verifier = ChainVerifier(roots: trusted[0])
    let name = try ServerName(Fixture.name)
    _ = try verifier.verify([leaf], for: name, usage: .server, at: now)
    let judged = try Cost.ofEach(2_000) {
      _ = try verifier.verify([leaf], for: name, usage: .server, at: now)
    }
    var refusals = 0
    let refused = Cost.ofEach(2_000) {
      do {
        _ = try verifier.verify([stranger], for: name, usage: .server, at: now)
      } catch {
        refusals += 1
      }
    }
    guard refusals == 2_000 else { throw Failure(description: "a stranger was trusted") }
    return [loading / count, heap / count, judged, refused]
  }
}
