import TLSCrypto

/// Where the secrets of connections go so that Wireshark and its like can read them.
///
/// > Warning: whoever has these lines can read and forge the connections they belong to. They are
/// > for looking into one's own traffic, never for production.
public protocol KeyLog: Sendable {
  /// Takes one line of the NSS key log format, in ASCII, without its line end:
  /// `CLIENT_RANDOM <client random> <master secret>`.
  func append(_ line: RawSpan)
}

extension KeyLog {
  /// Writes the line of one connection; the bytes are wiped as soon as the log has had them.
  func append(_ master: borrowing MasterSecret, of client: HelloRandom) {
    let label = [UInt8]("CLIENT_RANDOM ".utf8)
    let count = label.count + 2 * client.bytes.count + 1 + 2 * MasterSecret.byteCount
    var line = SecretBytes(count: count)
    write(label, client, master, into: &line)
    append(line.bytes)
  }

  private func write(
    _ label: [UInt8], _ client: HelloRandom, _ master: borrowing MasterSecret,
    into line: inout SecretBytes
  ) {
    var bytes = line.mutableBytes
    bytes.copy(label.rawSpan)
    var position = label.count
    writeHexadecimal(client.bytes.rawSpan, into: &bytes, at: &position)
    bytes[byte: position] = 0x20
    position += 1
    writeHexadecimal(master.bytes, into: &bytes, at: &position)
  }

  private func writeHexadecimal(
    _ source: RawSpan, into bytes: inout MutableRawSpan, at position: inout Int
  ) {
    for offset in source.byteOffsets {
      let byte = source[byte: offset]
      bytes[byte: position] = hexadecimalDigit(byte >> 4)
      bytes[byte: position + 1] = hexadecimalDigit(byte & 15)
      position += 2
    }
  }

  private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x57 + value
  }
}
