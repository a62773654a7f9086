import TLSCrypto
import Testing

@testable import TLSEngine

/// The table of suites, and the presets made of it.
@Suite("Cipher suites")
struct CipherSuiteTests {
  @Test("Every suite has a number, a name and an OpenSSL name of its own")
  func unique() {
    let rows = CipherSuiteTable.rows
    #expect(rows.count == 34)
    #expect(Set(rows.map(\.suite)).count == rows.count)
    #expect(Set(rows.map(\.name)).count == rows.count)
    let names = rows.compactMap(\.opensslName)
    #expect(Set(names).count == names.count)
    #expect(CipherSuite.supported == rows.map(\.suite))
  }

  @Test("A suite is found by either name, and by nothing else", arguments: CipherSuite.supported)
  func names(suite: CipherSuite) throws {
    #expect(CipherSuite(name: suite.description) == suite)
    if let name = suite.opensslName { #expect(CipherSuite(name: name) == suite) }
    #expect(CipherSuite(name: suite.description.lowercased()) == nil)
    #expect(CipherSuite(name: suite.description + "_") == nil)
  }

  @Test("A suite is made of what its name says", arguments: CipherSuite.supported)
  func parameters(suite: CipherSuite) throws {
    let parameters = try #require(suite.parameters)
    let name = suite.description
    #expect(
      name.hasPrefix("TLS_\(parameters.keyExchange)_\(parameters.authentication)_WITH_"), "\(name)")
    var cipher = parameters.cipherName.uppercased()
    cipher.replace("-", with: "_")
    var rest = try #require(name.split(separator: "_WITH_").last).description
    #expect(rest.hasPrefix(cipher), "\(rest), \(cipher)")
    rest.removeFirst(cipher.count)
    // RFC 5246 section 5: SHA-256 unless the suite says otherwise, whatever the MAC.
    #expect(parameters.hash == (rest == "_SHA384" ? .sha384 : .sha256))
    let mac =
      switch rest {
      case "_SHA": "HMAC-SHA-1"
      case "_SHA256": "HMAC-SHA-256"
      case "_SHA384": "HMAC-SHA-384"
      default: "AEAD"
      }
    #expect(parameters.macName == (cipher.hasSuffix("CBC") ? mac : "AEAD"))
  }

  @Test("Signals are no suites, and have names")
  func signals() {
    for (suite, name) in [
      (CipherSuite.emptyRenegotiationInfoSCSV, "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"),
      (.fallbackSCSV, "TLS_FALLBACK_SCSV"),
    ] {
      #expect(suite.isSignal)
      #expect(suite.description == name)
      #expect(suite.parameters == nil)
      #expect(suite.preset == nil)
      #expect(CipherSuite(name: name) == nil)
      #expect(!CipherSuite.supported.contains(suite))
    }
    #expect(CipherSuite(rawValue: 0x0005).description == "0x0005")
    #expect(CipherSuite(rawValue: 0x0005).opensslName == nil)
  }

  // MARK: Presets

  /// As OpenSSL calls them: the numbers and names are the table's, so this is the order alone.
  private static let modern = [
    "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
  ]
  private static let intermediate =
    modern + [
      "DHE-RSA-AES128-GCM-SHA256", "DHE-RSA-AES256-GCM-SHA384", "DHE-RSA-CHACHA20-POLY1305",
    ]
  private static let legacy =
    intermediate + [
      "ECDHE-ECDSA-AES128-CCM", "ECDHE-ECDSA-AES256-CCM", "DHE-RSA-AES128-CCM",
      "DHE-RSA-AES256-CCM", "ECDHE-ECDSA-AES128-CCM8", "ECDHE-ECDSA-AES256-CCM8",
      "DHE-RSA-AES128-CCM8", "DHE-RSA-AES256-CCM8",
      "ECDHE-ECDSA-AES128-SHA256", "ECDHE-RSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA384",
      "ECDHE-RSA-AES256-SHA384", "ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES128-SHA",
      "ECDHE-ECDSA-AES256-SHA", "ECDHE-RSA-AES256-SHA", "DHE-RSA-AES128-SHA256",
      "DHE-RSA-AES256-SHA256", "DHE-RSA-AES128-SHA", "DHE-RSA-AES256-SHA",
    ]

  @Test("The presets hold what they are documented to hold, and modern is the default")
  func presets() {
    var configuration = ClientConfiguration()
    #expect(configuration.cipherSuites.compactMap(\.opensslName) == Self.modern)
    #expect(
      ServerConfiguration(identities: []).cipherSuites.compactMap(\.opensslName) == Self.modern)
    configuration.cipherSuites = .modern
    #expect(configuration.cipherSuites == CipherSuite.defaults)
    configuration.cipherSuites = .intermediate
    #expect(configuration.cipherSuites.compactMap(\.opensslName) == Self.intermediate)
    configuration.cipherSuites = .legacy
    #expect(configuration.cipherSuites.compactMap(\.opensslName) == Self.legacy)
  }

  @Test("A suite knows its smallest preset, and one with a pre-shared key has none")
  func smallestPreset() {
    #expect(CipherSuite.ecdheRSAWithAES128GCMSHA256.preset == .modern)
    #expect(CipherSuite.dheRSAWithChaCha20Poly1305SHA256.preset == .intermediate)
    #expect(CipherSuite.dheRSAWithAES128CBCSHA.preset == .legacy)
    let others = CipherSuite.supported.filter { $0.preset == nil }
    #expect(others.count == 5)
    #expect(others.allSatisfy { $0.parameters?.authentication == .preSharedKey })
  }
}
