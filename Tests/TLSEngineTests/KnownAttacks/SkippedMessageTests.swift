import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// SMACK (Beurdouche et al., "A Messy State of the Union", 2015; CVE-2014-6593, CVE-2015-0205): many
  /// state machines took messages that were left out, doubled or out of order. A server that skipped
  /// ChangeCipherSpec, or went from Certificate to Finished, was believed to be anybody; a client that
  /// left out CertificateVerify was believed to own the certificate.
  @Suite("Messages left out, swapped and repeated")
  struct SkippedMessageTests {
    typealias Kind = RecordedHandshake.Kind
    typealias Victim = RecordedHandshake.Victim

    /// A Finished without protection, as a side that never changes its keys would send it.
    private static let clearFinished = WireRecord.handshake(
      [UInt8](repeating: 0, count: 12).message(20))

    /// CertificateStatus (RFC 6066 section 8) and CertificateRequest (RFC 5246 section 7.4.4): what a
    /// server may leave out.
    private static func mayBeMissing(_ record: WireRecord, to victim: Victim) -> Bool {
      victim == .client && record.type == 22 && [22, 13].contains(record.body.first)
    }

    private func name(_ record: WireRecord) -> String {
      record.type == 20 ? "ChangeCipherSpec" : "type \(record.body.first ?? 0)"
    }

    @Test(
      "Each message left out is missed", arguments: Kind.allCases, Victim.allCases)
    func leftOut(kind: Kind, victim: Victim) throws {
      let recorded = try RecordedHandshake(kind)
      let script = recorded.script(for: victim)
      let change = try script.changeOfKeys()
      for position in 0...change {
        var changed = script
        let missing = changed.remove(at: position)
        if position == change { changed[change] = Self.clearFinished }
        let outcome = try recorded.play(changed, to: victim)
        let comment: Comment = "\(name(missing)) at \(position)"
        #expect(!outcome.isComplete, comment)
        if Self.mayBeMissing(missing, to: victim) {
          // Who left it out is not the server that the keys are shared with.
          #expect(outcome.failure?.alert == .badRecordMAC, comment)
          #expect(outcome.taken == change, comment)
        } else {
          #expect(outcome.failure?.alert == .unexpectedMessage, comment)
          #expect(outcome.taken == position, comment)
        }
      }
    }

    @Test(
      "Two messages in the other order are refused at the first that is too early",
      arguments: Kind.allCases, Victim.allCases)
    func swapped(kind: Kind, victim: Victim) throws {
      let recorded = try RecordedHandshake(kind)
      let script = recorded.script(for: victim)
      let change = try script.changeOfKeys()
      for position in 0...change {
        var changed = script
        if position == change { changed[change + 1] = Self.clearFinished }
        changed.swapAt(position, position + 1)
        let outcome = try recorded.play(changed, to: victim)
        let comment: Comment = "\(name(script[position])) at \(position)"
        #expect(outcome.failure?.alert == .unexpectedMessage, comment)
        // Without what may be missing the next message is in its place, and that one is late.
        let isLate = Self.mayBeMissing(script[position], to: victim)
        #expect(outcome.taken == position + (isLate ? 1 : 0), comment)
        #expect(!outcome.isComplete, comment)
      }
    }

    @Test(
      "A message that comes twice is refused the second time", arguments: Kind.allCases,
      Victim.allCases)
    func repeated(kind: Kind, victim: Victim) throws {
      let recorded = try RecordedHandshake(kind)
      let script = recorded.script(for: victim)
      let change = try script.changeOfKeys()
      for position in script.indices {
        var changed = script
        changed.insert(script[position], at: position)
        let outcome = try recorded.play(changed, to: victim)
        let comment: Comment = "\(name(script[position])) at \(position)"
        // A record in the clear behind the change of keys, or one that was opened already, is forged.
        #expect(
          outcome.failure?.alert == (position < change ? .unexpectedMessage : .badRecordMAC),
          comment)
        #expect(outcome.taken == position + 1, comment)
        #expect(outcome.isComplete == (position == script.count - 1), comment)
      }
    }

    @Test(
      "A Finished anywhere before ChangeCipherSpec is unexpected_message", arguments: Kind.allCases,
      Victim.allCases)
    func earlyFinished(kind: Kind, victim: Victim) throws {
      let recorded = try RecordedHandshake(kind)
      let script = recorded.script(for: victim)
      for position in 0...(try script.changeOfKeys()) {
        let outcome = try recorded.play(script.prefix(position) + [Self.clearFinished], to: victim)
        #expect(outcome.failure?.alert == .unexpectedMessage, "at \(position)")
        #expect(!outcome.isComplete)
      }
    }

    @Test(
      "Application data anywhere before Finished is refused, and none of it is given out",
      arguments: Kind.allCases, Victim.allCases)
    func earlyData(kind: Kind, victim: Victim) throws {
      let recorded = try RecordedHandshake(kind)
      let script = recorded.script(for: victim)
      let change = try script.changeOfKeys()
      for position in 0...(change + 1) {
        for body in [[], [1, 2, 3]] as [[UInt8]] {
          let outcome = try recorded.play(
            script.prefix(position) + [WireRecord(type: 23, body: body)], to: victim)
          #expect(
            outcome.failure?.alert == (position <= change ? .unexpectedMessage : .badRecordMAC),
            "\(body.count) bytes at \(position)")
          #expect(!outcome.isComplete)
        }
      }
    }

    @Test(
      "The script itself goes through, so that the cases above fail for what they say",
      arguments: Kind.allCases, Victim.allCases)
    func unchanged(kind: Kind, victim: Victim) throws {
      let recorded = try RecordedHandshake(kind)
      let outcome = try recorded.play(recorded.script(for: victim), to: victim)
      #expect(outcome.failure == nil)
      #expect(outcome.isComplete)
    }
  }
}
