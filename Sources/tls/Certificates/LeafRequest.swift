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

  /// Makes sure that a certificate can be made of it, by making one that nobody gets.
  func check(now: Timestamp) throws {
    var random = SystemRandomSource()
    let key = try PrivateKey.generate(.ed25519, using: &random)
    _ = try builder(now: now).build(selfSignedWith: key, random: &random)
  }

  /// Makes sure that nothing is there that would be lost, and that the files can be.
  ///
  /// - Parameter authorities: whose files are never replaced, nor taken before they are made.
  func checkFiles(besides authorities: [FilePair]) throws {
    for authority in authorities {
      guard let path = files.path(sharedWith: authority) else { continue }
      throw Failure(
        .usage,
        "\(path) is for the authority in \(authority.certificate); give other files with --out")
    }
    for path in files.paths {
      let place = FilePlace(path)
      guard place.hasDirectory else {
        throw Failure(.usage, "cannot write \(path): its directory is not there")
      }
      guard try Files.exists(path) else { continue }
      guard replacesFiles else {
        throw Failure(.usage, "\(path) is there already; --force replaces it")
      }
      guard place.isReplaceable else {
        throw Failure(.usage, "\(path) is no file that can be replaced")
      }
    }
    // An authority of another place, or of another name.
    let old = try? Files.certificates(files.certificate).first
    guard old?.basicConstraints?.isAuthority != true else {
      throw Failure(.usage, "\(files.certificate) is an authority's, and never replaced")
    }
  }

  /// How it is made.
  ///
  /// - Parameter latestEnd: when the issuer's certificate expires, if that is known.
  func builder(now: Timestamp, latestEnd: Timestamp? = nil) -> CertificateBuilder {
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
        (
          now.adding(seconds: -3600),
          [now.adding(seconds: length), latestEnd].compactMap(\.self).min() ?? now
        )
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
