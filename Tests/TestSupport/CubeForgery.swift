/// An RSA key with the exponent 3 and a "signature" under it that stands for any encoded message:
/// the modulus is the cube of the signature less the message, so that the cube is the message modulo
/// the modulus. Nobody can tell such a key from an honest one, and its owner needs no private key.
package struct CubeForgery {
  /// Big-endian, of 2049 bits.
  package let modulus: [UInt8]

  /// As long as the modulus.
  package let signature: [UInt8]

  /// - Parameter message: ``byteCount`` bytes, the first of them zero.
  package init(of message: [UInt8]) {
    // The modulus must be odd.
    let isOdd = message.last.map { $0 & 1 == 1 } ?? false
    var root = [UInt32](repeating: 0, count: 22)
    root[21] = 1 << 11
    root[0] = isOdd ? 0x0102_0304 : 0x0102_0305
    let cube = Self.product(Self.product(root, root), root)
    let limbs = Self.difference(cube, Self.limbs(message))
    modulus = Array(Self.bytes(limbs).drop { $0 == 0 })
    let digits = Array(Self.bytes(root).drop { $0 == 0 })
    signature = [UInt8](repeating: 0, count: modulus.count - digits.count) + digits
  }

  /// The length of a modulus, and of a message.
  package static let byteCount = 257

  // MARK: Arithmetic, of limbs of 32 bits, the least first

  private static func limbs(_ bytes: [UInt8]) -> [UInt32] {
    var limbs = [UInt32](repeating: 0, count: (bytes.count + 3) / 4)
    for (place, byte) in bytes.reversed().enumerated() {
      limbs[place / 4] |= UInt32(byte) << UInt32(8 * (place % 4))
    }
    return limbs
  }

  private static func bytes(_ limbs: [UInt32]) -> [UInt8] {
    limbs.reversed().flatMap { limb in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: limb >> UInt32($0)) }
    }
  }

  private static func product(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    var result = [UInt32](repeating: 0, count: a.count + b.count)
    for i in a.indices {
      var carry: UInt64 = 0
      for j in b.indices {
        let sum = UInt64(a[i]) * UInt64(b[j]) + UInt64(result[i + j]) + carry
        result[i + j] = UInt32(truncatingIfNeeded: sum)
        carry = sum >> 32
      }
      result[i + b.count] = UInt32(truncatingIfNeeded: carry)
    }
    return result
  }

  private static func difference(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    var result = a
    var borrow: Int64 = 0
    for i in a.indices {
      let rest = Int64(a[i]) - (i < b.count ? Int64(b[i]) : 0) - borrow
      result[i] = UInt32(truncatingIfNeeded: rest)
      borrow = rest < 0 ? 1 : 0
    }
    return result
  }
}

/// An encoded message of PKCS #1 v1.5 with SHA-256 (RFC 8017 section 9.2), right or not quite.
package enum EncodedMessage {
  /// What is wrong with it.
  package enum Form: String, CaseIterable, Sendable {
    case right
    /// Bleichenbacher 2006: little padding, and whatever a cube root needs behind the digest.
    case garbageBehind = "garbage behind the digest"
    /// BERserk: the garbage hides in a length of many bytes.
    case garbageInLength = "garbage in a BER length"
    /// Kühn and others 2008: the garbage hides where NULL should be.
    case garbageInParameters = "garbage in the parameters"
    case lengthOfTwoBytes = "a BER length that is not the shortest"
    case noParameters = "no NULL"
    case longNull = "a NULL with a BER length"
    case otherHash = "another hash's identifier"
    case noIdentifier = "the bare digest"
    case shortPadding = "padding cut short, the rest zero"
    case otherType = "block type 2"
    case zeroPadding = "block type 0"
    case wrongPaddingByte = "a byte of the padding that is not 0xff"
    case noSeparator = "no zero behind the padding"
    case digestCut = "a digest that is cut"

    /// All but the right one.
    package static let wrong = allCases.filter { $0 != .right }
  }
}

extension EncodedMessage.Form {
  private static let sha256: [UInt8] = [
    0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
  ]
  private static let null: [UInt8] = [5, 0]

  private static func info(_ algorithm: [UInt8], _ digest: [UInt8]) -> [UInt8] {
    let fields =
      [0x30, UInt8(algorithm.count)] + algorithm + [0x04, UInt8(digest.count)] + digest
    return [0x30, UInt8(fields.count)] + fields
  }

  private static func padded(_ info: [UInt8], type: UInt8 = 1, with byte: UInt8 = 0xff) -> [UInt8] {
    let padding = [UInt8](repeating: byte, count: CubeForgery.byteCount - 3 - info.count)
    return [0, type] + padding + [0] + info
  }

  /// The message, of ``CubeForgery/byteCount`` bytes.
  package func encoded(_ digest: [UInt8]) -> [UInt8] {
    let right = Self.info(Self.sha256 + Self.null, digest)
    let rest = CubeForgery.byteCount - 2 - 8 - 1
    let short: [UInt8] = [0, 1] + [UInt8](repeating: 0xff, count: 8) + [0]
    func garbage(_ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 | 1) }
    }
    switch self {
    case .right: return Self.padded(right)
    case .garbageBehind: return short + right + garbage(rest - right.count)
    case .garbageInLength:
      // 0x80 + n, n bytes of which an unwary parser keeps the last four, and the same fields.
      let count = rest - right.count
      let length = garbage(count - 4) + [0, 0, 0, right[1]]
      return short + [0x30, 0x80 | UInt8(truncatingIfNeeded: count)] + length + right.dropFirst(2)
    case .garbageInParameters:
      return Self.padded(Self.info(Self.sha256 + [4, 70] + garbage(70), digest))
    case .lengthOfTwoBytes: return Self.padded([0x30, 0x81] + right.dropFirst())
    case .noParameters: return Self.padded(Self.info(Self.sha256, digest))
    case .longNull: return Self.padded(Self.info(Self.sha256 + [5, 0x81, 0], digest))
    case .otherHash:
      return Self.padded(Self.info(Self.sha256.dropLast() + [2] + Self.null, digest))
    case .noIdentifier: return Self.padded(digest)
    case .shortPadding:
      return [0, 1] + [UInt8](repeating: 0xff, count: 8)
        + [UInt8](repeating: 0, count: rest + 1 - right.count) + right
    case .otherType: return Self.padded(right, type: 2)
    case .zeroPadding: return Self.padded(right, type: 0, with: 0)
    case .wrongPaddingByte:
      var message = Self.padded(right)
      message[100] = 0xfe
      return message
    case .noSeparator:
      var message = Self.padded(right)
      message[CubeForgery.byteCount - right.count - 1] = 0xff
      return message
    case .digestCut:
      return Self.padded(Self.info(Self.sha256 + Self.null, Array(digest.dropLast())))
    }
  }
}
