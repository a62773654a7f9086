/// Where the files are that vectors name: the folder `Vectors`.
struct VectorPlaces: Sendable {
  /// The folder's path.
  let root: String

  /// The folder of the certificates, keys and other files of both sides.
  var identities: String { "\(root)/identities" }

  /// The folder of the peers' scripts.
  var peers: String { "\(root)/peers" }

  /// The folder that a file of this path lies in, or a folder below it does.
  ///
  /// - Throws: if no folder above has both `identities` and `peers`.
  static func around(_ path: String) throws -> VectorPlaces {
    var folder = path
    while let slash = folder.lastIndex(of: "/") {
      folder = String(folder[..<slash])
      let places = VectorPlaces(root: folder.isEmpty ? "/" : folder)
      if places.isComplete { return places }
    }
    let here = VectorPlaces(root: ".")
    if here.isComplete { return here }
    throw Failure(
      .usage, "\(path): a vector needs the folders identities and peers, in a folder above it")
  }

  private var isComplete: Bool {
    Descriptor.isDirectory(identities) && Descriptor.isDirectory(peers)
  }

  /// A word of a head with the folders that stand for `{identities}` and so on.
  ///
  /// - Parameter scratch: the folder for what is made while recording; a replay has none.
  func resolved(_ word: String, scratch: String? = nil) -> String {
    var text = ""
    var rest = word[...]
    while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
      text += rest[..<start]
      switch rest[rest.index(after: start)..<end] {
      case "identities": text += identities
      case "peers": text += peers
      case "scratch" where scratch != nil: text += scratch ?? ""
      default: text += rest[start...end]
      }
      rest = rest[rest.index(after: end)...]
    }
    return text + rest
  }
}
