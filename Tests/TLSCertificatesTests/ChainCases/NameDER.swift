@testable import TLSCertificates

/// Names of all forms as certificates hold them (`GeneralName`, RFC 5280 section 4.2.1.6), whether
/// they make sense or not.
enum NameDER {
  static func email(_ text: String) -> [UInt8] { TLV.field(1, Array(text.utf8)) }
  static func dns(_ text: String) -> [UInt8] { TLV.field(2, Array(text.utf8)) }
  static func uri(_ text: String) -> [UInt8] { TLV.field(6, Array(text.utf8)) }
  static func ip(_ bytes: [UInt8]) -> [UInt8] { TLV.field(7, bytes) }
  static func registeredID(_ bytes: [UInt8]) -> [UInt8] { TLV.field(8, bytes) }
  static func other(_ type: String, _ value: [UInt8]) -> [UInt8] {
    TLV.tagged(0, TLV.identifier(type), TLV.tagged(0, value))
  }

  /// A directory name of these attributes, in order.
  static func directory(_ attributes: [(type: String, text: String)]) -> [UInt8] {
    TLV.tagged(4, name(attributes))
  }

  /// A `Name`.
  static func name(_ attributes: [(type: String, text: String)]) -> [UInt8] {
    TLV.sequence(attributes.flatMap { TLV.relativeName($0.type, TLV.text(0x0c, $0.text)) })
  }
}

extension CertificateBuilder.Extension {
  /// Subject alternative names.
  static func names(_ names: [[UInt8]], isCritical: Bool = false) -> Self {
    .init(identifier: "2.5.29.17", isCritical: isCritical, der: TLV.sequence(names.flatMap(\.self)))
  }

  /// Name constraints.
  static func constraints(
    permitted: [[UInt8]] = [], excluded: [[UInt8]] = [], isCritical: Bool = true
  ) -> Self {
    func subtrees(_ tag: UInt8, _ bases: [[UInt8]]) -> [UInt8] {
      bases.isEmpty ? [] : TLV.tagged(tag, bases.flatMap { TLV.sequence($0) })
    }
    return .init(
      identifier: "2.5.29.30", isCritical: isCritical,
      der: TLV.sequence(subtrees(0, permitted), subtrees(1, excluded)))
  }

  /// An extension that nobody knows.
  static func unknown(isCritical: Bool) -> Self {
    .init(identifier: "1.3.6.1.4.1.32473.1", isCritical: isCritical, der: TLV.null)
  }
}
