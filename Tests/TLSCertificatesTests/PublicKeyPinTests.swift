import Foundation
import TLSCrypto
import TestSupport
import Testing

@testable import TLSCertificates

@Suite("Pins of public keys (RFC 7469)")
struct PublicKeyPinTests {
  /// What OpenSSL says that the SHA-256 of the key's encoding is.
  private static func openSSLPin(_ pem: String) throws -> [UInt8] {
    let directory = try TemporaryDirectory()
    let certificate = try directory.write("certificate.pem", pem)
    let (key, der) = ("\(directory.path)/key.pem", "\(directory.path)/key.der")
    for arguments in [
      ["x509", "-in", certificate, "-noout", "-pubkey", "-out", key],
      ["pkey", "-pubin", "-in", key, "-outform", "DER", "-out", der],
    ] { #expect(try OpenSSL.run(arguments).status == 0) }
    let output = try OpenSSL.run(["dgst", "-sha256", "-r", der]).output
    return try hex(String(output.prefix(64)))
  }

  @Test(
    "a certificate's pin is what OpenSSL computes",
    arguments: [
      OpenSSLChain.root, OpenSSLChain.issuing, OpenSSLChain.leafP256, OpenSSLOddities.selfP384,
    ])
  func openSSL(_ pem: String) throws {
    let certificate = try Certificate(fixture: pem)
    let pin = try PublicKeyPin(of: certificate)
    #expect(pin.bytes == (try Self.openSSLPin(pem)))
    #expect(pin == (try PublicKeyPin(of: certificate.publicKey)))
  }

  @Test("keys of every kind have the pin of their encoding in a certificate")
  func kinds() throws {
    for kind in [
      PrivateKey.Generation.ecdsa(.secp256r1), .ecdsa(.secp384r1), .ecdsa(.secp521r1), .ed25519,
    ] {
      let party = try Party.root("Root", key: Party.key("pin", kind))
      #expect(
        try PublicKeyPin(of: party.certificate) == PublicKeyPin(of: party.key.publicKey))
    }
  }

  /// RFC 7469 section 2.1.5's example, and the bytes that it stands for.
  private static let base64 = "d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM="
  private static let digits = "77aab346ef7338409bf7451ecf6ef15a5b4db23d1ed4c77b1a4618915a195a63"

  @Test("it is read in the forms that people write, and shown in one of them")
  func forms() throws {
    let bytes = try hex(Self.digits)
    let pairs = stride(from: 0, to: 64, by: 2).map {
      String(Array(Self.digits.uppercased())[$0..<$0 + 2])
    }
    for text in [
      Self.base64, "sha256/" + Self.base64, "sha256//" + Self.base64,
      "pin-sha256=\"\(Self.base64)\"", Self.digits, Self.digits.uppercased(),
      pairs.joined(separator: ":"),
    ] {
      let pin = try PublicKeyPin(text)
      #expect(pin.bytes == bytes, "\(text)")
      #expect(pin.description == "sha256/" + Self.base64)
    }
  }

  @Test("base64 that begins with a slash is read with one slash before it and with two")
  func slash() throws {
    let bytes = [0xfc] + [UInt8](repeating: 0, count: 31)
    let base64 = String(decoding: Base64.encode(bytes), as: UTF8.self)
    #expect(base64.hasPrefix("/"))
    for text in [base64, "sha256/" + base64, "sha256//" + base64] {
      #expect(try PublicKeyPin(text).bytes == bytes)
    }
  }

  @Test("what is no pin is refused, and shown")
  func refuses() throws {
    let (base64, digits) = (Self.base64, Self.digits)
    for text in [
      "", "sha256/", "sha1/" + base64, "sha256/" + base64.dropLast(), base64 + "=",
      "sha256/Zm9v", String(digits.dropLast()), digits + "00", digits.dropLast() + "g",
      "pin-sha256=\"" + base64, " " + base64, base64 + "\n", digits + ":",
      String(repeating: "A", count: 10_000),
    ] {
      let error = #expect(throws: PublicKeyPinError.self) { try PublicKeyPin(text) }
      #expect(error?.text == text)
      #expect(error?.description.contains("is no pin: give the SHA-256") == true)
    }
  }
}
