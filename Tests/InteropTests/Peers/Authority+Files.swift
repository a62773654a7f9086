import Foundation
import TLSCertificates
import TLSEngine

/// Files that some peers want for some features, each made when it is first asked for.
extension Authority {
  private func make(_ name: String, _ body: () throws -> Void) throws -> String {
    if !FileManager.default.fileExists(atPath: file(name).path) { try body() }
    return name
  }

  /// The name of a file with the parameters of a group of RFC 7919.
  func parameters(of group: NamedGroup) throws -> String {
    let name = "\(group).dh"
    return try make(name) {
      try openssl([
        "genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:\(group)", "-out", name,
      ])
    }
  }

  /// The name of a file with an OCSP response that is good, in DER, for the leaf of this kind.
  func statusResponse(for kind: Kind) throws -> String {
    try statusResponse(for: kind, as: "\(kind)", index: "V\t351231235959Z\t")
  }

  /// The name of a file with one that says that the leaf was revoked with the year 2026.
  func revokedResponse(for kind: Kind) throws -> String {
    try statusResponse(
      for: kind, as: "\(kind)-revoked", index: "R\t351231235959Z\t260101000000Z,keyCompromise")
  }

  private func statusResponse(
    for kind: Kind, as name: String, index: String
  ) throws -> String {
    try make("\(name).ocsp") {
      let pem = try String(contentsOf: file("\(kind).pem"), encoding: .utf8)
      guard let leaf = try Certificate.chain(pem: [UInt8](pem.utf8)).first else { return }
      let serial = leaf.serialNumber.map { String(format: "%02X", $0) }.joined()
      try "\(index)\t\(serial)\tunknown\t/CN=\(kind) leaf\n".write(
        to: file("\(name).index"), atomically: true, encoding: .utf8)
      try openssl([
        "ocsp", "-sha1", "-issuer", "ca.pem", "-cert", "\(kind).pem", "-no_nonce", "-reqout",
        "\(name).request",
      ])
      try openssl([
        "ocsp", "-index", "\(name).index", "-CA", "ca.pem", "-rsigner", "ca.pem", "-rkey", "ca.key",
        "-reqin", "\(name).request", "-respout", "\(name).ocsp", "-ndays", "7",
      ])
    }
  }

  /// A SignedCertificateTimestamp (RFC 6962 section 3.2) of a log that does not exist, in form alone.
  static let timestamp: [UInt8] =
    [0] + Array(0..<32) + Array(repeating: 0, count: 10) + [4, 3, 0, 8, 48, 6, 2, 1, 1, 2, 1, 1]

  /// The name of a file with OpenSSL's form of an extension that carries ``timestamp``.
  func serverInformation() throws -> String {
    let name = "timestamps.serverinfo"
    return try make(name) {
      let entry = Self.withLength(Self.timestamp)
      let body = Data([0, 18] + Self.withLength(Self.withLength(entry))).base64EncodedString()
      try """
      -----BEGIN SERVERINFO FOR TIMESTAMPS-----
      \(body)
      -----END SERVERINFO FOR TIMESTAMPS-----

      """.write(to: file(name), atomically: true, encoding: .utf8)
    }
  }

  private static func withLength(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xff)] + bytes
  }
}
