import TestSupport
import Testing

@testable import TLSCrypto

@Suite("Finite-field groups")
struct FiniteFieldGroupTests {
  @Test("there is a vector for each group")
  func counts() throws {
    let names = FiniteFieldGroup.allCases.map(\.description)
    #expect(names.count == 10)
    #expect(
      try VectorFile("primitives/ffdh-groups.txt").counts
        == Dictionary(uniqueKeysWithValues: names.map { ($0, 1) }))
  }

  @Test(
    "have the numbers that their RFCs print",
    arguments: try VectorFile("primitives/ffdh-groups.txt").records)
  func numbers(_ record: VectorRecord) throws {
    let group = try record.meaning(ofWord: 0, Word.finiteField)
    #expect(try group.prime == record.bytes("p"))
    #expect(try group.generator == record.bytes("g"))
    #expect(group.prime.count == group.publicKeyByteCount)
    #expect(group.bitCount == 8 * group.publicKeyByteCount)
  }

  /// Whether `candidate`, which is 3 modulo 4, passes the test of Miller and Rabin with this base.
  private func isProbablePrime(_ candidate: [UInt8], base: UInt8) throws -> Bool {
    let modulus = try Integer.from(candidate.rawSpan)
    let base = try Integer.from([base].rawSpan)
    // Of the number less one, half is odd: one power says it all, if it is one or minus one.
    let power = base.raised(to: try .from(candidate.halved.rawSpan), modulo: modulus)
    let one = try Integer.from([UInt8]([1]).rawSpan)
    return power.isEqual(to: one) || power.isEqual(to: modulus.predecessor())
  }

  @Test(
    "have a safe prime, half of whose numbers are powers of 2", arguments: FiniteFieldGroup.allCases
  )
  func safe(_ group: FiniteFieldGroup) throws {
    let (prime, half) = (group.prime, group.prime.halved)
    #expect((prime.last ?? 0) & 7 == 7)
    #expect(try isProbablePrime(prime, base: 3))
    #expect(try isProbablePrime(half, base: 2))
    #expect(try isProbablePrime(half, base: 3))
    let modulus = try Integer.from(prime.rawSpan)
    let two = try Integer.from(group.generator.rawSpan)
    let power = two.raised(to: try .from(half.rawSpan), modulo: modulus)
    #expect(power.isEqual(to: try .from([UInt8]([1]).rawSpan)))
  }

  @Test("the test for primes knows composites from primes")
  func compositesFail() throws {
    // 2047 is the least that passes with base 2; 1_000_003 is prime and 3 modulo 4.
    #expect(try isProbablePrime([0x07, 0xff], base: 2))
    #expect(try !isProbablePrime([0x07, 0xff], base: 3))
    #expect(try isProbablePrime([0x0f, 0x42, 0x43], base: 2))
    #expect(try !isProbablePrime([0x0f, 0x42, 0x47], base: 2))
    var prime = FiniteFieldGroup.ffdhe2048.prime
    prime[100] ^= 1
    #expect(try !isProbablePrime(prime, base: 2))
  }

  @Test("are known by their numbers", arguments: FiniteFieldGroup.allCases)
  func recognised(_ group: FiniteFieldGroup) {
    let (prime, generator) = (group.prime, group.generator)
    let zeros = [UInt8](repeating: 0, count: 3)
    for (p, g) in [
      (prime, generator), ([0] + prime, generator), (prime, zeros + generator),
      (zeros + prime, [0] + generator),
    ] {
      #expect(FiniteFieldGroup(prime: p.rawSpan, generator: g.rawSpan) == group)
    }
  }

  @Test("are not known by other numbers", arguments: FiniteFieldGroup.allCases)
  func unknown(_ group: FiniteFieldGroup) {
    func known(_ prime: [UInt8], _ generator: [UInt8]) -> FiniteFieldGroup? {
      FiniteFieldGroup(prime: prime.rawSpan, generator: generator.rawSpan)
    }
    let (prime, generator) = (group.prime, group.generator)
    for bit in stride(from: 0, to: 8 * prime.count, by: 61) {
      #expect(known(prime.flipping(bit: bit), generator) == nil)
    }
    for other in [[], [0], [1], [3], [5], [2, 0], [2, 2], prime] as [[UInt8]] {
      #expect(known(prime, other) == nil)
    }
    for other in [[], [0], prime + [0], Array(prime.dropLast()), Array(prime.dropFirst()), [0, 0]] {
      #expect(known(other, generator) == nil)
    }
    #expect(known(generator, prime) == nil)
  }
}

extension [UInt8] {
  /// Half of the big-endian number, rounded down.
  fileprivate var halved: [UInt8] {
    zip([0] + self, self).map { before, byte in before << 7 | byte >> 1 }
  }
}
