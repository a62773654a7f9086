import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// EarlyCCS (2014, CVE-2014-0224): OpenSSL took ChangeCipherSpec at any time. A man in the middle who
  /// sent one to both sides behind the hellos made them derive their keys from an empty master secret,
  /// and could read and write everything that followed.
  @Suite("ChangeCipherSpec early, doubled or inside a message")
  struct EarlyChangeCipherSpecTests {
    @Test(
      "One more anywhere ends the handshake: before its place as unexpected, behind it as forged",
      arguments: RecordedHandshake.Kind.allCases, RecordedHandshake.Victim.allCases)
    func injected(kind: RecordedHandshake.Kind, victim: RecordedHandshake.Victim) throws {
      let recorded = try RecordedHandshake(kind)
      let script = recorded.script(for: victim)
      let change = try script.changeOfKeys()
      for position in 0...script.count {
        var changed = script
        changed.insert(.changeCipherSpec, at: position)
        let outcome = try recorded.play(changed, to: victim)
        // Behind its place records are protected, and one in the clear does not open.
        #expect(
          outcome.failure?.alert == (position < change ? .unexpectedMessage : .badRecordMAC),
          "at \(position)")
        #expect(
          outcome.taken == max(position, position < change ? 0 : change + 1), "at \(position)")
        #expect(outcome.isComplete == (position == script.count), "at \(position)")
        #expect(outcome.said == [21], "at \(position)")
      }
    }

    @Test(
      "One in the middle of a message, wherever that is cut, is unexpected_message",
      arguments: RecordedHandshake.Kind.allCases, RecordedHandshake.Victim.allCases)
    func insideMessage(kind: RecordedHandshake.Kind, victim: RecordedHandshake.Victim) throws {
      let recorded = try RecordedHandshake(kind)
      let script = recorded.script(for: victim)
      for position in 0..<(try script.changeOfKeys()) {
        let message = script[position].body
        for cut in Set([1, 4, message.count / 2, message.count - 1]) where cut < message.count {
          let half = WireRecord.handshake(Array(message.prefix(cut)))
          let outcome = try recorded.play(
            script.prefix(position) + [half, .changeCipherSpec], to: victim)
          #expect(outcome.failure?.alert == .unexpectedMessage, "\(position), cut at \(cut)")
          #expect(!outcome.isComplete)
        }
      }
    }

    @Test(
      "A message that begins before it and ends behind it is unexpected_message",
      arguments: RecordedHandshake.Kind.allCases, RecordedHandshake.Victim.allCases)
    func acrossKeys(kind: RecordedHandshake.Kind, victim: RecordedHandshake.Victim) throws {
      let recorded = try RecordedHandshake(kind)
      let script = recorded.script(for: victim)
      let change = try script.changeOfKeys()
      // The last message in the clear, and the beginning of a Finished in the same record.
      let last = script[change - 1]
      let outcome = try recorded.play(
        script.prefix(change - 1) + [.handshake(last.body + [20, 0, 0])] + script[change...],
        to: victim)
      #expect(outcome.failure?.alert == .unexpectedMessage)
      // Behind a message that ends a flight, at once; behind another, at the ChangeCipherSpec.
      let endsFlight = [1, 14, 20].contains(last.body[0])
      #expect(outcome.taken == (endsFlight ? change - 1 : change))
      #expect(!outcome.isComplete)
    }
  }
}
