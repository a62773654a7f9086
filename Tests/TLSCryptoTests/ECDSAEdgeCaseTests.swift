import TestSupport
import Testing

@testable import TLSCrypto

@Suite("ECDSA on unusual points")
struct ECDSAEdgeCaseTests {
  @Test("there are as many vectors as the tests were written for")
  func counts() throws {
    #expect(
      try VectorFile("primitives/ecdsa-edge-cases.txt").counts == [
        "P-256 valid": 27, "P-256 invalid": 9, "P-384 valid": 27, "P-384 invalid": 9,
        "P-521 valid": 25, "P-521 invalid": 9,
      ])
  }

  @Test(
    "takes what the equations take, and refuses what they refuse",
    arguments: try VectorFile("primitives/ecdsa-edge-cases.txt").records)
  func verification(_ record: VectorRecord) throws {
    let curve = try record.meaning(ofWord: 0, Word.curve)
    let isValid = try record.meaning(ofWord: 1, Word.validity)
    let point = try [4] + record.bytes("qx") + record.bytes("qy")
    let key = try PublicKey.ecdsa(curve, point: point.rawSpan)
    #expect(key.point == point)
    let signature = try ECDSASignature.encode(r: record.bytes("r"), s: record.bytes("s"))
    let digest = try digest(record.bytes("digest"))
    var failure: CryptoError?
    do throws(CryptoError) {
      try ECDSASignature.verify(signature.rawSpan, of: digest, curve, point: point.rawSpan)
    } catch {
      failure = error
    }
    #expect(failure == (isValid ? nil : .invalidSignature))
  }

  @Test(
    "signs digests of zero, of the order and beyond it, and verifies that",
    arguments: EllipticCurve.allCases)
  func digests(_ curve: EllipticCurve) throws {
    let count = min(64, curve.orderByteCount)
    var digests = [[UInt8](repeating: 0, count: count), [UInt8](repeating: 0xff, count: count)]
    // A digest is shorter than the order of P-521.
    if curve != .secp521r1 { digests.append(try curve.order()) }
    var signatures: [[UInt8]] = []
    for bytes in digests {
      let digest = digest(bytes)
      for last: UInt8 in [1, 2, 77] {
        let scalar = [UInt8](repeating: 0, count: curve.orderByteCount - 1) + [last]
        let key = try ECDSAPrivateKey(curve, scalar: scalar.rawSpan)
        let point = try curve.publicPoint(of: scalar.rawSpan)
        let signature = try key.sign(digest, .sha256)
        #expect(throws: Never.self) {
          try ECDSASignature.verify(signature.rawSpan, of: digest, curve, point: point.rawSpan)
        }
        let spoilt = signature.dropLast() + [(signature.last ?? 0) ^ 1]
        #expect(throws: CryptoError.invalidSignature) {
          try ECDSASignature.verify(
            Array(spoilt).rawSpan, of: digest, curve, point: point.rawSpan)
        }
        signatures.append(signature)
      }
    }
    // RFC 6979 section 3.2 takes the digest modulo the order: zero and the order are the same.
    if digests.count == 3 { #expect(signatures.prefix(3) == signatures.suffix(3)) }
  }

  private func digest(_ bytes: [UInt8]) -> Digest {
    Digest(count: bytes.count) { output in
      for (offset, byte) in bytes.enumerated() { output[byte: offset] = byte }
    }
  }
}
