/// Where a file is, or would be: many paths lead to one place.
struct FilePlace {
  private let path: String
  /// The file that is there, through all links.
  private let file: Descriptor.Place?
  private let directory: Descriptor.Place?
  private let name: [UInt8]

  init(_ path: String) {
    self.path = path
    let bytes = Array(path.utf8)
    let slash = bytes.lastIndex(of: UInt8(ascii: "/"))
    file = Descriptor.place(path)
    directory = Descriptor.place(
      slash.map { $0 == 0 ? "/" : String(decoding: bytes[..<$0], as: UTF8.self) } ?? ".")
    name = Array(bytes[(slash.map { $0 + 1 } ?? 0)...])
  }

  /// Whether it is in a directory that is there.
  var hasDirectory: Bool { directory != nil }

  /// Whether another file can be put in its place: there is an ordinary one, or none.
  var isReplaceable: Bool { file?.isRegular ?? true }

  /// Whether both are one file, or would be.
  func isSame(as other: FilePlace) -> Bool {
    if let file, file == other.file { return true }
    guard let directory, let otherDirectory = other.directory else { return path == other.path }
    return directory == otherDirectory && name == other.name
  }
}
