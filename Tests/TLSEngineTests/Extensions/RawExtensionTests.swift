import TLSCrypto
import Testing

@testable import TLSEngine

/// Lists of extensions, of the length that hellos have and of others.
@Suite("Lists of extensions")
struct RawExtensionTests {
  private func decode(_ types: [UInt16]) throws(TLSError) -> [ExtensionType] {
    var writer = Writer()
    RawExtension.encodeList(
      types.map { RawExtension(type: ExtensionType(rawValue: $0), body: [1]) }, into: &writer)
    let bytes = try writer.finish()
    var reader = Reader(bytes.rawSpan)
    return try RawExtension.decodeList(&reader).map(\.type)
  }

  @Test(
    "A type comes once, in a list of any length",
    arguments: [1, 2, 23, 24, 25, 26, 100, 5000])
  func once(count: Int) throws {
    let types = (0..<count).map { UInt16($0 * 11) }
    #expect(try decode(types).map(\.rawValue) == types)
    for repeated in Set([0, count / 2, count - 1]) {
      let error = #expect(throws: TLSError.self) { try decode(types + [types[repeated]]) }
      #expect(
        error?.reason == .duplicateExtension(ExtensionType(rawValue: types[repeated])),
        "\(repeated) of \(count)")
      #expect(error?.alert == .decodeError)
    }
  }
}
