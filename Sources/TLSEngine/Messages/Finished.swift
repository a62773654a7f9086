import TLSCrypto

/// The proof that both sides saw the same handshake (RFC 5246 section 7.4.9).
struct Finished: DecodableHandshakeBody {
  static let type = HandshakeType.finished

  /// The length of `verify_data` for every suite that the engine speaks.
  static let verifyDataByteCount = 12

  let verifyData: [UInt8]

  init(verifyData: [UInt8]) {
    self.verifyData = verifyData
  }

  init(decoding reader: inout Reader) throws(TLSError) {
    verifyData = [UInt8](try reader.readBytes(Self.verifyDataByteCount, "verify_data"))
  }

  func encode(into writer: inout Writer) {
    writer.write(verifyData)
  }

  /// Refuses a Finished that is not the one expected (RFC 5246 section 7.4.9: `decrypt_error`).
  func check(against expected: Finished) throws(TLSError) {
    guard ConstantTime.areEqual(verifyData.rawSpan, expected.verifyData.rawSpan) else {
      throw TLSError(.decryptError, .badFinished)
    }
  }
}
