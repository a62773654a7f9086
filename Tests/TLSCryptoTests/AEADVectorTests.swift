import TLSCrypto
import TestSupport
import Testing

@Suite("AEAD ciphers, against published vectors")
struct AEADVectorTests {
  private static func records(_ kind: String) throws -> [VectorRecord] {
    try
      (VectorFile("primitives/aes-gcm.txt").records
      + VectorFile("primitives/aes-ccm.txt").records
      + VectorFile("primitives/chacha20-poly1305.txt").records)
      .filter { $0.section.last == kind }
  }

  private func message(_ record: VectorRecord) throws -> AEADMessage {
    AEADMessage(
      algorithm: try record.meaning(ofWord: 0, Word.aead), key: try record.bytes("key"),
      nonce: try record.bytes("iv"), additionalData: try record.bytes("aad"))
  }

  @Test("there are as many vectors as the tests were written for")
  func counts() throws {
    #expect(
      try VectorFile("primitives/aes-gcm.txt").counts == [
        "AES-128-GCM encrypt": 25, "AES-128-GCM decrypt": 25, "AES-128-GCM refuse": 25,
        "AES-256-GCM encrypt": 25, "AES-256-GCM decrypt": 25, "AES-256-GCM refuse": 25,
      ])
    #expect(
      try VectorFile("primitives/aes-ccm.txt").counts == [
        "AES-128-CCM encrypt": 21, "AES-128-CCM refuse": 27, "AES-128-CCM-8 encrypt": 8,
        "AES-256-CCM encrypt": 21, "AES-256-CCM refuse": 27, "AES-256-CCM-8 encrypt": 8,
      ])
    #expect(
      try VectorFile("primitives/chacha20-poly1305.txt").counts == [
        "ChaCha20-Poly1305 encrypt": 1, "ChaCha20-Poly1305 decrypt": 1,
      ])
    #expect(try Self.records("encrypt").count == 109)
    #expect(try Self.records("decrypt").count == 51)
    #expect(try Self.records("refuse").count == 104)
  }

  @Test(
    "seal to the ciphertext and tag given, in place and out of place, and open again",
    arguments: try records("encrypt") + records("decrypt"))
  func sealing(_ record: VectorRecord) throws {
    let message = try message(record)
    let plaintext = try record.bytes("pt")
    let sealed = try record.bytes("ct") + record.bytes("tag")
    #expect(try message.seal(plaintext) == sealed)
    #expect(try message.sealInPlace(plaintext) == sealed)
    #expect(try message.open(sealed) == .init(buffer: plaintext, error: nil))
    #expect(try message.openInPlace(sealed) == .init(buffer: plaintext, error: nil))
  }

  @Test(
    "refuse what does not authenticate, and leave nothing of it",
    arguments: try records("refuse"))
  func refusing(_ record: VectorRecord) throws {
    let message = try message(record)
    let sealed = try record.bytes("ct") + record.bytes("tag")
    let nothing = [UInt8](repeating: 0, count: sealed.count - message.algorithm.tagByteCount)
    let refused = AEADMessage.Outcome(buffer: nothing, error: .authenticationFailed)
    #expect(try message.open(sealed) == refused)
    #expect(try message.openInPlace(sealed) == refused)
  }
}
