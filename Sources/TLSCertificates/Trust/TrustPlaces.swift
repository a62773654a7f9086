/// Where a system keeps its roots.
struct TrustPlaces: Sendable, Hashable {
  /// Whose places these are.
  let system: String
  /// Files that hold all roots.
  var bundles: [String] = []
  /// Directories with a file for each root.
  var directories: [String] = []

  /// The systems that are known. A bundle is read faster than a directory: all bundles come first,
  /// in this order, and then all directories.
  static let all = [
    TrustPlaces(
      system: "Debian, Ubuntu", bundles: ["/etc/ssl/certs/ca-certificates.crt"],
      directories: ["/etc/ssl/certs"]),
    TrustPlaces(
      system: "Fedora, RHEL",
      bundles: [
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/pki/tls/cert.pem",
      ],
      directories: [
        "/etc/pki/ca-trust/extracted/pem/directory-hash", "/etc/pki/tls/certs",
      ]),
    TrustPlaces(
      system: "Amazon Linux",
      bundles: [
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/pki/tls/certs/ca-bundle.crt",
      ]),
    TrustPlaces(
      system: "SUSE",
      bundles: ["/etc/ssl/ca-bundle.pem", "/var/lib/ca-certificates/ca-bundle.pem"],
      directories: ["/etc/ssl/certs", "/var/lib/ca-certificates/pem"]),
    TrustPlaces(
      system: "Alpine", bundles: ["/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem"],
      directories: ["/etc/ssl/certs"]),
    TrustPlaces(
      system: "Arch",
      bundles: [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/ca-certificates/extracted/tls-ca-bundle.pem",
        "/etc/ssl/cert.pem",
      ],
      directories: ["/etc/ssl/certs", "/etc/ca-certificates/extracted/cadir"]),
    TrustPlaces(
      system: "NixOS",
      bundles: ["/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/certs/ca-bundle.crt"]),
    TrustPlaces(
      system: "FreeBSD",
      bundles: [
        "/etc/ssl/cert.pem", "/usr/local/etc/ssl/cert.pem",
        "/usr/local/share/certs/ca-root-nss.crt",
      ],
      directories: ["/etc/ssl/certs", "/usr/share/certs/trusted"]),
    TrustPlaces(system: "OpenBSD", bundles: ["/etc/ssl/cert.pem"]),
    TrustPlaces(
      system: "Android",
      directories: ["/apex/com.android.conscrypt/cacerts", "/system/etc/security/cacerts"]),
  ]

  /// The bundles of all systems, each once.
  static let allBundles = distinct(all.flatMap(\.bundles))

  /// The directories of all systems, each once.
  static let allDirectories = distinct(all.flatMap(\.directories))

  private static func distinct(_ paths: [String]) -> [String] {
    var seen: Set<String> = []
    return paths.filter { seen.insert($0).inserted }
  }
}
