import TLSEngine
import Testing

extension Interop {
  /// The names of suites, and the language for choosing among them, as OpenSSL has them.
  @Suite("OpenSSL's cipher strings", .serialized)
  struct CipherStrings {
    private let authority: Authority

    init() throws {
      authority = try Authority.shared.get()
    }

    private func openssl(_ arguments: [String]) throws -> (status: Int32, lines: [Substring]) {
      let peer = try Peer("openssl", package: "openssl", arguments, in: authority.directory)
      let status = try peer.waitForExit()
      return (status, peer.output.split(separator: "\n"))
    }

    /// OpenSSL's names for what we speak.
    private static let spoken = Set(CipherSuite.supported.compactMap(\.opensslName))

    /// Those of a string's suites that both speak, in OpenSSL's order.
    private func theirs(_ string: String, _ arguments: [String]) throws -> [String] {
      let (status, lines) = try openssl(["ciphers", "-s", "-tls1_2"] + arguments + ["--", string])
      // "no cipher match" is how OpenSSL says that there is nothing.
      guard status == 0 else {
        #expect(lines.contains { $0.contains("no cipher match") }, "\(string): \(lines)")
        return []
      }
      let names = lines.first?.split(separator: ":").map(String.init) ?? []
      return names.filter(Self.spoken.contains)
    }

    private func ours(_ string: String) throws -> [String] {
      do {
        return try CipherSuite.selection(string).compactMap(\.opensslName)
      } catch {
        guard case .selectsNothing = error else { throw error }
        return []
      }
    }

    private func compare(_ string: String, _ arguments: String...) throws {
      let ours = try ours(string)
      let theirs = try theirs(string, arguments)
      #expect(ours == theirs, "\(string)")
    }

    // MARK: Names

    @Test(
      "Numbers, names and parts of our suites are OpenSSL's; nor does it know a name that we don't")
    func names() throws {
      let (status, lines) = try openssl(["ciphers", "-V", "-stdname", "ALL:eNULL:@SECLEVEL=0"])
      #expect(status == 0)
      var found: Set<CipherSuite> = []
      for line in lines {
        // 0xC0,0x2B - TLS_… - ECDHE-… TLSv1.2 Kx=ECDH Au=ECDSA Enc=AESGCM(128) Mac=AEAD
        let fields = line.split(separator: " ")
        try #require(fields.count >= 10, "\(line)")
        let digits = fields[0].split(separator: ",").map { $0.dropFirst(2) }.joined()
        let suite = CipherSuite(rawValue: try #require(UInt16(digits, radix: 16)))
        guard let parameters = suite.parameters else {
          // Someone else's: the name is known, and selects nothing.
          for name in [fields[2], fields[4]] {
            #expect(throws: CipherStringError.selectsNothing(String(name))) {
              try CipherSuite.selection(String(name))
            }
          }
          continue
        }
        found.insert(suite)
        #expect(suite.description == fields[2])
        #expect(suite.opensslName == String(fields[4]))
        // "ECDH" and "DH" are ephemeral here, and "ECDHEPSK" says both at once.
        let isPSK = parameters.authentication == .preSharedKey
        #expect(
          fields[6]
            == (isPSK ? "Kx=ECDHEPSK" : "Kx=\(parameters.keyExchange.description.dropLast())"))
        #expect(fields[7] == "Au=\(parameters.authentication)")
        #expect(fields[8] == "Enc=\(cipher(parameters))")
        #expect(fields[9] == "Mac=\(mac(parameters))")
      }
      // All but the four of RFC 8442, which OpenSSL does not have.
      let missing = CipherSuite.supported.filter { !found.contains($0) }
      #expect(missing.map(\.rawValue).sorted() == [0xd001, 0xd002, 0xd003, 0xd005])
      #expect(missing.allSatisfy { $0.opensslName == nil })
    }

    /// As OpenSSL describes it: `AESGCM(128)`.
    private func cipher(_ parameters: CipherSuiteParameters) -> String {
      switch parameters.cipherName {
      case "ChaCha20-Poly1305": return "CHACHA20/POLY1305(256)"
      case let name:
        let parts = name.split(separator: "-").map(String.init)
        let mode = parts[2...].joined()
        return "AES\(mode == "CBC" ? "" : mode)(\(parts[1]))"
      }
    }

    private func mac(_ parameters: CipherSuiteParameters) -> String {
      guard parameters.macName.hasPrefix("HMAC-") else { return parameters.macName }
      return String(parameters.macName.dropFirst(5).replacing("-", with: ""))
    }

