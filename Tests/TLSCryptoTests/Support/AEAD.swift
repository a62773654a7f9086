import TLSCrypto

/// One message under one key, in each of the ways that the interface offers.
struct AEADMessage: Sendable {
  var algorithm: AEADAlgorithm
  var key: [UInt8]
  var nonce: [UInt8]
  var additionalData: [UInt8]

  /// A key, a nonce and additional data that follow a pattern.
  static func pattern(_ algorithm: AEADAlgorithm) -> AEADMessage {
    AEADMessage(
      algorithm: algorithm, key: .pattern(algorithm.keyByteCount),
      nonce: .pattern(AEADAlgorithm.nonceByteCount), additionalData: .pattern(13))
  }

  /// What an operation came to: the error, if any, and what the buffer it wrote to holds then.
  struct Outcome: Equatable {
    var buffer: [UInt8]
    var error: CryptoError?

    /// Whether it was refused as the caller's mistake, with the buffer still full of `ee`.
    var isRefusedUntouched: Bool {
      error?.kind == .invalidInput && buffer.allSatisfy { $0 == 0xee }
    }
  }

  /// Ciphertext and tag, sealed from one buffer into another.
  func seal(_ plaintext: [UInt8]) throws -> [UInt8] {
    var key = try AEADKey(algorithm, key: key.rawSpan)
    let outcome = seal(
      plaintext, intoBufferOf: plaintext.count + algorithm.tagByteCount, with: &key)
    if let error = outcome.error { throw error }
    return outcome.buffer
  }

  /// Ciphertext and tag, sealed in place.
  func sealInPlace(_ plaintext: [UInt8]) throws -> [UInt8] {
    var key = try AEADKey(algorithm, key: key.rawSpan)
    let outcome = sealInPlace(
      plaintext + [UInt8](repeating: 0xee, count: algorithm.tagByteCount), with: &key)
    if let error = outcome.error { throw error }
    return outcome.buffer
  }

  /// What opening from one buffer into another comes to.
  func open(_ record: [UInt8]) throws -> Outcome {
    var key = try AEADKey(algorithm, key: key.rawSpan)
    return open(
      record, intoBufferOf: record.count - algorithm.tagByteCount, with: &key)
  }

  /// What opening in place comes to; the buffer is the plaintext alone.
  func openInPlace(_ record: [UInt8]) throws -> Outcome {
    var key = try AEADKey(algorithm, key: key.rawSpan)
    var outcome = openInPlace(record, with: &key)
    outcome.buffer.removeLast(algorithm.tagByteCount)
    return outcome
  }
}

/// The same with a key that lives on, and with buffers of any length.
extension AEADMessage {
  private var inlineNonce: AEADKey.Nonce { AEADKey.Nonce { nonce[$0] } }

  func seal(
    _ plaintext: [UInt8], intoBufferOf count: Int, with key: inout AEADKey
  ) -> Outcome {
    var record = [UInt8](repeating: 0xee, count: count)
    var span = record.mutableRawSpan
    do throws(CryptoError) {
      try key.seal(
        plaintext.rawSpan, into: &span, nonce: inlineNonce,
        authenticating: additionalData.rawSpan)
    } catch {
      return Outcome(buffer: record, error: error)
    }
    return Outcome(buffer: record, error: nil)
  }

  func sealInPlace(_ buffer: [UInt8], with key: inout AEADKey) -> Outcome {
    var record = buffer
    var span = record.mutableRawSpan
    do throws(CryptoError) {
      try key.seal(inPlace: &span, nonce: inlineNonce, authenticating: additionalData.rawSpan)
    } catch {
      return Outcome(buffer: record, error: error)
    }
    return Outcome(buffer: record, error: nil)
  }

  func open(_ record: [UInt8], intoBufferOf count: Int, with key: inout AEADKey) -> Outcome {
    var plaintext = [UInt8](repeating: 0xee, count: count)
    var span = plaintext.mutableRawSpan
    do throws(CryptoError) {
      try key.open(
        record.rawSpan, into: &span, nonce: inlineNonce,
        authenticating: additionalData.rawSpan)
    } catch {
      return Outcome(buffer: plaintext, error: error)
    }
    return Outcome(buffer: plaintext, error: nil)
  }

  func openInPlace(_ buffer: [UInt8], with key: inout AEADKey) -> Outcome {
    var record = buffer
    var span = record.mutableRawSpan
    do throws(CryptoError) {
      try key.open(inPlace: &span, nonce: inlineNonce, authenticating: additionalData.rawSpan)
    } catch {
      return Outcome(buffer: record, error: error)
    }
    return Outcome(buffer: record, error: nil)
  }
}
