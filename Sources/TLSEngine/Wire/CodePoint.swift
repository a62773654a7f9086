/// A number that the IANA TLS registries give a name.
///
/// Unknown numbers are values like any other: a peer may send them, and they print as such.
protocol CodePoint: RawRepresentable, Sendable, Hashable, CustomStringConvertible
where RawValue: FixedWidthInteger & Sendable {
  /// The registry's name for this number, if it is one that the engine knows.
  var registeredName: String? { get }
}

extension CodePoint {
  /// The name in the registry, or the number in hexadecimal.
  var displayName: String {
    if let registeredName { return registeredName }
    let digits = String(rawValue, radix: 16)
    let width = RawValue.bitWidth / 4
    return "0x" + String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
