import TLSCrypto

/// padding (RFC 7685): makes a ClientHello longer, because some servers choke on one of 256 to 511
/// bytes.
enum Padding: HelloExtension {
  static let type = ExtensionType.padding
  static let name = "padding"

  /// The lengths of a message that some servers choke on (RFC 7685 section 4).
  private static let feared = 256...511

  /// How many zeros.
  typealias Offer = Int
  typealias Answer = Never

  /// As many zeros as lift the message over the feared lengths, and one at least: a last extension
  /// without content is another thing that old servers choke on.
  static func offer(_ draft: ClientHelloDraft) -> Int? {
    guard draft.setup.configuration.padsClientHello, feared.contains(draft.byteCount) else {
      return nil
    }
    return max(feared.upperBound + 1 - draft.byteCount - RawExtension.headerByteCount, 1)
  }

  static func encode(offer: Int, into writer: inout Writer) {
    writer.write([UInt8](repeating: 0, count: offer))
  }

  /// RFC 7685 section 3: of any length, none included, and all of it zero. It names no alert for a
  /// client that fills it with something else; a value that may not be is an `illegal_parameter`.
  static func decodeOffer(_ reader: inout Reader) throws(TLSError) -> Int {
    let bytes = reader.readRemainder()
    guard bytes.allSatisfy({ $0 == 0 }) else {
      throw .illegalParameter("padding holds something else than zeros")
    }
    return bytes.count
  }
}

extension ExtensionType {
  /// padding (RFC 7685).
  public static let padding = ExtensionType(rawValue: 21)
}
