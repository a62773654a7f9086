import TLSCertificates
import TLSCrypto

/// What is wanted of a leaf.
struct LeafRequest {
  let names: [String]
  let files: FilePair
  let days: Int
  let notBefore: Timestamp?
  let isExpired: Bool
  let isForClient: Bool
  let mustStaple: Bool
  let replacesFiles: Bool

  private static let secondsPerDay: Int64 = 86_400

  /// What files are called by a name: without what a shell or a file system would make something of.
  static func fileName(of name: String) -> String {
    let start = name.hasPrefix("*.") ? "wildcard." + name.dropFirst(2) : name
    let letters = start.unicodeScalars.map { scalar -> Character in
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      return isPlain || scalar == "." || scalar == "-" || scalar == "_" ? Character(scalar) : "-"
    }
    let text = String(letters)
    // No hidden file, and nothing that looks like an option.
    return text.hasPrefix(".") || text.hasPrefix("-") ? "_" + text : text
  }

  /// Makes sure that nothing is there that would be lost.
  func checkFiles() throws {
    for path in [files.certificate, files.key] where !replacesFiles {
      guard try !Files.exists(path) else {
        throw Failure(.usage, "\(path) is there already; --force replaces it")
      }
    }
  }

  /// How it is made.
  func builder(now: Timestamp, issuer: Certificate) -> CertificateBuilder {
    let length = Int64(days) * Self.secondsPerDay
    let (start, end): (Timestamp, Timestamp) =
      if isExpired {
        (
          now.adding(seconds: -length - Self.secondsPerDay),
          now.adding(seconds: -Self.secondsPerDay)
        )
      } else if let notBefore {
        (notBefore, notBefore.adding(seconds: length))
      } else {
        // Nobody takes it once its issuer's certificate has expired.
        (now.adding(seconds: -3600), min(now.adding(seconds: length), issuer.notAfter))
      }
    var builder = CertificateBuilder(
      commonName: names.first { (1...64).contains($0.unicodeScalars.count) }, names: names,
      notBefore: start, notAfter: end)
    if isForClient { builder.extendedKeyUsages = [.clientAuth] }
    if mustStaple { builder.extraExtensions.append(Self.mustStaple) }
    return builder
  }

  /// TLS feature 5, which is status_request (RFC 7633 section 4.2.1).
  private static let mustStaple = CertificateBuilder.Extension(
    identifier: "1.3.6.1.5.5.7.1.24", isCritical: false, der: [0x30, 0x03, 0x02, 0x01, 0x05])
}