    // MARK: Strings

    @Test("A word selects what it selects there, in the same order", arguments: words)
    func word(word: String) throws {
      try compare(word)
    }

    /// All the words of `openssl-ciphers(1)` for kinds of suites.
    private static let words = [
      "ALL", "COMPLEMENTOFALL", "DEFAULT", "COMPLEMENTOFDEFAULT", "HIGH", "MEDIUM", "LOW", "eNULL",
      "NULL", "aNULL", "kRSA", "RSA", "aRSA", "kDHE", "kEDH", "DH", "DHE", "EDH", "ADH", "kECDHE",
      "kEECDH", "ECDH", "ECDHE", "EECDH", "AECDH", "aDSS", "DSS", "aECDSA", "ECDSA", "TLSv1.2",
      "TLSv1.0", "TLSv1", "SSLv3", "AES128", "AES256", "AES", "AESGCM", "AESCCM", "AESCCM8",
      "ARIA128",
      "ARIA256", "ARIA", "CAMELLIA128", "CAMELLIA256", "CAMELLIA", "CHACHA20", "3DES", "DES", "RC4",
      "RC2", "IDEA", "SEED", "MD5", "SHA1", "SHA", "SHA256", "SHA384", "aGOST", "aGOST01", "kGOST",
      "GOST94", "GOST89MAC", "SRP", "CBC", "FIPS",
    ]

    @Test("What people have in their configuration files means the same here", arguments: strings)
    func string(string: String) throws {
      try compare(string)
    }

    private static let strings = [
      // nginx, Apache, Debian, Python 3.9 and 3.10, and curl's documentation.
      "HIGH:!aNULL:!MD5", "HIGH:!aNULL", "HIGH:MEDIUM:!MD5:!RC4:!3DES", "DEFAULT@SECLEVEL=2",
      "DEFAULT:@SECLEVEL=1",
      "DEFAULT:!aNULL:!eNULL:!MD5:!3DES:!DES:!RC4:!IDEA:!SEED:!aDSS:!SRP:!PSK",
      "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES:DHE+AES:!aNULL:!eNULL:!aDSS:!SHA1:!AESCCM",
      "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-SHA384",
      "ECDHE+AESGCM:CHACHA20:!aNULL:@STRENGTH", "ECDHE+AESGCM:CHACHA20:!aNULL",
      "ECDH+AESGCM:DH+AESGCM:ECDH+AES256:DH+AES256:ECDH+AES128:DH+AES:RSA+AESGCM:RSA+AES:!aNULL:!MD5",
      "EECDH+AESGCM:EDH+AESGCM:AES256+EECDH:AES256+EDH",
      "EECDH+ECDSA+AESGCM EECDH+aRSA+AESGCM EECDH+ECDSA+SHA384 EECDH+aRSA+SHA384 EECDH EDH+aRSA !RC4",
      "kEECDH+ECDSA+AES128:kEECDH+ECDSA+AES256:kEECDH+AES128:kEECDH+AES256:kEDH+AES128:+SHA:!aNULL",
      "ALL:!ADH:!LOW:!EXP:!MD5:@STRENGTH", "ALL:!aNULL:!eNULL:!ADH:!EXP:RC4+RSA:+HIGH:+MEDIUM:+LOW",
      "TLSv1.2:!aNULL", "TLSv1.2+HIGH:!eNULL", "AES256+EECDH:AES256+EDH:!aNULL",
      // Mozilla's intermediate and old.
      "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
        + "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
        + "DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384:DHE-RSA-CHACHA20-POLY1305",
      "ECDHE-ECDSA-AES128-GCM-SHA256:DHE-RSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-SHA256:"
        + "ECDHE-RSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA:DHE-RSA-AES256-SHA256:"
        + "AES128-GCM-SHA256:AES256-GCM-SHA384:AES128-SHA256:AES256-SHA256:AES128-SHA:AES256-SHA:"
        + "DES-CBC3-SHA",
      // Each operator, alone and after others.
      "ALL:+AES", "ALL:+AES128:+SHA1", "ALL:+ECDSA:@STRENGTH", "ALL:-AES:AES", "ALL:-AES256:AES",
      "ALL:-DHE:-ECDSA:ALL", "AESGCM:-AES128:+ECDSA:AES128", "ALL:!AES", "!AES:ALL", "ALL:!DHE:DHE",
      "AES128:AES256", "AES256:AES128:@STRENGTH", "SHA1:AESGCM:+SHA1", "CHACHA20:AESCCM:AESGCM",
      "CHACHA20:+ECDSA:-aRSA:ALL", "ALL:+HIGH", "AESGCM:ALL:-AESGCM:ALL", "-AES:ALL", "+AES:ALL",
      "AES+DHE:AES+ECDHE", "AES128+SHA256", "AES128+SHA384", "AES256+SHA384+aRSA", "ECDHE+DHE",
      "ALL+RC4", "AESCCM+AESCCM8", "HIGH+TLSv1.2+aRSA", "TLSv1+AES256", "SSLv3+TLSv1", "RSA+AES",
      "aRSA+AES+DHE:+AESGCM", "ECDHE-RSA-AES128-SHA+SHA1", "ECDHE-RSA-AES128-SHA+AESGCM",
      "DEFAULT+AES", "DEFAULT!AES128", "DEFAULT-DHE", "DEFAULT:DHE", "DEFAULT:AESCCM",
      "DEFAULT:-ALL:AES", "HIGH!AES", "HIGH@STRENGTH", "AES128:RC4",
      "AES128;AES256", "AES128,AES256", "AES256 AES128", " : AES256 , AES128 : ", "CBC:!SHA1",
      "FIPS:+CBC", "ALL:@SECLEVEL=0", "ALL:@SECLEVEL=3", "ALL:@SECLEVEL=4", "ALL:@SECLEVEL=5",
      "@SECLEVEL=4:AES128:SHA1:SHA384", "@STRENGTH:AES", "RC4:3DES:MD5", "!ALL:AES", "", ":",
      "AES:-AES",
    ]

