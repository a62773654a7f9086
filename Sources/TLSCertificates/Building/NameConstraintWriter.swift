internal import SwiftASN1
internal import TLSCrypto

/// A base of the `nameConstraints` of a certificate that is being made (RFC 5280 section 4.2.1.10).
enum NameConstraintWriter {
  case dns(String)
  case ip(address: [UInt8], mask: [UInt8])

  /// What a text means: a range of addresses if it has a slash, such as `192.0.2.0/24`, an address
  /// alone, or a DNS name with all that lies below it. The empty text is every DNS name.
  init(_ text: String) throws(CertificateBuilderError) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    if let address = Platform.parseIPAddress(String(parts.first ?? "")) {
      let bits = address.count * 8
      guard let length = parts.count == 2 ? Int(parts[1]) : bits, (0...bits).contains(length)
      else {
        throw .invalidNameConstraint(text, reason: "the prefix is not from 0 to \(bits) bits long")
      }
      let mask = Self.mask(of: length, byteCount: address.count)
      self = .ip(address: zip(address, mask).map { $0 & $1 }, mask: mask)
      return
    }
    if !text.isEmpty, let reason = GeneralNameWriter.problem(ofDNSName: text) {
      throw .invalidNameConstraint(text, reason: reason)
    }
    self = .dns(text)
  }

  /// So many ones, and zeros for the rest.
  private static func mask(of length: Int, byteCount: Int) -> [UInt8] {
    (0..<byteCount).map { index in
      let ones = min(8, max(0, length - index * 8))
      return UInt8(truncatingIfNeeded: 0xff00 >> ones)
    }
  }

  /// Writes the base as a `GeneralSubtree`. Its minimum is always the default, 0.
  func write(into serializer: inout DER.Serializer) {
    serializer.sequence { serializer in
      switch self {
      case .dns(let name): serializer.implicit(2, Array(name.utf8))
      case .ip(let address, let mask): serializer.implicit(7, address + mask)
      }
    }
  }
}
