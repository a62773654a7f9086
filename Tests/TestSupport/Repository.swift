internal import TLSCrypto

/// Where the package lies on this machine.
package enum Repository {
  /// The package's folder: the nearest one above this file that has a `Package.swift`.
  package static let root: String = {
    var folders = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    while !folders.isEmpty {
      let folder = folders.joined(separator: "/")
      if (try? Platform.readFile("\(folder)/Package.swift", limit: 1 << 20)) != nil {
        return folder
      }
      folders.removeLast()
    }
    // Then no file is found, and what looks for one says where it looked.
    return "."
  }()

  /// The path of a file of the package, such as `Vectors/primitives/hmac.txt`.
  package static func path(_ relative: String) -> String { "\(root)/\(relative)" }
}
