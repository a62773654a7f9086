/// The name of an application protocol: bytes on the wire, text in a configuration.
enum ProtocolName {
  /// Names that are not visible ASCII (GREASE, RFC 8701, is not) become text that no configuration
  /// can hold, so they match nothing and print safely.
  static func text(_ bytes: [UInt8]) -> String {
    guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
      return "0x " + bytes.map { String($0, radix: 16) }.joined(separator: " ")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
