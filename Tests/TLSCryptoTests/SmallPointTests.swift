import TestSupport
import Testing

@testable import TLSCrypto

@Suite("Points with a tiny coordinate")
struct SmallPointTests {
  @Test("there are as many vectors as the tests were written for")
  func counts() throws {
    #expect(
      try VectorFile("primitives/small-points.txt").counts == ["P-256": 3, "P-384": 3, "P-521": 3])
  }

  private func point(_ record: VectorRecord) throws -> [UInt8] {
    try [4] + record.bytes("x") + record.bytes("y")
  }

  @Test(
    "agree with others' keys like any point",
    arguments: try VectorFile("primitives/small-points.txt").records.filter {
      Word.group[$0.section.first ?? ""] != nil
    })
  func agreement(_ record: VectorRecord) throws {
    let group = try record.meaning(ofWord: 0, Word.group)
    var source = FixedRandomSource(try record.bytes("d"))
    let side = try exchange(group, &source, with: try point(record))
    #expect(try side.secret == record.bytes("z"))
  }

  @Test(
    "are public keys like any, of which small numbers are no signature",
    arguments: try VectorFile("primitives/small-points.txt").records)
  func verification(_ record: VectorRecord) throws {
    let curve = try record.meaning(ofWord: 0, Word.curve)
    let encoded = try point(record)
    let key = try PublicKey.ecdsa(curve, point: encoded.rawSpan)
    let order = try curve.order()
    let largest = order.dropLast() + [(order.last ?? 1) - 1]
    for r in [[1], [2], [0xff], Array(largest)] {
      for s in [[1], [2], [1, 0, 0, 0, 0, 0, 0, 0, 0], Array(largest)] {
        for hash in HashFunction.allCases {
          let signature = DER.signature(r, s)
          #expect(
            verificationFailure(signature, of: [], key, .ecdsa(hash)) == .invalidSignature)
        }
      }
    }
  }
}
