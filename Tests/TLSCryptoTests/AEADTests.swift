import TLSCrypto
import TestSupport
import Testing

@Suite("AEAD ciphers")
struct AEADTests {
  private static let lengths = [0, 1, 15, 16, 17, 63, 64, 65, 255, 1350, 16_384]

  @Test(
    "do in place what they do out of place, at every sort of length",
    arguments: AEADAlgorithm.allCases, lengths)
  func inPlace(_ algorithm: AEADAlgorithm, _ length: Int) throws {
    let message = AEADMessage.pattern(algorithm)
    let plaintext = [UInt8].pattern(length)
    let sealed = try message.seal(plaintext)
    #expect(sealed.count == length + algorithm.tagByteCount)
    #expect(try message.sealInPlace(plaintext) == sealed)
    #expect(try message.open(sealed) == .init(buffer: plaintext, error: nil))
    #expect(try message.openInPlace(sealed) == .init(buffer: plaintext, error: nil))
    if length > 0 { #expect(Array(sealed.prefix(length)) != plaintext) }
  }

  @Test("do without additional data", arguments: AEADAlgorithm.allCases)
  func withoutAdditionalData(_ algorithm: AEADAlgorithm) throws {
    var message = AEADMessage.pattern(algorithm)
    message.additionalData = []
    let sealed = try message.seal([])
    #expect(try message.open(sealed).error == nil)
    message.additionalData = [0]
    #expect(try message.open(sealed).error == .authenticationFailed)
  }

  /// Checks that both ways of opening refuse, and leave zeros where the plaintext would be.
  private func expectRefused(
    _ sealed: [UInt8], _ message: AEADMessage,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let nothing = [UInt8](repeating: 0, count: sealed.count - message.algorithm.tagByteCount)
    let refused = AEADMessage.Outcome(buffer: nothing, error: .authenticationFailed)
    #expect(try message.open(sealed) == refused, sourceLocation: location)
    #expect(try message.openInPlace(sealed) == refused, sourceLocation: location)
  }

  @Test(
    "refuse another key, nonce, additional data, ciphertext or tag, and wipe the plaintext",
    arguments: AEADAlgorithm.allCases, [1, 16, 100])
  func tampering(_ algorithm: AEADAlgorithm, _ length: Int) throws {
    let message = AEADMessage.pattern(algorithm)
    let sealed = try message.seal(.pattern(length))
    for bit in 0..<(8 * sealed.count) {
      try expectRefused(sealed.flipping(bit: bit), message)
    }
    for bit in 0..<(8 * message.nonce.count) {
      var other = message
      other.nonce = message.nonce.flipping(bit: bit)
      try expectRefused(sealed, other)
    }
    for bit in 0..<(8 * message.additionalData.count) {
      var other = message
      other.additionalData = message.additionalData.flipping(bit: bit)
      try expectRefused(sealed, other)
    }
    var other = message
    other.additionalData.removeLast()
    try expectRefused(sealed, other)
    other.additionalData = message.additionalData + [0]
    try expectRefused(sealed, other)
    other = message
    other.key = message.key.flipping(bit: 8 * message.key.count - 1)
    try expectRefused(sealed, other)
    try expectRefused(Array(sealed.dropFirst()), message)
    try expectRefused([0] + sealed, message)
  }

  @Test("refuse an empty message whose tag is wrong", arguments: AEADAlgorithm.allCases)
  func emptyMessage(_ algorithm: AEADAlgorithm) throws {
    let message = AEADMessage.pattern(algorithm)
    let sealed = try message.seal([])
    for bit in 0..<(8 * sealed.count) {
      try expectRefused(sealed.flipping(bit: bit), message)
    }
    try expectRefused([UInt8](repeating: 0, count: algorithm.tagByteCount), message)
  }

  @Test(
    "work on with the next message after one that was refused", arguments: AEADAlgorithm.allCases)
  func afterFailure(_ algorithm: AEADAlgorithm) throws {
    let message = AEADMessage.pattern(algorithm)
    let sealed = try message.seal(.pattern(50))
    var key = try AEADKey(algorithm, key: message.key.rawSpan)
    for attempt in 0..<3 {
      let refused = message.openInPlace(sealed.flipping(bit: attempt), with: &key)
      #expect(refused.error == .authenticationFailed)
      let opened = message.openInPlace(sealed, with: &key)
      #expect(opened.error == nil)
      #expect(Array(opened.buffer.prefix(50)) == .pattern(50))
    }
  }

  @Test(
    "seal many messages under one key, each as a key of its own would",
    arguments: AEADAlgorithm.allCases)
  func manyMessages(_ algorithm: AEADAlgorithm) throws {
    var message = AEADMessage.pattern(algorithm)
    var key = try AEADKey(algorithm, key: message.key.rawSpan)
    for number in UInt8(0)..<20 {
      message.nonce[11] = number
      message.additionalData = .pattern(Int(number))
      let plaintext = [UInt8].pattern(Int(number) * 9)
      let buffer = plaintext + [UInt8](repeating: 0, count: algorithm.tagByteCount)
      let outcome = message.sealInPlace(buffer, with: &key)
      #expect(try outcome == .init(buffer: message.seal(plaintext), error: nil))
    }
  }

  @Test("take keys of their own length only", arguments: AEADAlgorithm.allCases)
  func keyLengths(_ algorithm: AEADAlgorithm) {
    for count in [0, 1, 15, 16, 17, 24, 31, 32, 33, 64] where count != algorithm.keyByteCount {
      #expect(
        throws: CryptoError.invalidInput(
          "a key of \(algorithm) has \(algorithm.keyByteCount) bytes, not \(count)")
      ) { _ = try AEADKey(algorithm, key: [UInt8].pattern(count).rawSpan) }
    }
  }

  @Test("refuse buffers whose lengths do not fit", arguments: AEADAlgorithm.allCases)
  func bufferLengths(_ algorithm: AEADAlgorithm) throws {
    let message = AEADMessage.pattern(algorithm)
    var key = try AEADKey(algorithm, key: message.key.rawSpan)
    for count in [0, 1, algorithm.tagByteCount - 1] {
      let short = [UInt8](repeating: 0xee, count: count)
      #expect(message.sealInPlace(short, with: &key).isRefusedUntouched)
      #expect(message.openInPlace(short, with: &key).isRefusedUntouched)
    }
    for (long, short) in [(25, 10), (27, 10), (10, 10), (0, 0), (15, 0), (17, 0), (0, 16)] {
      let sealing = message.seal(.pattern(short), intoBufferOf: long, with: &key)
      #expect(sealing.isRefusedUntouched, "\(short) bytes into \(long)")
      let opening = message.open(.pattern(long), intoBufferOf: short, with: &key)
      #expect(opening.isRefusedUntouched, "\(long) bytes into \(short)")
    }
  }
}
