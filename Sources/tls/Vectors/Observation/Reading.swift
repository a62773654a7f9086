import TLSEngine

/// What an observer reads of a connection: from the bytes of both directions and a line of a key log,
/// and from nothing else.
struct Reading: Sendable {
  /// What was read of each step that has bytes, by the number of the step.
  var flights: [Int: ObservedFlight] = [:]

  /// The application data of either side.
  var applicationData: [ConnectionSide: [UInt8]] = [:]

  /// What the Finished of either side has to hold by the transcript so far, and what it holds.
  var finished: [ConnectionSide: (expected: [UInt8], found: [UInt8])] = [:]

  /// What the hellos say that came last.
  var dissector = Dissector()

  /// What they said when a side changed its cipher, if one did: hellos that come later change nothing.
  var agreed: Dissector?

  /// What the keys follow from.
  var hellos: Dissector { agreed ?? dissector }

  /// The messages and alerts by name, for the ladder.
  var messages: [ObservedMessage] = []
}

/// What was read of one flight.
struct ObservedFlight: Sendable {
  var records: [ObservedRecord] = []

  /// Where what is no whole record begins.
  var end = 0
}

/// One record.
struct ObservedRecord: Sendable {
  /// Where it stands in its flight, header and all.
  let range: Range<Int>
  let header: ObservedHeader

  /// Its number, if it is protected.
  let number: UInt64?

  /// The parts of a protected body, where they stand in the flight.
  var parts: [Field] = []

  /// What is in it; `nil` if it does not open.
  var content: [UInt8]?

  /// What the content says, where it stands in the content.
  var fields: [Field] = []
}

/// One message, alert, ChangeCipherSpec or piece of data, in the order they were complete.
struct ObservedMessage: Sendable {
  let side: ConnectionSide
  let name: String
  let byteCount: Int
  let fields: [Field]
  let bytes: [UInt8]
  /// The number of the step in which it was complete.
  let step: Int
}

/// The five bytes before a record.
struct ObservedHeader: Sendable {
  static let byteCount = 5

  let type: UInt8
  let version: UInt16
  let length: Int

  /// - Returns: `nil` if there is no whole record of a known type at `start`.
  init?(_ bytes: [UInt8], at start: Int) {
    guard bytes.count - start >= Self.byteCount, !Self.cannotBegin(bytes[start...]) else {
      return nil
    }
    type = bytes[start]
    version = UInt16(bytes[start + 1]) << 8 | UInt16(bytes[start + 2])
    length = Int(bytes[start + 3]) << 8 | Int(bytes[start + 4])
    guard bytes.count - start - Self.byteCount >= length else { return nil }
  }

  /// Whether these bytes are not even the beginning of a record.
  static func cannotBegin(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let type = bytes.first else { return false }
    let major = bytes.dropFirst().first ?? 3
    // The most that a record can hold (RFC 5246 section 6.2.3).
    let length = bytes.dropFirst(3).prefix(2).reduce(0) { $0 << 8 | Int($1) }
    return !(20...24).contains(type) || major != 3 || length > 16_384 + 2_048
  }

  /// The type's name.
  var typeName: String {
    switch type {
    case 20: "change_cipher_spec"
    case 21: "alert"
    case 22: "handshake"
    case 23: "application_data"
    default: "heartbeat"
    }
  }

  /// The version's name.
  var versionName: String { "\(ProtocolVersion(rawValue: version))" }
}
