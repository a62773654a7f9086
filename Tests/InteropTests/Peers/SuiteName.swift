import TLSEngine

/// What the registry's name of a suite says, in the parts that other stacks build their names from.
struct SuiteName {
  /// `ECDHE` or `DHE`.
  let exchange: String

  /// `ECDSA`, `RSA` or `PSK`.
  let authentication: String

  /// `AES_128_GCM`, `AES_256_CCM_8`, `AES_128_CBC`, `CHACHA20_POLY1305`.
  let cipher: String

  /// `SHA`, `SHA256` or `SHA384`; the names of CCM suites have none.
  let hash: String?

  init(_ suite: CipherSuite) {
    let sides = suite.description.split(separator: "_WITH_", maxSplits: 1)
    let left = (sides.first ?? "").split(separator: "_")
    exchange = left.dropFirst().first.map(String.init) ?? ""
    authentication = left.last.map(String.init) ?? ""
    var right = (sides.dropFirst().first ?? "").split(separator: "_")
    hash = right.last.flatMap { $0.hasPrefix("SHA") ? String($0) : nil }
    if hash != nil { right.removeLast() }
    cipher = right.joined(separator: "_")
  }

  var isCCM: Bool { cipher.contains("CCM") }
  var isCBC: Bool { cipher.hasSuffix("CBC") }
  var isPSK: Bool { authentication == "PSK" }
  var isDHE: Bool { exchange == "DHE" }

  /// OpenSSL's name, such as `ECDHE-RSA-AES128-GCM-SHA256` or `DHE-RSA-AES256-CCM8`.
  var openssl: String {
    let pieces = cipher.split(separator: "_").map(String.init)
    let start = "\(exchange)-\(authentication)-"
    guard pieces.count > 2 else { return start + pieces.joined(separator: "-") }
    let key = pieces[0] + pieces[1]
    switch pieces.dropFirst(2).joined() {
    case "GCM": return start + "\(key)-GCM-\(hash ?? "")"
    case "CBC": return start + "\(key)-\(hash ?? "")"
    case let mode: return start + "\(key)-\(mode)"
    }
  }

  /// mbed TLS's name: the registry's, with hyphens.
  static func mbedTLS(_ suite: CipherSuite) -> String {
    suite.description.replacing("_", with: "-")
  }
}
