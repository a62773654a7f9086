import TLSCrypto

/// signed_certificate_timestamp (RFC 6962 section 3.3.1): proof from public logs that they know the
/// server's certificate.
enum SignedCertificateTimestamps: HelloExtension {
  static let type = ExtensionType.signedCertificateTimestamp
  static let name = "signed_certificate_timestamp"

  struct Offer: Sendable {}

  /// The timestamps, each as its log made it.
  typealias Answer = [[UInt8]]

  static func offer(_ draft: ClientHelloDraft) -> Offer? {
    draft.setup.configuration.requestsSignedCertificateTimestamps ? Offer() : nil
  }

  static func encode(offer: Offer, into writer: inout Writer) {}
  static func decodeOffer(_ reader: inout Reader) -> Offer { Offer() }

  /// RFC 6962 section 3.3.1: only to a client that asks.
  static func answer(_ selection: ServerSelection) throws(TLSError) -> [[UInt8]]? {
    let timestamps = selection.identity?.signedCertificateTimestamps ?? []
    guard selection.hello.extensions.has(Self.self), !timestamps.isEmpty else {
      return nil
    }
    // An identity that was given as an answer comes here unseen.
    if let problem = problem(with: timestamps) {
      throw TLSError(.internalError, .internalFailure(problem))
    }
    return timestamps
  }

  static func encode(answer: [[UInt8]], into writer: inout Writer) {
    writer.writeVector16 { writer in
      for timestamp in answer { writer.writeVector16 { $0.write(timestamp) } }
    }
  }

  /// RFC 6962 section 3.3: neither the list nor anything in it is empty.
  static func decodeAnswer(_ reader: inout Reader) throws(TLSError) -> [[UInt8]] {
    var list = try reader.readVector16("sct_list", in: 1...65_535)
    var timestamps: [[UInt8]] = []
    while !list.isEmpty {
      guard timestamps.count < maximumCount else {
        throw .malformed("sct_list", "holds more than \(maximumCount) timestamps")
      }
      var timestamp = try list.readVector16("SerializedSCT", in: 1...65_535)
      timestamps.append(timestamp.readRemainder())
    }
    return timestamps
  }

  /// More than any server sends: a bound on what is kept of a peer's list.
  private static let maximumCount = 64

  /// The longest list that is sent. A ServerHello has 65535 bytes for all its extensions; a log's
  /// timestamp takes some 120 of them.
  private static let maximumByteCount = 32_768

  /// Why timestamps cannot be sent, if they cannot.
  static func problem(with timestamps: [[UInt8]]) -> String? {
    guard timestamps.count <= maximumCount else {
      return "an identity has \(timestamps.count) signed certificate timestamps, and may have "
        + "\(maximumCount)"
    }
    guard timestamps.allSatisfy({ !$0.isEmpty }) else {
      return "an identity has a signed certificate timestamp of no bytes"
    }
    let byteCount = timestamps.reduce(0) { $0 + 2 + $1.count }
    guard byteCount <= maximumByteCount else {
      return "an identity has \(byteCount) bytes of signed certificate timestamps, and may have "
        + "\(maximumByteCount)"
    }
    return nil
  }
}

extension ExtensionType {
  /// signed_certificate_timestamp (RFC 6962 section 3.3.1).
  public static let signedCertificateTimestamp = ExtensionType(rawValue: 18)
}
