import Testing

@testable import TLSCertificates

/// `Vectors/chains`: what lies there, and what we answer to it.
@Suite("Chains in Vectors/chains", .serialized)
struct ChainVectorTests {
  @Test("the files are what the builder makes of their definitions, byte for byte")
  func files() throws {
    let cases = try ChainTopic.all()
    let paths = cases.map(\.path)
    let repeated = Dictionary(grouping: paths) { $0 }.filter { $0.value.count > 1 }.keys
    #expect(repeated.isEmpty, "defined twice: \(repeated.sorted())")
    if ChainFolder.isToBeWritten {
      try ChainFolder.write(cases)
      return
    }
    #expect(paths.count >= 200)
    #expect(
      paths.sorted() == ChainFolder.cases, "WRITE_VECTORS=1 writes the files anew")
    for one in cases {
      let text = ChainFile.text(one)
      // So that nothing that a definition says is lost in its file.
      #expect(try ChainFile.read(text, path: one.path) == one)
      if try ChainFolder.text(one.path) != text {
        Issue.record("\(one.path) is not what its definition makes")
      }
    }
  }

  @Test("the answer is the expected one, with its rule and its place", arguments: ChainFolder.cases)
  func answer(_ path: String) throws {
    let one = try ChainFolder.read(path)
    let answer = try one.answer()
    #expect(answer == one.expected, "\(one.about)")
  }

  @Test("every topic has chains of both kinds")
  func topics() throws {
    let cases = try ChainFolder.cases.map { try ChainFolder.read($0) }
    let topics = Dictionary(grouping: cases, by: \.topic)
    for (topic, cases) in topics.sorted(by: { $0.key < $1.key }) {
      let accepted = cases.count { $0.expected.isAccepted }
      let openSSL = cases.count { $0.openSSL.expectsAcceptance(where: $0.expected) != nil }
      let certtool = cases.count { $0.certtool.expectsAcceptance(where: $0.expected) != nil }
      print(
        "chains: \(topic): \(cases.count) (accepted \(accepted), refused "
          + "\(cases.count - accepted); asked OpenSSL \(openSSL), certtool \(certtool))")
      #expect(accepted > 0 && accepted < cases.count, "\(topic)")
    }
    print("chains: \(cases.count) in all")
    #expect(cases.count >= 200)
  }

  /// The cases of `VerificationRule`. Each must refuse a chain.
  private static let rules = [
    "emptyChain", "tooManyCertificates", "expired", "notYetValid", "nameMismatch", "untrustedRoot",
    "selfSigned", "badSignature", "notACertificateAuthority", "pathTooLong", "keyUsage",
    "extendedKeyUsage", "rootPurpose", "unreadableRoot", "unknownCriticalExtension",
    "weakSignature", "weakKey", "nameConstraints", "tooManyNames", "policy", "tooManyPolicies",
    "baselineRequirement", "certificateProfile", "notPinned", "revoked", "revocationUnknown",
    "badStapledStatus", "missingStapledStatus", "tooManyPaths", "pathBeyondLimit",
    "tooManySignatures",
  ]

  @Test("every rule refuses a chain, and every one of the profiles")
  func rules() throws {
    var found: Set<String> = []
    for path in ChainFolder.cases {
      guard case .refused(let rule, _) = try ChainFolder.read(path).expected else { continue }
      found.insert(rule)
      if let word = rule.split(separator: " ").first { found.insert(String(word)) }
    }
    for rule in Self.rules { #expect(found.contains(rule), "\(rule)") }
    for requirement in BaselineRequirement.allCases {
      #expect(found.contains("baselineRequirement \(requirement)"), "\(requirement)")
    }
    for requirement in CertificateProfileRequirement.allCases {
      #expect(found.contains("certificateProfile \(requirement)"), "\(requirement)")
    }
    // What is not in the list is a new rule, or one that is called otherwise.
    let unknown = found.filter { !$0.contains(" ") && $0 != "malformed" }.subtracting(Self.rules)
    #expect(unknown.isEmpty)
  }
}