    @Test(
      "Pre-shared keys are selected as there, if a key is at hand",
      arguments: [
        "PSK", "aPSK", "kECDHEPSK", "kPSK", "PSK+CHACHA20", "ALL:PSK", "PSK:ALL", "CHACHA20:PSK",
        "HIGH:PSK:@STRENGTH", "PSK:-PSK:CHACHA20", "ECDHE-PSK-CHACHA20-POLY1305", "PSK:!CHACHA20",
        "PSK:AES:+PSK", "PSK:@SECLEVEL=3", "PSK:@SECLEVEL=5", "kECDHEPSK+AES", "DHE:aPSK:-DHE:ALL",
      ])
    func preSharedKeys(string: String) throws {
      try compare(string, "-psk")
    }

    @Test("A hundred strings at random, the same in each run")
    func random() throws {
      var random = Generator(state: 20_260_101)
      for _ in 0..<100 {
        let rules = (0..<Int.random(in: 2...7, using: &random)).map { _ in
          Self.rule(using: &random)
        }
        try compare(rules.joined(separator: ":"))
      }
    }

    private static func rule(using random: inout Generator) -> String {
      if Int.random(in: 0..<12, using: &random) == 0 { return "@STRENGTH" }
      let sign = ["", "", "", "+", "-", "-", "!"].randomElement(using: &random) ?? ""
      let words = (0..<Int.random(in: 1...2, using: &random)).map { _ in
        vocabulary.randomElement(using: &random) ?? ""
      }
      return sign + words.joined(separator: "+")
    }

    /// Without `FIPS`, which OpenSSL 3.0 takes for a strength that no suite has besides `HIGH`, and
    /// without pre-shared keys, for which it wants an option.
    private static let vocabulary =
      words.filter { $0 != "FIPS" && $0 != "DEFAULT" }
      + spoken.filter { !$0.contains("PSK") }.sorted()

    /// SplitMix64, from the paper by Steele, Lea and Flood.
    private struct Generator: RandomNumberGenerator {
      var state: UInt64

      mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
      }
    }

    @Test(
      "What OpenSSL calls an error is one here",
      arguments: [
        "HIGH:!", "HIGH:!:AES", "AES:+", "AES+", "@SECLEVEL=9", "HIGH:@FOO", "HIGH:[A|B]",
        "HIGH:\"",
        "AES!!RC4", "@", "AES:@STRENGT",
      ])
    func errors(string: String) throws {
      let (status, lines) = try openssl(["ciphers", "-s", "-tls1_2", string])
      #expect(status != 0)
      #expect(lines.contains { $0.contains("invalid command") }, "\(lines)")
      let error = #expect(throws: CipherStringError.self) { try CipherSuite.selection(string) }
      if case .selectsNothing = error { Issue.record("\(string) could be read") }
    }
  }
}
