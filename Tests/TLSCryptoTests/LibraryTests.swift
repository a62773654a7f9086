import Testing

@testable import TLSCrypto

@Suite("The library and its errors")
struct LibraryTests {
  @Test("libgcrypt is there, and new enough")
  func version() throws {
    try Library.initialize()
    let numbers = Library.version.split(separator: ".").prefix(2).compactMap { Int($0) }
    try #require(numbers.count == 2)
    #expect((numbers[0], numbers[1]) >= (1, 10))
  }

  @Test("Randomness comes from the kernel, and not by way of a pool")
  func randomness() {
    #expect(Library.hasSystemRandomness)
  }

  @Test("Errors say what happened in a sentence")
  func descriptions() {
    let descriptions: [(CryptoError, String)] = [
      (
        .libraryTooOld(found: "1.8.0", required: "1.10.0"),
        "libgcrypt 1.8.0 is installed, and at least 1.10.0 is needed"
      ),
      (
        .library(operation: "gcry_md_open", code: 5, message: "no"),
        "libgcrypt failed in gcry_md_open: no (5)"
      ),
      (.authenticationFailed, "the data does not authenticate"),
      (.invalidSignature, "the signature does not verify"),
      (.invalidPublicKey("a"), "a"), (.invalidKey("b"), "b"), (.invalidInput("c"), "c"),
      (.unsupported("d"), "d"),
    ]
    for (error, description) in descriptions { #expect(error.description == description) }
  }

  @Test("An expression that has no room for a key says so, and keeps nothing")
  func expressions() {
    func failure(_ capacity: Int, _ count: Int) -> CryptoError? {
      do throws(CryptoError) {
        _ = try Expression.build(capacity: capacity) {
          $0.list("data", [UInt8].pattern(count).rawSpan)
        }
        return nil
      } catch {
        return error
      }
    }
    // (4:data100:…)
    #expect(failure(112, 100) == nil)
    for capacity in 0..<112 { #expect(failure(capacity, 100)?.kind == .invalidInput) }
    #expect(failure(70_000, 65_000) == nil)
    #expect(failure(70_000, 65_001)?.kind == .invalidInput)
  }
}
