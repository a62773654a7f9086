import TLSCrypto
import TestSupport
import Testing

/// The messages are those of NIST's examples for FIPS 180-4, "SHA1.pdf", and of SHA1ShortMsg.rsp of
/// the CAVP for the empty one; the million of "a" is that of RFC 3174 section 7.3.
@Suite("SHA-1 of identifiers")
struct IdentifierSHA1Tests {
  private static let vectors: [(message: String, digest: String)] = [
    ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
    ),
    (String(repeating: "a", count: 1_000_000), "34aa973cd4c4daa4f61eeb2bdbad27316534016f"),
  ]

  @Test("agrees with the known answers", arguments: vectors)
  func messages(_ message: String, _ digest: String) throws {
    let bytes = Array(message.utf8)
    let found = try Hash.identifierSHA1(of: bytes.rawSpan)
    #expect(found.count == 20)
    #expect(found.description == digest)
  }

  @Test("is no hash function that a signature could name")
  func apart() {
    #expect(HashFunction.allCases.allSatisfy { $0.digestByteCount > 20 })
  }
}
