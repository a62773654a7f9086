import TLSEngine
import Testing

@testable import tls

/// The command's tables are written apart from the engine's, so that each is a check of the other.
@Suite("Names of numbers")
struct RegisteredNameTests {
  @Test("suites have the names that the engine gives them", arguments: CipherSuite.supported)
  func suites(_ suite: CipherSuite) throws {
    #expect(RegisteredNames.cipherSuites[suite.rawValue] == suite.description)
    let form = try #require(KeyExchangeForm(suite))
    let parameters = try #require(suite.parameters)
    #expect(form.key == (parameters.keyExchange == .ecdhe ? .ellipticCurve : .finiteField))
    #expect(form.hasPreSharedKey == (parameters.authentication == .preSharedKey))
    #expect(form.isSigned == (parameters.authentication != .preSharedKey))
  }

  @Test("schemes and alerts have the names that the engine gives them")
  func others() {
    for scheme in SignatureScheme.supported {
      #expect(RegisteredNames.signatureSchemes[scheme.rawValue] == scheme.description)
    }
    for number in UInt8.min...UInt8.max {
      let name = RegisteredNames.alertDescriptions[number] ?? "alert \(number)"
      #expect(name == AlertDescription(rawValue: number).description)
    }
    for (number, name) in RegisteredNames.versions {
      #expect(name == ProtocolVersion(rawValue: number).description)
    }
  }

  @Test("numbers that mean nothing are those of RFC 8701")
  func grease() {
    let numbers = (UInt16.min...UInt16.max).filter(RegisteredNames.isGREASE)
    #expect(numbers.count == 16)
    #expect(numbers.first == 0x0a0a && numbers.last == 0xfafa)
  }

  @Test("suites that are not spoken have no form, or that of their name")
  func unknown() {
    #expect(KeyExchangeForm(CipherSuite(rawValue: 0x1301)) == nil)
    #expect(KeyExchangeForm(CipherSuite(rawValue: 0x5600)) == nil)
    #expect(KeyExchangeForm(CipherSuite(rawValue: 0x7777)) == nil)
    #expect(KeyExchangeForm(CipherSuite(rawValue: 0x009c))?.key == .rsa)
  }

  @Test("texts are one line of printable ASCII, and no longer than anybody reads")
  func texts() {
    #expect(FieldText.text([0x61, 0x0a, 0x5c, 0xe9, 0x7f]) == #"a\x0a\\\xe9\x7f"#)
    #expect(FieldText.line("é\n\u{202e}x") == #"\u{e9}\u{a}\u{202e}x"#)
    #expect(FieldText.line(String(repeating: "y", count: 500)).count == 403)
  }
}
