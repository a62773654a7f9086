/// The type of a hello extension (RFC 5246 section 7.4.1.4 and the IANA registry).
public struct ExtensionType: RawRepresentable, Sendable, Hashable, CustomStringConvertible,
  CodePoint
{
  /// The number on the wire.
  public let rawValue: UInt16

  /// The extension that stands on the wire as `rawValue`.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// Each extension says its own, in its own file.
  var registeredName: String? { HelloExtensions.known(self)?.name }

  /// The extension's name in the IANA registry, or its number.
  public var description: String { registeredName ?? "extension \(rawValue)" }
}
