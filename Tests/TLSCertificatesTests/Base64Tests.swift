import Testing

@testable import TLSCertificates

@Suite("Base64 (RFC 4648)")
struct Base64Tests {
  private static let vectors = [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ]

  private static func decode(_ pieces: String...) -> [UInt8]? {
    var decoder = Base64.Decoder()
    for piece in pieces {
      guard decoder.append(Array(piece.utf8)[...]) else { return nil }
    }
    return decoder.finish()
  }

  @Test("RFC 4648's vectors are written as it has them", arguments: vectors)
  func writes(_ plain: String, _ encoded: String) {
    #expect(Base64.encode(Array(plain.utf8)) == Array(encoded.utf8))
  }

  @Test("RFC 4648's vectors are read", arguments: vectors)
  func reads(_ plain: String, _ encoded: String) {
    #expect(Self.decode(encoded) == Array(plain.utf8))
  }

  @Test("every byte value comes back, at every length modulo three")
  func roundTrip() {
    let all = Array(UInt8.min...UInt8.max)
    for count in 250...256 {
      let bytes = Array(all[..<count])
      #expect(Self.decode(String(decoding: Base64.encode(bytes), as: UTF8.self)) == bytes)
    }
  }

  @Test("a group may go on in the next line")
  func pieces() {
    #expect(Self.decode("Z", "m9", "", "vYg", "=", "=") == Array("foob".utf8))
  }

  @Test(
    "what is no base64 is refused",
    arguments: [
      "Zg", "Zg=", "Zg===", "Z", "Z===", "=", "==", "====", "Zm9v=", "Zm9v==", "Zm9v====",
      "Zg==Zg==", "Z=g=", "Zm8=Zm9v", "Zm 8=", "Zm-_", "Zm9\u{0}", "Zm9é", "Zh==", "Zm9=",
    ])
  func refuses(_ text: String) {
    #expect(Self.decode(text) == nil)
  }
}
