import TLSEngine
import Testing

/// OpenSSL's language for choosing suites. That the choice is OpenSSL's own is a matter for the
/// interop tests; these are about each part of the language, and its errors.
@Suite("Cipher strings")
struct CipherStringTests {
  private func select(_ string: String) throws -> [String] {
    try CipherSuite.selection(string).map { $0.opensslName ?? $0.description }
  }

  private static let gcm = [
    "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384", "DHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "DHE-RSA-AES128-GCM-SHA256",
  ]

  private static let gcm256 = Array(gcm.prefix(3))
  private static let gcm128 = Array(gcm.suffix(3))

  // MARK: What can be said

  @Test("The name of a preset stands for it")
  func presets() throws {
    #expect(try CipherSuite.selection("modern") == .modern)
    #expect(try CipherSuite.selection("intermediate") == .intermediate)
    #expect(try CipherSuite.selection("legacy") == .legacy)
  }

  @Test("A suite goes by OpenSSL's name and by the registry's")
  func suites() throws {
    #expect(
      try CipherSuite.selection("ECDHE-RSA-AES128-GCM-SHA256:TLS_DHE_RSA_WITH_AES_128_CCM")
        == [.ecdheRSAWithAES128GCMSHA256, .dheRSAWithAES128CCM])
  }

  @Test(
    "Words between +, and separators of every kind",
    arguments: [
      ("AESGCM", gcm),
      ("AESGCM+ECDHE+aRSA", [gcm[1], gcm[4]]),
      ("AES128+AESGCM:AES256+AESGCM", gcm128 + gcm256),
      ("AES128+AESGCM,AES256+AESGCM", gcm128 + gcm256),
      ("AES128+AESGCM AES256+AESGCM", gcm128 + gcm256),
      ("AES128+AESGCM;AES256+AESGCM", gcm128 + gcm256),
      (": ,AESGCM::", gcm),
      ("ECDHE-RSA-AES128-GCM-SHA256+AESGCM", [gcm[4]]),
    ] as [(String, [String])])
  func patterns(string: String, expected: [String]) throws {
    #expect(try select(string) == expected)
  }

  @Test(
    "The operators",
    arguments: [
      // What is there already stays where it is.
      ("ECDHE+AESGCM:AESGCM", [gcm[0], gcm[1], gcm[3], gcm[4], gcm[2], gcm[5]]),
      ("AESGCM:+AES256", gcm128 + gcm256),
      ("AESGCM:+AES256:+aRSA", [gcm[3], gcm[0], gcm[4], gcm[5], gcm[1], gcm[2]]),
      ("AESGCM:-AES128", gcm256),
      // What was taken away comes back in front of what waits, in its own order.
      ("AESGCM:-DHE:AESGCM", [gcm[0], gcm[1], gcm[3], gcm[4], gcm[2], gcm[5]]),
      ("DHE+AESGCM:-DHE:AESGCM", [gcm[2], gcm[5], gcm[0], gcm[1], gcm[3], gcm[4]]),
      ("AESGCM:!AES128:AESGCM", gcm256),
      ("!AES128:AESGCM", gcm256),
      ("AESGCM!AES128", gcm256),
      ("AES128+AESGCM:AES256+AESGCM:@STRENGTH", gcm),
      ("AES128+AESGCM:AES256+AESGCM@STRENGTH", gcm),
      ("AESGCM:@SECLEVEL=0", gcm), ("AESGCM:@SECLEVEL=3", gcm),
      ("AESGCM:@SECLEVEL=4", gcm256), ("@SECLEVEL=5:AESGCM", gcm256),
      // The last level counts.
      ("@SECLEVEL=5:AESGCM:@SECLEVEL=1", gcm),
    ] as [(String, [String])])
  func operators(string: String, expected: [String]) throws {
    #expect(try select(string) == expected)
  }

  @Test("Above level 3 HMAC-SHA-1 is too weak")
  func levelOfSHA1() throws {
    #expect(try select("SHA1+AES256+ECDHE").count == 2)
    #expect(try select("SHA1+AES256+ECDHE:SHA384:@SECLEVEL=3").count == 4)
    #expect(try select("SHA1+AES256+ECDHE:SHA384:@SECLEVEL=4") == select("SHA384"))
  }

  @Test(
    "Words that mean the same",
    arguments: [
      ["ALL", "HIGH"], ["ECDHE", "EECDH", "kECDHE", "kEECDH", "ECDH"],
      ["DHE", "EDH", "kDHE", "kEDH", "DH"], ["ECDSA", "aECDSA"], ["SHA1", "SHA"],
      ["TLSv1", "TLSv1.0"], ["PSK", "aPSK", "kECDHEPSK"], ["COMPLEMENTOFDEFAULT", "AESCCM"],
      ["DEFAULT", "ALL:!AESCCM"], ["AESGCM:AES128+CBC:AES256+CBC:@STRENGTH", "FIPS:@STRENGTH"],
      ["AES", "AES128:AES256:!PSK:@STRENGTH"],
    ])
  func synonyms(words: [String]) throws {
    let selections = try words.map { Set(try CipherSuite.selection($0)) }
    #expect(Set(selections).count == 1)
  }

  @Test(
    "How many suites a word selects",
    arguments: [
      ("ALL", 29), ("ECDHE", 18), ("DHE", 11), ("aRSA", 18), ("ECDSA", 11), ("PSK", 5),
      ("AES", 26), ("AES128", 13), ("AES256", 13), ("AESGCM", 6), ("AESCCM", 8), ("AESCCM8", 4),
      ("CHACHA20", 3), ("CBC", 12), ("SHA1", 6), ("SHA256", 4), ("SHA384", 2), ("FIPS", 18),
      ("TLSv1.2", 23), ("TLSv1", 4), ("SSLv3", 2), ("COMPLEMENTOFDEFAULT", 8), ("DEFAULT", 21),
    ])
  func counts(word: String, count: Int) throws {
    #expect(try CipherSuite.selection(word).count == count)
  }

  @Test(
    "DEFAULT comes first, and may be followed by anything",
    arguments: [
      "DEFAULT", "DEFAULT:", "DEFAULT@SECLEVEL=2", "DEFAULT:@SECLEVEL=1", "DEFAULT!AESCCM",
      "DEFAULT-RC4", "DEFAULT:AESCCM",
    ])
  func defaultFirst(string: String) throws {
    #expect(try select(string) == select("ALL:!AESCCM"))
  }

  @Test("Nothing that is spoken is out of reach")
  func everything() throws {
    #expect(try Set(CipherSuite.selection("ALL:PSK")) == Set(CipherSuite.supported))
  }

  @Test("Suites with a pre-shared key are there only for those who ask")
  func preSharedKeys() throws {
    for string in ["ALL", "CHACHA20", "AES", "HIGH:+PSK", "ALL:!PSK"] {
      let suites = try CipherSuite.selection(string)
      #expect(suites.allSatisfy { $0.parameters?.authentication != .preSharedKey }, "\(string)")
    }
    #expect(
      try CipherSuite.selection("CHACHA20:PSK").prefix(5) == [
        .ecdheECDSAWithChaCha20Poly1305SHA256, .ecdheRSAWithChaCha20Poly1305SHA256,
        .dheRSAWithChaCha20Poly1305SHA256, .ecdhePSKWithChaCha20Poly1305SHA256,
        .ecdhePSKWithAES256GCMSHA384,
      ])
    #expect(
      try CipherSuite.selection("TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256")
        == [.ecdhePSKWithAES128GCMSHA256])
  }

  @Test(
    "What OpenSSL knows and the engine never speaks selects nothing",
    arguments: [
      "RC4", "3DES", "aNULL", "eNULL", "NULL", "kRSA", "RSA", "MD5", "EXP", "EXPORT40", "LOW",
      "MEDIUM", "IDEA", "SEED", "CAMELLIA", "ARIA", "DSS", "kDHEPSK", "SRP", "COMPLEMENTOFALL",
      "SSLv2", "AES128-SHA", "DES-CBC3-SHA", "ECDHE-RSA-RC4-SHA", "TLS_RSA_WITH_AES_128_CBC_SHA",
      "TLS_AES_128_GCM_SHA256", "EDH-RSA-DES-CBC3-SHA", "ECDH-ECDSA-AES128-GCM-SHA256",
    ])
  func foreign(word: String) throws {
    #expect(throws: CipherStringError.selectsNothing(word)) { try CipherSuite.selection(word) }
    #expect(try select("AESGCM:\(word)") == Self.gcm)
    #expect(try select("AESGCM:!\(word):-\(word):+\(word)") == Self.gcm)
    #expect(try select("AESGCM:AES+\(word)") == Self.gcm)
  }

  // MARK: What cannot

  @Test(
    "Errors say what is wrong and where",
    arguments: [
      (
        "HIGH:ECDHE-RSA-AES128-GCM-SHA265",
        "\"ECDHE-RSA-AES128-GCM-SHA265\" at character 6 of the cipher string is no suite and no "
          + "kind of suites; did you mean ECDHE-RSA-AES128-GCM-SHA256?"
      ),
      (
        "aesgcm",
        "\"aesgcm\" at character 1 of the cipher string is no suite and no kind of suites; did you "
          + "mean AESGCM?"
      ),
      (
        "HIGH:!aNUL",
        "\"aNUL\" at character 7 of the cipher string is no suite and no kind of suites; did you "
          + "mean aNULL?"
      ),
      (
        "AES+quux",
        "\"quux\" at character 5 of the cipher string is no suite and no kind of suites"
      ),
      (
        "moderm",
        "\"moderm\" at character 1 of the cipher string is no suite and no kind of suites; did you "
          + "mean modern?"
      ),
      (
        "DEFAULTS",
        "\"DEFAULTS\" at character 1 of the cipher string is no suite and no kind of suites; did "
          + "you mean DEFAULT?"
      ),
      (
        "HIGH:DEFAULT",
        "DEFAULT at character 6 of the cipher string has a meaning at its beginning only"
      ),
      (
        "modern:!AES",
        "\"modern\" at character 1 of the cipher string is a preset, which stands alone"
      ),
      ("HIGH:!", "a word is missing at character 7 of the cipher string"),
      ("HIGH:-:AES", "a word is missing at character 7 of the cipher string"),
      ("AES+", "a word is missing at character 5 of the cipher string"),
      ("@:AES", "a word is missing at character 2 of the cipher string"),
      ("\"HIGH\"", "\"\\\"\" at character 1 has no meaning in a cipher string"),
      ("HIGH:[AES|DHE]", "\"[\" at character 6 has no meaning in a cipher string"),
      ("HIGH:é", "\"é\" at character 6 has no meaning in a cipher string"),
      ("HIGH\n", "\"\\u{a}\" at character 5 has no meaning in a cipher string"),
      ("AES!!RC4", "\"!\" at character 5 has no meaning in a cipher string"),
      ("@STRENGTH!RC4", "\"!\" at character 10 has no meaning in a cipher string"),
      (
        "HIGH:@SECLEVEL=6",
        "\"@SECLEVEL=6\" at character 6 of the cipher string is neither @STRENGTH nor @SECLEVEL=0 "
          + "to @SECLEVEL=5"
      ),
      (
        "@strength",
        "\"@strength\" at character 1 of the cipher string is neither @STRENGTH nor @SECLEVEL=0 to "
          + "@SECLEVEL=5"
      ),
      ("", "the cipher string is empty"),
      ("RC4:MD5", "the cipher string \"RC4:MD5\" selects no suite that is spoken here"),
      ("AES:!ALL", "the cipher string \"AES:!ALL\" selects no suite that is spoken here"),
      ("+AES", "the cipher string \"+AES\" selects no suite that is spoken here"),
      ("@SECLEVEL=1", "the cipher string \"@SECLEVEL=1\" selects no suite that is spoken here"),
    ])
  func errors(string: String, sentence: String) {
    let error = #expect(throws: CipherStringError.self) { try CipherSuite.selection(string) }
    #expect(error?.description == sentence)
  }

  @Test("A string is read up to a bound, and all of OpenSSL's suites by name are within it")
  func bound() throws {
    let most = String(repeating: "AES:", count: 4_096)
    #expect(try select(most) == select("AES"))
    #expect(throws: CipherStringError.tooLong(byteCount: 16_385, limit: 16_384)) {
      try CipherSuite.selection(most + ":")
    }
    let word = String(repeating: "A", count: 10_000)
    #expect(throws: CipherStringError.unknownWord(word, position: 1, similar: [])) {
      try CipherSuite.selection(word)
    }
  }
}
