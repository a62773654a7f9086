#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Android)
  internal import Android
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The few things of the operating system that the modules above need: here, because they take
/// `unsafe`, and because Foundation would be a large thing to load for them.
package enum Platform {
  /// A variable of the process's environment.
  package static func environment(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  /// The contents of a file of at most `limit` bytes.
  package static func readFile(
    _ path: String, limit: Int
  ) throws(PlatformError) -> [UInt8] {
    // Nothing that is no file may keep us waiting, as a pipe would.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw PlatformError(path, "open", errno) }
    defer { _ = close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw PlatformError(path, "read", errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw PlatformError(path, "read", EISDIR) }
    var contents: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    defer { buffer.wipe() }
    contents.reserveCapacity(min(limit, max(0, Int(status.st_size))) + 1)
    while true {
      let count = unsafe read(descriptor, &buffer, buffer.count)
      guard count >= 0 else {
        if errno == EINTR { continue }
        throw PlatformError(path, "read", errno)
      }
      guard count > 0 else { return contents }
      guard contents.count + count <= limit else {
        throw PlatformError(path: path, message: "is larger than \(limit) bytes")
      }
      contents += buffer[..<count]
    }
  }

  /// The names in a directory, sorted, without `.` and `..`.
  package static func listDirectory(_ path: String) throws(PlatformError) -> [String] {
    guard let directory = unsafe opendir(path) else { throw PlatformError(path, "open", errno) }
    defer { _ = unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// What tells one file from another, whatever names it has.
  package struct FileIdentity: Sendable, Hashable {
    private let device: UInt64
    private let number: UInt64

    fileprivate init(_ status: stat) {
      device = UInt64(truncatingIfNeeded: status.st_dev)
      number = UInt64(truncatingIfNeeded: status.st_ino)
    }
  }

  /// The identity of the file that a path leads to, or `nil` if it leads to none: to a directory, a
  /// pipe, or nowhere.
  package static func fileIdentity(_ path: String) -> FileIdentity? {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return FileIdentity(status)
  }

  /// The four or sixteen bytes of an IP address, or `nil` if the text is none.
  package static func parseIPAddress(_ text: String) -> [UInt8]? {
    // An embedded zero would end the text early.
    guard !text.utf8.contains(0) else { return nil }
    var bytes = [UInt8](repeating: 0, count: 16)
    if unsafe inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes.prefix(4)) }
    return unsafe inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
  }
}

/// Why a file or a directory could not be read.
package struct PlatformError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file or the directory.
  package let path: String
  /// What is wrong with it, to be read after its name.
  package let message: String

  init(path: String, message: String) {
    self.path = path
    self.message = message
  }

  init(_ path: String, _ operation: String, _ code: Int32) {
    self.init(
      path: path,
      message: "cannot be \(operation == "open" ? "opened" : "read"): "
        + (unsafe String(cString: strerror(code))))
  }

  /// The path and what is wrong with it.
  package var description: String { "\(path) \(message)" }
}
