import ArgumentParser
import TLSEngine

/// What else a ClientHello says.
struct ClientHelloOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The signatures to accept in certificates, if others than --signature-schemes (RFC 8446).",
      valueName: "s,s"))
  var certificateSignatureSchemes: String?

  @Option(
    help: ArgumentHelp(
      "Ask for records of at most 512, 1024, 2048 or 4096 bytes, both ways (RFC 6066).",
      valueName: "bytes"))
  var maxFragmentLength: Int?

  @Flag(help: "Do not ask for an OCSP response with the certificate.")
  var noStatus = false

  @Flag(help: "Do not ask for signed certificate timestamps.")
  var noSct = false

  @Flag(help: "Pad a ClientHello of 256 to 511 bytes (RFC 7685).")
  var pad = false

  @Flag(help: "Offer values that mean nothing (RFC 8701), to see whether the server minds.")
  var grease = false

  @Flag(help: "Say that a connection of a later version has failed (RFC 7507).")
  var fallback = false

  @Flag(help: "Put up with a server that knows nothing of safe renegotiation (RFC 5746).")
  var allowServersWithoutSecureRenegotiation = false

  /// Sets what was asked for, and leaves the rest at its default.
  func apply(to configuration: inout ClientConfiguration) throws {
    configuration.certificateSignatureSchemes = try certificateSignatureSchemes.map {
      try NegotiationOptions.schemes($0)
    }
    configuration.maximumFragmentLength = try maxFragmentLength.map(Self.length)
    configuration.requestsCertificateStatus = !noStatus
    configuration.requestsSignedCertificateTimestamps = !noSct
    configuration.padsClientHello = pad
    configuration.usesGREASE = grease
    configuration.isFallback = fallback
    configuration.allowsServersWithoutSecureRenegotiation = allowServersWithoutSecureRenegotiation
  }

  private static func length(_ byteCount: Int) throws -> MaximumFragmentLength {
    guard let length = MaximumFragmentLength.allCases.first(where: { $0.byteCount == byteCount })
    else {
      let known = MaximumFragmentLength.allCases.map { "\($0.byteCount)" }
      throw Failure(
        .usage, "--max-fragment-length is one of \(known.joined(separator: ", ")), not \(byteCount)"
      )
    }
    return length
  }
}
