@testable import TLSCertificates

/// The DER that tests write by hand (X.690): a tag, a length and what follows.
enum TLV {
  static let null: [UInt8] = [0x05, 0x00]
  static let `true`: [UInt8] = [0x01, 0x01, 0xff]

  static func element(_ tag: UInt8, _ contents: [UInt8]...) -> [UInt8] {
    let contents = contents.flatMap(\.self)
    var length: [UInt8] = []
    var rest = contents.count
    while rest > 0 {
      length.insert(UInt8(rest & 0xff), at: 0)
      rest >>= 8
    }
    if contents.count < 128 { return [tag, UInt8(contents.count)] + contents }
    return [tag, 0x80 | UInt8(length.count)] + length + contents
  }

  static func sequence(_ contents: [UInt8]...) -> [UInt8] {
    element(0x30, contents.flatMap(\.self))
  }

  static func integer(_ bytes: UInt8...) -> [UInt8] { element(0x02, bytes) }

  static func octets(_ contents: [UInt8]) -> [UInt8] { element(0x04, contents) }

  static func bits(_ contents: [UInt8], unused: UInt8 = 0) -> [UInt8] {
    element(0x03, [unused] + contents)
  }

  /// An element of the context, primitive.
  static func field(_ number: UInt8, _ contents: [UInt8]) -> [UInt8] {
    element(0x80 | number, contents)
  }

  /// An element of the context, constructed.
  static func tagged(_ number: UInt8, _ contents: [UInt8]...) -> [UInt8] {
    element(0xa0 | number, contents.flatMap(\.self))
  }

  static func text(_ tag: UInt8, _ text: String) -> [UInt8] { element(tag, Array(text.utf8)) }

  static func utcTime(_ text: String) -> [UInt8] { self.text(0x17, text) }

  static func generalizedTime(_ text: String) -> [UInt8] { self.text(0x18, text) }

  /// An object identifier whose numbers fit into two bytes each, but for the first two.
  static func identifier(_ text: String) -> [UInt8] {
    let numbers = text.split(separator: ".").compactMap { UInt32($0) }
    var contents: [UInt8] = [UInt8(numbers[0] * 40 + numbers[1])]
    for number in numbers.dropFirst(2) {
      var septets = [UInt8(number & 0x7f)]
      var rest = number >> 7
      while rest > 0 {
        septets.insert(UInt8(rest & 0x7f) | 0x80, at: 0)
        rest >>= 7
      }
      contents += septets
    }
    return element(0x06, contents)
  }

  /// A relative name of one attribute, `2.5.4.3` being a common name.
  static func relativeName(_ type: String, _ value: [UInt8]) -> [UInt8] {
    element(0x31, sequence(identifier(type), value))
  }

  /// A Name that is one common name.
  static func commonName(_ text: String) -> [UInt8] {
    sequence(relativeName("2.5.4.3", self.text(0x0c, text)))
  }

  static func certificateExtension(_ identifier: String, critical: Bool = false, _ value: [UInt8])
    -> [UInt8]
  {
    sequence(self.identifier(identifier), critical ? `true` : [], octets(value))
  }

  /// What a certificate says that is for these purposes.
  static func extendedKeyUsage(_ purposes: OID...) throws -> ExtendedKeyUsage {
    try ExtendedKeyUsage(der: sequence(purposes.flatMap { identifier($0.text) })[...])
  }
}
