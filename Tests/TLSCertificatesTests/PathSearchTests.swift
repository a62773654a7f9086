import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("Paths that a hostile peer lays")
struct PathSearchTests {
  /// Certificates of one name, each by a key of its own, which all seem to be signed by each other.
  private static func heap(_ count: Int, _ root: Party) throws -> [Certificate] {
    try (0..<count).map { number in
      try root.authority("Root", key: Party.key("heap \(number)")) {
        $0.omittedExtensions = ["2.5.29.14", "2.5.29.35"]
        $0.serialNumber = [UInt8(number + 1)]
      }.certificate
    }
  }

  private static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let time = try ContinuousClock().measure(work)
    return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
  }

  @Test("many certificates of one name are given up after a bounded number of candidates")
  func heap() throws {
    let stranger = try Party.root("Root", key: Party.key("stranger"))
    let leaf = try stranger.leaf { $0.omittedExtensions = ["2.5.29.35"] }.certificate
    let chain = [leaf] + (try Self.heap(15, stranger))
    var error: VerificationError?
    let seconds = try Self.seconds { error = try refusal(of: chain, trusting: []) }
    #expect(error?.rule == .tooManyPaths(limit: 64))
    #expect(seconds < 2)
  }

  @Test("with a root of the same name too, a bounded number of signatures is checked")
  func heapBelowRoot() throws {
    let root = try Party.root("Root")
    let stranger = try Party.root("Root", key: Party.key("stranger"))
    let leaf = try stranger.leaf { $0.omittedExtensions = ["2.5.29.35"] }.certificate
    let chain = [leaf] + (try Self.heap(15, stranger))
    var error: VerificationError?
    let seconds = try Self.seconds {
      error = try refusal(of: chain, trusting: [root.certificate])
    }
    #expect(error?.rule == .tooManyPaths(limit: 64))
    #expect(seconds < 5)
  }

  @Test("a good path beside a heap is found, since roots are tried first")
  func goodBesideHeap() throws {
    let root = try Party.root("Root")
    let leaf = try root.leaf().certificate
    let chain = [leaf] + (try Self.heap(15, root))
    #expect(
      try verify(chain, trusting: [root.certificate]).certificates == [leaf, root.certificate])
  }

  @Test("two authorities that signed each other are no way out")
  func loop() throws {
    let a = try Party.root("A")
    let b = try Party.root("B")
    let aByB = try b.authority("A", key: a.key)
    let bByA = try a.authority("B", key: b.key)
    let leaf = try aByB.leaf().certificate
    let chain = [leaf, aByB.certificate, bByA.certificate]
    let error = try refusal(of: chain, trusting: [try Party.root().certificate])
    #expect(error?.rule == .untrustedRoot(issuer: "CN=A"))
    #expect(error?.position == 2)
    #expect(
      try verify(chain, trusting: [b.certificate]).certificates
        == [leaf, aByB.certificate, b.certificate])
  }

  @Test("a leaf that is its own issuer, and comes several times, is self-signed")
  func ownIssuer() throws {
    let own = try Party.root("Own") {
      $0.keyUsage = [.digitalSignature, .keyCertSign]
      $0.names = ["example.com"]
    }.certificate
    let chain = [Certificate](repeating: own, count: 16)
    #expect(try refusal(of: chain, trusting: [])?.rule == .selfSigned)
  }

  @Test("the limits are those of the policy")
  func policy() throws {
    let root = try Party.root()
    let middle = try root.authority("Middle")
    let chain = [try middle.leaf().certificate, middle.certificate]
    func rule(_ change: (inout ChainVerifier.Policy) -> Void) throws -> VerificationRule? {
      var policy = ChainVerifier.Policy()
      change(&policy)
      return try refusal(of: chain, trusting: [root.certificate], policy: policy)?.rule
    }
    #expect(try rule { _ in } == nil)
    #expect(
      try rule { $0.maximumCertificateCount = 1 } == .tooManyCertificates(limit: 1, found: 2))
    #expect(try rule { $0.maximumCandidateCount = 1 } == .tooManyPaths(limit: 1))
    #expect(try rule { $0.maximumSignatureCount = 1 } == .tooManySignatures(limit: 1))
    #expect(try rule { $0.maximumPathLength = 2 } == .pathBeyondLimit(limit: 2))
    #expect(try rule { $0.maximumPathLength = 3 } == nil)
    #expect(try rule { $0.maximumSignatureCount = 2 } == nil)
    #expect(try rule { $0.maximumCandidateCount = 2 } == nil)
  }

  @Test("key identifiers tell issuers of one name apart without a signature")
  func keyIdentifiers() throws {
    let root = try Party.root()
    let right = try root.authority("Middle", key: Party.key("right"))
    let wrong = try (0..<10).map {
      try root.authority("Middle", key: Party.key("wrong \($0)")).certificate
    }
    let chain = [try right.leaf().certificate] + wrong + [right.certificate]
    var policy = ChainVerifier.Policy()
    policy.maximumSignatureCount = 2
    #expect(
      try verify(chain, trusting: [root.certificate], policy: policy).certificates.count == 3)
  }
}
