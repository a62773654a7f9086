import TLSCrypto
import TLSEngine

/// The level in place: records are sealed one behind the other into one buffer, and opened there.
final class RecordsInPlace: Records {
  private let client: End<ClientRole>
  private let server: End<ServerRole>
  private let plaintext: [UInt8]
  private var wire: [UInt8]
  private var room: [UInt8] = []

  init(_ client: End<ClientRole>, _ server: End<ServerRole>, byteCount: Int, times: Int) {
    self.client = client
    self.server = server
    plaintext = [UInt8](repeating: 0x61, count: byteCount)
    wire = [UInt8](
      repeating: 0, count: times * client.connection.sealedByteCount(of: byteCount))
  }

  func seal(_ times: Int) throws {
    try Self.seal(times, plaintext, &client.connection, into: &wire)
  }

  func open(_ times: Int) throws {
    try Self.open(times * plaintext.count, &server.connection, in: &wire)
  }

  /// Opens all of a batch in one call, out of place.
  func openInOneCall(_ times: Int) throws {
    if room.isEmpty { room = [UInt8](repeating: 0, count: wire.count) }
    try Self.open(times * plaintext.count, &server.connection, wire, into: &room)
  }

  // All of a batch is one access to the connection: a class's properties are not looked at each time.

  private static func seal(
    _ times: Int, _ plaintext: [UInt8], _ client: inout ClientConnection, into wire: inout [UInt8]
  ) throws(TLSError) {
    let bytes = plaintext.rawSpan
    var output = wire.mutableRawSpan
    var position = 0
    for _ in 0..<times {
      var rest = output._mutatingExtracting(position..<output.byteCount)
      position += try client.seal(bytes, into: &rest).written
    }
  }

  private static func open(
    _ byteCount: Int, _ server: inout ServerConnection, in wire: inout [UInt8]
  ) throws {
    var input = wire.mutableRawSpan
    var position = 0
    var left = byteCount
    while left > 0 {
      var rest = input._mutatingExtracting(position..<input.byteCount)
      guard case .applicationData(let range, let consumed) = try server.open(&rest) else {
        throw Failure(description: "no application data")
      }
      left -= range.count
      position += consumed
    }
  }

  private static func open(
    _ byteCount: Int, _ server: inout ServerConnection, _ wire: [UInt8], into room: inout [UInt8]
  ) throws {
    var output = room.mutableRawSpan
    guard try server.open(wire.rawSpan, into: &output).written == byteCount else {
      throw Failure(description: "no application data")
    }
  }
}

/// The same, but for opening: all of a batch in one call, into another buffer.
final class RecordsInOneCall: Records {
  private let records: RecordsInPlace

  init(_ records: RecordsInPlace) {
    self.records = records
  }

  func seal(_ times: Int) throws {
    try records.seal(times)
  }

  func open(_ times: Int) throws {
    try records.openInOneCall(times)
  }
}

/// The buffered level: what `takeOutgoing` gives goes to `receive`, a write at a time.
final class BufferedRecords: Records {
  private let client: End<ClientRole>
  private let server: End<ServerRole>
  private let plaintext: [UInt8]
  private var wire: [[UInt8]] = []

  init(_ client: End<ClientRole>, _ server: End<ServerRole>, byteCount: Int) {
    self.client = client
    self.server = server
    plaintext = [UInt8](repeating: 0x61, count: byteCount)
  }

  func seal(_ times: Int) throws {
    for _ in 0..<times {
      try client.connection.send(plaintext)
      wire.append(client.connection.takeOutgoing())
    }
  }

  func open(_ times: Int) throws {
    var left = times * plaintext.count
    for bytes in wire {
      for event in try server.connection.receive(bytes) {
        guard case .applicationData(let plaintext) = event else { continue }
        left -= plaintext.count
      }
    }
    wire.removeAll(keepingCapacity: true)
    guard left == 0 else { throw Failure(description: "\(left) bytes are missing") }
  }
}
