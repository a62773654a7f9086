import TLSEngine

/// The keys with which the peer protects its records: one protector, which opens what the peer has sealed
/// and seals what the engine gets instead.
///
/// The same numbers are sealed twice, which is nothing to be done on a network. What is sealed here goes
/// to the engine beside it, and into a file with all the secrets.
final class PeerKeys {
  private var protector: RecordProtector

  /// - Returns: `nil` if the engine does not speak the suite.
  init?(_ hellos: Dissector, of side: ConnectionSide, masterSecret: [UInt8]) {
    guard let schedule = KeySchedule(hellos, masterSecret: masterSecret),
      let protector = try? schedule.records(writtenBy: side)
    else { return nil }
    self.protector = protector
  }

  /// What a record holds; `nil` if it does not authenticate.
  func open(_ record: WireRecord, _ number: UInt64) -> [UInt8]? {
    protector.sequenceNumber = number
    return try? protector.open(record.bytes)
  }

  /// A whole record; `nil` if there is none of such a type, or of such a length.
  func seal(_ content: [UInt8], _ type: UInt8, _ number: UInt64) -> [UInt8]? {
    guard let type = ContentType(rawValue: type) else { return nil }
    protector.sequenceNumber = number
    return try? protector.seal(content, as: type)
  }
}
