import AllocationCounter
import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// Lucky Thirteen (AlFardan and Paterson 2013, CVE-2013-0169): how long the MAC took to check told how
  /// much padding there was. Nothing is timed here: what the hash is made to do is counted, and is the
  /// same for every padding of records of one length.
  @Suite("Lucky Thirteen: the work does not depend on the padding")
  struct LuckyThirteenTests {
    /// Notes what a hash is made to do: how many bytes come, and when a digest is read, which finishes
    /// the hash. The compressions follow from that, and from nothing else.
    private struct NotingHash: ~Copyable, ReadableHash {
      enum Step: Equatable {
        case update(Int)
        case read
      }

      final class Notes {
        var steps: [Step] = []
      }

      let notes = Notes()
      private var inner: InnerHash

      init(_ inner: consuming InnerHash) {
        self.inner = inner
      }

      mutating func update(_ bytes: RawSpan) {
        notes.steps.append(.update(bytes.byteCount))
        inner.update(bytes)
      }

      borrowing func read(into digest: inout MutableRawSpan) throws(CryptoError) {
        notes.steps.append(.read)
        try inner.read(into: &digest)
      }
    }

    private struct Work {
      let isWellPadded: Bool
      let contentByteCount: Int
      let steps: [NotingHash.Step]
      let received: [UInt8]
      let innerDigest: [UInt8]
    }

    private func work(_ fragment: [UInt8], _ kind: CBCKind) throws -> Work {
      let checked = CBCFragment(fragment.rawSpan, macByteCount: kind.mac.byteCount)
      var hash = NotingHash(try SplitHMAC(kind.mac, key: kind.macKey.rawSpan).begin())
      let codes = try checked.codes(of: fragment.rawSpan, hashedWith: &hash)
      return Work(
        isWellPadded: checked.isWellPadded != 0, contentByteCount: Int(checked.contentByteCount),
        steps: hash.notes.steps,
        received: [UInt8](codes.received.rawSpan.extracting(first: kind.mac.byteCount)),
        innerDigest: [UInt8](codes.innerDigest.rawSpan.extracting(first: kind.mac.byteCount)))
    }

    @Test("Is the same whatever the padding is, good or bad", arguments: CBCKind.macThenEncrypt)
    func sameWork(kind: CBCKind) throws {
      let macByteCount = kind.mac.byteCount
      for count in [64, 320, 512] {
        var steps: [NotingHash.Step]?
        for padding in 0...255 {
          var fragment = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
          let isPossible = padding + 1 + macByteCount <= count
          for index in max(0, count - padding - 1)..<count { fragment[index] = UInt8(padding) }
          for isBroken in [false, true] {
            if isBroken, padding > 0 { fragment[count - 2] ^= 1 }
            let isGood = isPossible && !(isBroken && padding > 0)
            let work = try work(fragment, kind)
            #expect(work.isWellPadded == isGood)
            #expect(
              work.contentByteCount == count - macByteCount - 1 - (isGood ? padding : 0))
            #expect(work.steps == steps ?? work.steps, "padding \(padding) of \(count)")
            steps = steps ?? work.steps
          }
        }
        let possible = CBCFragment.candidateByteCounts(
          ofFragment: count, macByteCount: macByteCount)
        #expect(steps?.count { $0 == .read } == possible.count)
      }
    }

    @Test("Finds the MAC and the inner digest of the content", arguments: CBCKind.macThenEncrypt)
    func codes(kind: CBCKind) throws {
      for padding in [0, 1, 15, 100, 255] {
        let content = kind.content(33, fitting: padding)
        let fragment = try kind.fragment(content, padding: padding)
        let work = try work(fragment, kind)
        #expect(work.contentByteCount == content.count)
        #expect(try work.received == kind.code(content))
        var inner = try SplitHMAC(kind.mac, key: kind.macKey.rawSpan).begin()
        inner.update(content.rawSpan)
        var digest = [UInt8](repeating: 0, count: kind.mac.byteCount)
        var output = digest.mutableRawSpan
        try inner.read(into: &output)
        #expect(work.innerDigest == digest)
      }
    }

    @Test("Is for each length that the content could have, 256 at most")
    func candidates() {
      func candidates(_ count: Int, _ mac: Int) -> ClosedRange<Int> {
        CBCFragment.candidateByteCounts(ofFragment: count, macByteCount: mac)
      }
      #expect(candidates(32, 20) == 0...11)
      #expect(candidates(48, 47) == 0...0)
      #expect(candidates(288, 32) == 0...255)
      #expect(candidates(304, 32) == 16...271)
      #expect(candidates(16_432, 32) == 16_144...16_399)
    }

    @Test(
      "Opening a whole record asks for memory as often, whatever is wrong with it",
      arguments: CBCKind.macThenEncrypt)
    func allocations(kind: CBCKind) throws {
      // Each copy of a hash is memory that libgcrypt asks for: the count is that of the copies.
      var counts: [Bool: Set<UInt64>] = [:]
      for padding in stride(from: 0, through: 255, by: 51) {
        let content = [UInt8](repeating: 0x61, count: 511 - kind.mac.byteCount - padding)
        let good = try kind.fragment(content, padding: padding)
        var (wrongPadding, wrongMAC) = (good, good)
        wrongPadding[good.count - 1] = 0xf1
        wrongMAC[content.count] ^= 1
        for (fragment, isGood) in [(good, true), (wrongPadding, false), (wrongMAC, false)] {
          // Whatever the runtime sets up by the way, it sets up once: the least of a few counts.
          var least = UInt64.max
          for _ in 0..<3 {
            var protection = try kind.protection()
            var body = try kind.body(encrypting: fragment)
            var bytes = body.mutableRawSpan
            var isOpened = true
            let before = allocation_count_of_this_thread()
            do throws(TLSError) {
              _ = try protection.open(&bytes, as: .applicationData)
            } catch {
              isOpened = false
            }
            least = min(least, allocation_count_of_this_thread() - before)
            #expect(isOpened == isGood)
          }
          counts[isGood, default: []].insert(least)
        }
      }
      // An error is thrown where the verdict, which the wire shows anyway, is that the record is bad.
      let (good, bad) = (try #require(counts[true]), try #require(counts[false]))
      #expect(good.count == 1 && bad.count == 1, "\(good), \(bad)")
      #expect(good.allSatisfy { $0 >= 256 })
      #expect(bad.allSatisfy { $0 >= 256 })
    }
  }
}
