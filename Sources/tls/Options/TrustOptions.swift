import ArgumentParser
import TLSCertificates

/// Who is trusted: the same for `verify` and `connect`.
struct TrustOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The roots to trust instead of the platform's: a file, PEM or DER, or a directory of them; "
        + "again for more.", valueName: "path"))
  var ca: [String] = []

  @Option(
    help: ArgumentHelp(
      "Roots to trust besides the platform's, or besides those of --ca; again for more.",
      valueName: "path"))
  var addCa: [String] = []

  /// Whether the platform's roots alone are trusted.
  var isDefault: Bool { ca.isEmpty && addCa.isEmpty }

  /// The roots, and where they are from.
  func trust() throws -> Trusted {
    var trusted = Trusted()
    if ca.isEmpty {
      let platform = try TrustRoots.platform
      let places = platform.sources.filter { $0.count > 0 }.map(\.path)
      trusted.add(platform, from: "the platform's: \(places.joined(separator: ", "))")
    }
    for path in ca + addCa { trusted.add(try Files.roots(path), from: path) }
    return trusted
  }
}

/// Roots, and where each is from.
struct Trusted {
  private(set) var roots = TrustRoots(certificates: [])
  private var places: [(name: String, roots: TrustRoots)] = []

  mutating func add(_ more: TrustRoots, from name: String) {
    roots = roots.adding(more)
    places.append((name, more))
  }

  /// Where a root is from; `nil` for what is none.
  func place(of certificate: Certificate) -> String? {
    places.first { $0.roots.contains(certificate) }?.name
  }
}
