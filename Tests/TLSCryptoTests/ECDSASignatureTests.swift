import TestSupport
import Testing

@testable import TLSCrypto

@Suite("The form of ECDSA signatures")
struct ECDSASignatureTests {
  private let key: PrivateKey
  private let message = [UInt8].pattern(64)
  private let r: [UInt8]
  private let s: [UInt8]

  init() throws {
    // The RFC's key and message make neither number's top byte special; the tests below do.
    key = try generatedKey(.ecdsa(.secp256r1), seed: 7)
    let signature = try sign(message, key, .ecdsa(.sha256))
    (r, s) = try ECDSASignature.decode(signature.rawSpan, .secp256r1)
  }

  private func failure(_ signature: [UInt8]) -> CryptoError? {
    verificationFailure(signature, of: message, key.publicKey, .ecdsa(.sha256))
  }

  private func integer(_ content: [UInt8]) -> [UInt8] { DER.element(2, content) }

  private func sequence(_ content: [UInt8]) -> [UInt8] { DER.element(0x30, content) }

  @Test("is DER")
  func isDER() throws {
    #expect(try sign(message, key, .ecdsa(.sha256)) == DER.signature(r, s))
    #expect(failure(DER.signature(r, s)) == nil)
  }

  @Test("is written with as few bytes as DER wants, and with a zero before a top bit")
  func encoding() {
    let zero: [UInt8] = [0, 0]
    #expect(ECDSASignature.encode(r: [0, 1], s: [0x80]) == [0x30, 7, 2, 1, 1, 2, 2, 0, 0x80])
    #expect(
      ECDSASignature.encode(r: [0x7f], s: [0, 0x80]) == [0x30, 7, 2, 1, 0x7f, 2, 2, 0, 0x80])
    #expect(ECDSASignature.encode(r: zero, s: zero) == [0x30, 6, 2, 1, 0, 2, 1, 0])
    let wide = [UInt8](repeating: 0xff, count: 66)
    #expect(ECDSASignature.encode(r: wide, s: wide) == DER.signature(wide, wide))
    #expect(ECDSASignature.encode(r: wide, s: wide).prefix(3) == [0x30, 0x81, 138])
  }

  @Test("is read at every width of the numbers", arguments: EllipticCurve.allCases)
  func widths(_ curve: EllipticCurve) throws {
    let width = curve.orderByteCount
    for count in 1..<width {
      for top: UInt8 in [1, 0x7f, 0x80, 0xff] {
        let number = [top] + [UInt8](repeating: 0xa5, count: count - 1)
        let padded = [UInt8](repeating: 0, count: width - count) + number
        let (r, s) = try ECDSASignature.decode(DER.signature(number, [1]).rawSpan, curve)
        #expect(r == padded)
        #expect(s == [UInt8](repeating: 0, count: width - 1) + [1])
      }
    }
  }

  @Test("refuses lengths in another form than the shortest")
  func lengths() {
    let (r, s) = (DER.integer(r), DER.integer(s))
    let content = r + s
    let count = UInt8(content.count)
    for wrong in [
      [0x30, 0x81, count] + content,
      [0x30, 0x82, 0, count] + content,
      [0x30, 0x84, 0, 0, 0, count] + content,
      [0x30, 0x80] + content + [0, 0],
      [0x30, 0xff, count] + content,
      sequence([2, 0x81] + r.dropFirst() + s),
      sequence(r + [2, 0x81] + s.dropFirst()),
      sequence([2, 0x80] + r.dropFirst(2) + [0, 0] + s),
      sequence([2, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff] + r.dropFirst(2) + s),
    ] {
      #expect(failure(wrong) == .invalidSignature, "\(wrong.hexadecimal)")
    }
  }

  @Test("refuses the long form for P-521 where the short one would do")
  func longForm() throws {
    let key = try generatedKey(.ecdsa(.secp521r1), seed: 7)
    let signature = try sign(message, key, .ecdsa(.sha512))
    #expect(signature.prefix(2) == [0x30, 0x81])
    func failure(_ signature: [UInt8]) -> CryptoError? {
      verificationFailure(signature, of: message, key.publicKey, .ecdsa(.sha512))
    }
    #expect(failure(signature) == nil)
    #expect(failure([0x30, 0x82, 0] + signature.dropFirst(2)) == .invalidSignature)
    let small = DER.integer([1]) + DER.integer([1])
    #expect(failure([0x30, 0x81, UInt8(small.count)] + small) == .invalidSignature)
  }

  @Test("refuses negative numbers, needless zeros, and numbers without digits")
  func numbers() {
    let (r, s) = (DER.integer(r), DER.integer(s))
    let (rDigits, sDigits) = (Array(r.dropFirst(2)), Array(s.dropFirst(2)))
    for wrong in [
      sequence(integer([0] + rDigits) + s),
      sequence(r + integer([0] + sDigits)),
      sequence(integer([0, 0] + rDigits) + s),
      sequence(integer([0x80] + rDigits.dropFirst()) + s),
      sequence(r + integer([0x80] + sDigits.dropFirst())),
      sequence(integer([0xff] + rDigits) + s),
      sequence(r + integer([0xff])),
      sequence(integer([]) + s),
      sequence(r + integer([])),
      sequence(integer([]) + integer([])),
    ] {
      #expect(failure(wrong) == .invalidSignature, "\(wrong.hexadecimal)")
    }
  }

  @Test("refuses what is too much, too little, or of another type")
  func structure() {
    let (r, s) = (DER.integer(r), DER.integer(s))
    let good = sequence(r + s)
    for wrong in [
      good + [0], good + good, [0] + good, sequence(r + s + [0]), sequence(r + s + [5, 0]),
      sequence(r + s + integer([1])), sequence(r), sequence([]), [], [0x30], r + s,
      sequence(sequence(r + s)), DER.element(0x31, r + s), DER.element(0x10, r + s),
      sequence([0x82] + r.dropFirst() + s), sequence([3] + r.dropFirst() + s),
      sequence(r + [4] + s.dropFirst()), sequence([5, 0] + r + s),
      // Both numbers as they are, without DER (IEEE P1363).
      self.r + self.s,
    ] {
      #expect(failure(wrong) == .invalidSignature, "\(wrong.hexadecimal)")
    }
  }

  @Test("refuses numbers that are zero, the order, or more", arguments: EllipticCurve.allCases)
  func range(_ curve: EllipticCurve) throws {
    let key = try generatedKey(.ecdsa(curve), seed: 7)
    let signature = try sign(message, key, .ecdsa(.sha256))
    let (r, s) = try ECDSASignature.decode(signature.rawSpan, curve)
    let width = curve.orderByteCount
    let orderBytes = try curve.order()
    var above = orderBytes
    above[width - 1] += 1
    let most = [UInt8](repeating: 0xff, count: width)
    let longer = [1] + orderBytes
    // The same numbers plus the order: the equation holds for these too.
    let sums = [plus(r, orderBytes), plus(s, orderBytes)]
    for number in [[0], orderBytes, above, most, longer, [UInt8](repeating: 0xff, count: 100)]
      + sums
    {
      for wrong in [DER.signature(number, s), DER.signature(r, number)] {
        #expect(
          verificationFailure(wrong, of: message, key.publicKey, .ecdsa(.sha256))
            == .invalidSignature)
      }
    }
    #expect(verificationFailure(signature, of: message, key.publicKey, .ecdsa(.sha256)) == nil)
  }

  /// The sum of two numbers of one width, in one byte more.
  private func plus(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
    var sum: [UInt8] = []
    var carry = 0
    for (x, y) in zip(a, b).reversed() {
      let digit = Int(x) + Int(y) + carry
      sum.append(UInt8(digit & 0xff))
      carry = digit >> 8
    }
    return [UInt8(carry)] + sum.reversed()
  }

  @Test("refuses every truncation, and every flip of a bit")
  func damage() {
    let good = DER.signature(r, s)
    for count in 0..<good.count {
      #expect(failure(Array(good.prefix(count))) == .invalidSignature, "\(count) bytes")
    }
    for bit in 0..<(8 * good.count) {
      #expect(failure(good.flipping(bit: bit)) == .invalidSignature, "bit \(bit)")
    }
  }

  @Test("reads every prefix of nonsense without harm", arguments: EllipticCurve.allCases)
  func nonsense(_ curve: EllipticCurve) {
    var random = DeterministicRandomSource(seed: Array("nonsense".utf8))
    for _ in 0..<2000 {
      let count = Int(random.bytes(1)[0])
      var bytes = random.bytes(count)
      // Many begin as a signature would, so that more than the first byte is looked at.
      if count > 4, bytes[4] < 0x80 {
        bytes.replaceSubrange(0..<4, with: [0x30, bytes[1], 2, bytes[3]])
      }
      #expect(throws: CryptoError.invalidSignature) {
        try ECDSASignature.decode(bytes.rawSpan, curve)
      }
    }
  }
}
