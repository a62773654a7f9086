import TLSCrypto
import TLSEngine

/// A vector as a capture that Wireshark opens (pcapng), with the key log in it.
///
/// There was no network to capture: addresses and times are made up. Each connection is a TCP stream
/// between ports of its own.
struct Capture {
  private var bytes: [UInt8] = []
  private var time: UInt64

  /// The file.
  static func bytes(of vector: Vector) -> [UInt8] {
    var capture = Capture(time: UInt64(max(0, vector.head.clock.secondsSince1970)) * 1_000_000)
    capture.writeHead()
    capture.writeKeyLog(of: vector)
    for (index, connection) in vector.connections.enumerated() {
      capture.write(connection, clientPort: UInt16(clamping: 50_000 + index))
    }
    return capture.bytes
  }

  private init(time: UInt64) {
    self.time = time
  }

  // MARK: Blocks

  private mutating func writeHead() {
    // Section header, its length not said; then an interface whose packets begin with IPv4.
    write(
      block: 0x0a0d_0d0a,
      Self.little(0x1a2b_3c4d) + [1, 0, 0, 0] + Self.little(.max) + Self.little(.max))
    write(block: 1, [228, 0, 0, 0] + Self.little(0))
  }

  private mutating func writeKeyLog(of vector: Vector) {
    var lines = ""
    for connection in vector.connections {
      guard let master = connection.masterSecret,
        let random = connection.reading.hellos.clientRandom
      else { continue }
      lines += "CLIENT_RANDOM \(Hexadecimal.text(random)) \(Hexadecimal.text(master))\n"
    }
    guard !lines.isEmpty else { return }
    let text = [UInt8](lines.utf8)
    write(block: 10, Self.little(0x544c_534b) + Self.little(UInt32(clamping: text.count)) + text)
  }

  private mutating func write(block type: UInt32, _ body: [UInt8]) {
    let padding = [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
    let length = Self.little(UInt32(clamping: 12 + body.count + padding.count))
    bytes += Self.little(type) + length + body + padding + length
  }

  private static func little(_ number: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  // MARK: Packets

  private mutating func write(_ connection: VectorConnection, clientPort: UInt16) {
    let side = connection.side
    var stream = CapturedStream(clientPort: clientPort)
    for segment in stream.opening { write(packet: segment) }
    for step in connection.steps {
      switch step {
      case .sent(let bytes): write(stream.segments(bytes, from: side))
      case .received(let bytes): write(stream.segments(bytes, from: side.other))
      case .action, .endOfStream: break
      }
    }
    for segment in stream.ending { write(packet: segment) }
  }

  private mutating func write(_ packets: [[UInt8]]) {
    for packet in packets { write(packet: packet) }
  }

  private mutating func write(packet: [UInt8]) {
    time += 1_000
    let length = Self.little(UInt32(clamping: packet.count))
    write(
      block: 6,
      Self.little(0) + Self.little(UInt32(truncatingIfNeeded: time >> 32))
        + Self.little(UInt32(truncatingIfNeeded: time)) + length + length + packet)
  }
}

/// One TCP connection between 192.0.2.1 (the client) and 192.0.2.2, port 443 (RFC 5737).
struct CapturedStream {
  /// The server's address and port, as programs write them.
  static let server = "192.0.2.2:443"

  private let clientPort: UInt16
  private var next: [ConnectionSide: UInt32] = [.client: 1_000, .server: 2_000]

  init(clientPort: UInt16) {
    self.clientPort = clientPort
  }

  private enum Flags {
    static let fin: UInt8 = 0x01
    static let syn: UInt8 = 0x02
    static let push: UInt8 = 0x08
    static let ack: UInt8 = 0x10
  }

  /// The three packets that begin it.
  var opening: [[UInt8]] {
    mutating get {
      let first = packet([], from: .client, Flags.syn)
      next[.client, default: 0] &+= 1
      let second = packet([], from: .server, Flags.syn | Flags.ack)
      next[.server, default: 0] &+= 1
      return [first, second, packet([], from: .client, Flags.ack)]
    }
  }

  /// The packets of these bytes.
  mutating func segments(_ bytes: [UInt8], from side: ConnectionSide) -> [[UInt8]] {
    var packets: [[UInt8]] = []
    for start in stride(from: 0, to: bytes.count, by: 16_384) {
      let part = Array(bytes[start..<min(start + 16_384, bytes.count)])
      packets.append(packet(part, from: side, Flags.push | Flags.ack))
      next[side, default: 0] &+= UInt32(part.count)
    }
    return packets
  }

  /// The packets that end it.
  var ending: [[UInt8]] {
    [
      packet([], from: .client, Flags.fin | Flags.ack),
      packet([], from: .server, Flags.fin | Flags.ack),
    ]
  }

  private func packet(_ payload: [UInt8], from side: ConnectionSide, _ flags: UInt8) -> [UInt8] {
    let client: [UInt8] = [192, 0, 2, 1]
    let server: [UInt8] = [192, 0, 2, 2]
    let addresses = side == .client ? client + server : server + client
    let ports = side == .client ? [clientPort, 443] : [443, clientPort]
    let answered = flags & Flags.ack == 0 ? 0 : next[side.other, default: 0]
    var segment =
      ports.flatMap(Self.big) + Self.big(next[side, default: 0]) + Self.big(answered)
      + [0x50, flags, 0xff, 0xff, 0, 0, 0, 0] + payload
    let pseudoHeader = addresses + [0, 6] + Self.big(UInt16(clamping: segment.count))
    let sum = Self.checksum(pseudoHeader + segment)
    segment.replaceSubrange(16..<18, with: Self.big(sum))
    var header: [UInt8] =
      [0x45, 0] + Self.big(UInt16(clamping: 20 + segment.count)) + [0, 0, 0x40, 0, 64, 6, 0, 0]
      + addresses
    header.replaceSubrange(10..<12, with: Self.big(Self.checksum(header)))
    return header + segment
  }

  /// The checksum of IP and TCP (RFC 1071).
  private static func checksum(_ bytes: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for (index, byte) in bytes.enumerated() {
      sum &+= index.isMultiple(of: 2) ? UInt32(byte) << 8 : UInt32(byte)
    }
    while sum > 0xffff { sum = sum & 0xffff &+ sum >> 16 }
    return ~UInt16(truncatingIfNeeded: sum)
  }

  private static func big(_ number: UInt16) -> [UInt8] {
    [UInt8(number >> 8), UInt8(number & 0xff)]
  }

  private static func big(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
