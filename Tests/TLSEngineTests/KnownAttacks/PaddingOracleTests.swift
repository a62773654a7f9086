import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// Padding oracles: Vaudenay (2002), POODLE against TLS (2014, CVE-2014-8730), the zero-length record
  /// of OpenSSL (2019, CVE-2019-1559), Zombie POODLE and GOLDENDOODLE (2019). A receiver that tells bad
  /// padding from a bad MAC, by alert, error or silence, decrypts for whoever can ask it often enough.
  /// Whatever is wrong with a record here, it is `bad_record_mac`, and nothing of it is left.
  @Suite("Padding oracles: nothing tells bad padding from a bad MAC")
  struct PaddingOracleTests {
    @Test(
      "Padding of every length is taken, if each byte of it is right", arguments: CBCKind.all)
    func padding(kind: CBCKind) throws {
      for padding in 0...255 {
        let content = kind.content(padding % 40, fitting: padding)
        let fragment = try kind.fragment(content, padding: padding)
        #expect(
          try kind.opened(kind.body(encrypting: fragment)) == .opened(content),
          "\(padding) bytes")
        // The MAC is right in each of these, and a byte of the padding is not.
        let first = fragment.count - 1 - padding
        for index in Set([first, first + padding / 2, fragment.count - 2]) where padding > 0 {
          var wrong = fragment
          wrong[index] ^= 0x80
          #expect(
            try kind.opened(kind.body(encrypting: wrong)) == .badRecordMAC,
            "byte \(index - first) of \(padding)")
        }
      }
    }

    @Test("Every wrong byte of a long padding is seen", arguments: CBCKind.macThenEncrypt)
    func everyPaddingByte(kind: CBCKind) throws {
      let fragment = try kind.fragment(kind.content(3, fitting: 255), padding: 255)
      for index in (fragment.count - 256)..<fragment.count {
        var wrong = fragment
        wrong[index] ^= 1
        #expect(try kind.opened(kind.body(encrypting: wrong)) == .badRecordMAC)
      }
    }

    @Test("Every last byte but the right one is refused", arguments: CBCKind.all)
    func lastByte(kind: CBCKind) throws {
      for padding in [0, 15, 47] {
        let content = kind.content(20, fitting: padding)
        let fragment = try kind.fragment(content, padding: padding)
        for last in UInt8.min...UInt8.max {
          var changed = fragment
          changed[changed.count - 1] = last
          let outcome = try kind.opened(kind.body(encrypting: changed))
          if Int(last) == padding {
            #expect(outcome == .opened(content))
          } else if kind.encryptThenMAC, last == 0 {
            // It is authentic, so that the peer may have meant it: the rest of the padding is content.
            #expect(outcome == .opened(Array(changed.dropLast())))
          } else {
            #expect(outcome == .badRecordMAC, "\(last) for \(padding)")
          }
        }
      }
    }

    @Test("Padding that leaves no room for the MAC is refused", arguments: CBCKind.macThenEncrypt)
    func noRoomForMAC(kind: CBCKind) throws {
      // All padding: each byte is right, and there is neither MAC nor content.
      for blocks in 3...16 {
        let fragment = [UInt8](repeating: UInt8(blocks * 16 - 1), count: blocks * 16)
        let body = try kind.body(encrypting: fragment)
        #expect(try kind.opened(body) == .badRecordMAC)
      }
    }

    @Test("Every wrong byte of the encrypted MAC is seen", arguments: CBCKind.macThenEncrypt)
    func wrongMAC(kind: CBCKind) throws {
      for padding in [0, 7, 200, 255] {
        let content = kind.content(30, fitting: padding)
        let fragment = try kind.fragment(content, padding: padding)
        for index in content.count..<content.count + kind.mac.byteCount {
          var wrong = fragment
          wrong[index] ^= 0x10
          #expect(try kind.opened(kind.body(encrypting: wrong)) == .badRecordMAC)
        }
      }
    }

    @Test("The MAC of a neighbouring length is refused", arguments: CBCKind.macThenEncrypt)
    func otherLength(kind: CBCKind) throws {
      // The fragment ends as it should, but the MAC covers a byte less than the content.
      let content = kind.content(30, fitting: 9)
      for shorter in 1...3 {
        let code = try kind.code(Array(content.dropLast(shorter)))
        let fragment = content + code + [UInt8](repeating: 9, count: 10)
        #expect(try kind.opened(kind.body(encrypting: fragment)) == .badRecordMAC)
      }
    }

    @Test(
      "A bit flipped in any byte of a record is seen: IV, blocks, MAC", arguments: CBCKind.all)
    func flippedBits(kind: CBCKind) throws {
      for padding in [2, 40] {
        let content = kind.content(14, fitting: padding)
        let body = try kind.body(encrypting: kind.fragment(content, padding: padding))
        #expect(try kind.opened(body) == .opened(content))
        for index in body.indices {
          // Every bit of a short record, and one of each byte of a longer one.
          for bit in padding == 2 ? Array(0..<8) : [index % 8] {
            var changed = body
            changed[index] ^= 1 << bit
            #expect(try kind.opened(changed) == .badRecordMAC, "bit \(bit) of byte \(index)")
          }
        }
      }
    }

    @Test(
      "A body of any other length is refused, and so is any that is nonsense",
      arguments: CBCKind.all)
    func lengths(kind: CBCKind) throws {
      for count in Array(0...200) + [18_431, 18_432] {
        for byte: UInt8 in [0, 1, 0x0f, 0xff] {
          let body = [UInt8](repeating: byte, count: count)
          #expect(try kind.opened(body) == .badRecordMAC, "\(count) bytes")
        }
      }
      let content = kind.content(20, fitting: 4)
      let body = try kind.body(encrypting: kind.fragment(content, padding: 4))
      for count in 0..<body.count {
        #expect(try kind.opened(Array(body.prefix(count))) == .badRecordMAC, "cut at \(count)")
      }
      for more in 1...33 {
        #expect(try kind.opened(body + [UInt8](repeating: 0, count: more)) == .badRecordMAC)
      }
    }

    @Test("The two orders of MAC and encryption are not taken for each other")
    func otherOrder() throws {
      for kind in CBCKind.all {
        let other = CBCKind(
          cipher: kind.cipher, mac: kind.mac, encryptThenMAC: !kind.encryptThenMAC)
        let body = try kind.body(
          encrypting: kind.fragment(kind.content(50, fitting: 3), padding: 3))
        #expect(try other.opened(body) == .badRecordMAC)
      }
    }
  }
}
