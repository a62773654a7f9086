// All that is unsafe in the command: files, standard streams and sockets, in small functions.

import Glibc
import TLSCrypto

/// What the operating system said no to.
struct SystemError: Error, CustomStringConvertible {
  let operation: String
  let problem: String

  /// Whether it is about a socket, and not about something on this machine alone.
  let isOfNetwork: Bool

  /// Whether a file is simply not there.
  private(set) var isAbsence = false

  init(_ operation: String, problem: String, isOfNetwork: Bool = true) {
    self.operation = operation
    self.problem = problem
    self.isOfNetwork = isOfNetwork
  }

  init(_ operation: String, code: Int32 = errno, isOfNetwork: Bool = true) {
    self.init(
      operation, problem: unsafe String(cString: strerror(code)), isOfNetwork: isOfNetwork)
    isAbsence = code == ENOENT
  }

  var description: String { "\(operation): \(problem)" }
}

/// An open file, pipe or socket, closed when the last reference goes.
final class Descriptor: Sendable {
  let number: Int32
  private let isOwned: Bool

  /// What it is called in errors.
  private let name: String
  private let isSocket: Bool

  static let standardInput = Descriptor(0, "standard input", isOwned: false)
  static let standardOutput = Descriptor(1, "standard output", isOwned: false)
  static let standardError = Descriptor(2, "standard error", isOwned: false)

  private init(_ number: Int32, _ name: String, isOwned: Bool = true) {
    self.number = number
    self.name = name
    self.isOwned = isOwned
    isSocket = false
  }

  /// A descriptor that is ours to close.
  init(owning number: Int32, _ name: String) {
    self.number = number
    self.name = name
    isOwned = true
    isSocket = false
  }

  /// A socket.
  init(socket number: Int32, _ name: String) {
    self.number = number
    self.name = name
    isOwned = true
    isSocket = true
  }

  deinit {
    if isOwned { _ = close(number) }
  }

  private static func opening(
    _ path: String, _ flags: Int32, mode: mode_t = 0, to operation: String
  ) throws -> Descriptor {
    let number = unsafe open(path, flags | O_CLOEXEC, mode)
    guard number >= 0 else {
      throw SystemError("cannot \(operation) \(path.printable)", isOfNetwork: false)
    }
    return Descriptor(number, path)
  }

  /// Opens a file to read it.
  static func reading(_ path: String) throws -> Descriptor {
    try opening(path, O_RDONLY, to: "open")
  }

  /// Opens a file to add secrets to its end; nobody else may read what is created.
  static func appendingSecrets(to path: String) throws -> Descriptor {
    try opening(path, O_WRONLY | O_APPEND | O_CREAT, mode: 0o600, to: "write")
  }

  /// Opens a file to write it anew, for everybody to read.
  static func replacing(_ path: String) throws -> Descriptor {
    try opening(path, O_WRONLY | O_TRUNC | O_CREAT, mode: 0o644, to: "write")
  }

  /// Who may read a file.
  enum Readers {
    case owner
    case everybody

    fileprivate var mode: mode_t {
      switch self {
      case .owner: 0o600
      case .everybody: 0o644
      }
    }
  }

  /// Writes a file in place of what is there: all of it or nothing, so that what was there is never
  /// lost to half of what comes.
  static func replace(_ path: String, with bytes: RawSpan, for readers: Readers) throws {
    let new = "\(path).\(getpid()).new"
    try create(new, with: bytes, for: readers)
    guard unsafe rename(new, path) == 0 else {
      let error = SystemError("cannot write \(path.printable)", isOfNetwork: false)
      remove(new)
      throw error
    }
  }

  /// Writes a file that is not there yet: what another process makes in the meantime stays as it is.
  /// Nothing stays of what cannot be written to its end.
  static func create(_ path: String, with bytes: RawSpan, for readers: Readers) throws {
    let file = try opening(path, O_WRONLY | O_CREAT | O_EXCL, mode: readers.mode, to: "write")
    do {
      try file.write(bytes)
    } catch {
      remove(path)
      throw error
    }
  }

  /// Removes a file, if it is there.
  static func remove(_ path: String) {
    _ = unsafe unlink(path)
  }

  /// What a path leads to, through all links.
  struct Place: Hashable {
    let device: UInt64
    let number: UInt64
    /// Whether it is an ordinary file, which another can be put in place of.
    let isRegular: Bool
  }

  /// What a path leads to; `nil` for nothing, or what cannot be seen.
  static func place(_ path: String) -> Place? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return Place(
      device: UInt64(status.st_dev), number: UInt64(status.st_ino),
      isRegular: status.st_mode & S_IFMT == S_IFREG)
  }

  /// Whether there is a directory of this name.
  static func isDirectory(_ path: String) -> Bool {
    let number = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { return false }
    close(number)
    return true
  }

  /// Reads what there is, at most so many bytes; nothing at the end.
  func read(atMost count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var span = bytes.mutableRawSpan
    let length = try read(into: &span)
    return Array(bytes.prefix(length))
  }

  /// Reads what there is into `bytes`, as much as fits.
  ///
  /// - Returns: how much it was; nothing at the end.
  func read(into bytes: inout MutableRawSpan) throws -> Int {
    while true {
      let count = unsafe bytes.withUnsafeMutableBytes {
        unsafe Glibc.read(number, $0.baseAddress, $0.count)
      }
      if count >= 0 { return count }
      guard errno == EINTR else {
        throw SystemError("cannot read from \(name)", isOfNetwork: isSocket)
      }
    }
  }

  /// Writes all of it.
  func write(_ bytes: [UInt8]) throws {
    try unsafe bytes.withUnsafeBytes { try unsafe write($0) }
  }

  /// Writes all of it.
  func write(_ bytes: RawSpan) throws {
    try unsafe bytes.withUnsafeBytes { try unsafe write($0) }
  }

  /// Writes a line and its end at once, so that no other thread's comes between.
  func writeLine(_ line: RawSpan) throws {
    let end: [UInt8] = [0x0a]
    let count = unsafe line.withUnsafeBytes { line in
      unsafe end.withUnsafeBytes { end in
        let parts = unsafe [
          iovec(iov_base: UnsafeMutableRawPointer(mutating: line.baseAddress), iov_len: line.count),
          iovec(iov_base: UnsafeMutableRawPointer(mutating: end.baseAddress), iov_len: end.count),
        ]
        return unsafe writev(number, parts, Int32(parts.count))
      }
    }
    guard count == line.byteCount + end.count else {
      throw SystemError("cannot write to \(name)", isOfNetwork: false)
    }
  }

  private func write(_ buffer: UnsafeRawBufferPointer) throws {
    var written = 0
    while written < buffer.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
      let count = unsafe Glibc.write(number, rest.baseAddress, rest.count)
      if count >= 0 {
        written += count
      } else if errno == EAGAIN, isSocket {
        throw SystemError("cannot write to \(name)", problem: "it has read nothing for 30 seconds")
      } else if errno != EINTR {
        throw SystemError("cannot write to \(name)", isOfNetwork: isSocket)
      }
    }
  }
}

/// Waiting for one of several descriptors.
enum Readiness {
  /// Waits until there is something to read, or an end.
  ///
  /// - Returns: for each, whether there is; `nil` if so much time has passed.
  static func wait(_ descriptors: [Descriptor], milliseconds: Int32) throws -> [Bool]? {
    var entries = descriptors.map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
    while true {
      let count = unsafe poll(&entries, nfds_t(entries.count), milliseconds)
      if count > 0 { return entries.map { $0.revents != 0 } }
      if count == 0 { return nil }
      guard errno == EINTR else { throw SystemError("cannot wait") }
    }
  }
}

/// TCP.
enum TCP {
  /// Connects to the first address of a host that answers within ten seconds.
  static func connect(host: String, port: UInt16) throws -> Descriptor {
    var failure = SystemError("cannot connect to \(host)", problem: "it has no address")
    let connected = try unsafe withAddresses(host, port, isPassive: false) { address in
      let socket = try open(unsafe address.pointee.ai_family, "\(host) port \(port)")
      do {
        try unsafe connect(socket, address, "cannot connect to \(host) port \(port)")
        return socket
      } catch let error as SystemError {
        failure = error
        return nil
      }
    }
    guard let connected else { throw failure }
    return connected
  }

  /// Listens on an address of this machine.
  static func listen(host: String, port: UInt16) throws -> Descriptor {
    let found = try unsafe withAddresses(host, port, isPassive: true) { address in
      let socket = try open(unsafe address.pointee.ai_family, "\(host) port \(port)")
      var yes: Int32 = 1
      unsafe setsockopt(
        socket.number, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
      guard
        unsafe bind(socket.number, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0,
        Glibc.listen(socket.number, 64) == 0
      else { throw SystemError("cannot listen on \(host) port \(port)") }
      return socket
    }
    guard let found else { throw SystemError("cannot listen on \(host)", problem: "no address") }
    return found
  }

  /// The port that a socket is bound to.
  static func port(of socket: Descriptor) throws -> UInt16 {
    var address = sockaddr_storage()
    var count = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let code = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe getsockname(socket.number, $0, &count)
      }
    }
    guard code == 0 else { throw SystemError("cannot name the port") }
    return unsafe withUnsafePointer(to: &address) { pointer in
      // The port stands at the same place for IPv4 and IPv6.
      unsafe pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        unsafe UInt16(bigEndian: $0.pointee.sin_port)
      }
    }
  }

  private static func open(_ family: Int32, _ name: String) throws -> Descriptor {
    let number = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw SystemError("cannot open a socket") }
    configure(number)
    return Descriptor(socket: number, name)
  }

  /// Small records are not held back for larger ones, and a peer that does not read is not waited for
  /// longer than half a minute.
  static func configure(_ number: Int32) {
    var yes: Int32 = 1
    unsafe setsockopt(
      number, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    var limit = timeval(tv_sec: 30, tv_usec: 0)
    unsafe setsockopt(
      number, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  private static func connect(
    _ socket: Descriptor, _ address: UnsafeMutablePointer<addrinfo>, _ operation: String
  ) throws {
    let flags = fcntl(socket.number, F_GETFL)
    _ = fcntl(socket.number, F_SETFL, flags | O_NONBLOCK)
    let code = unsafe Glibc.connect(
      socket.number, address.pointee.ai_addr, address.pointee.ai_addrlen)
    if code != 0 {
      guard errno == EINPROGRESS else { throw SystemError(operation) }
      var entry = pollfd(fd: socket.number, events: Int16(POLLOUT), revents: 0)
      guard unsafe poll(&entry, 1, 10_000) > 0 else {
        throw SystemError(operation, problem: "no answer within 10 seconds")
      }
      var problem: Int32 = 0
      var count = socklen_t(MemoryLayout<Int32>.size)
      unsafe getsockopt(socket.number, SOL_SOCKET, SO_ERROR, &problem, &count)
      guard problem == 0 else { throw SystemError(operation, code: problem) }
    }
    _ = fcntl(socket.number, F_SETFL, flags)
  }

  /// Hands out the addresses of a host in turn until `body` makes something of one.
  private static func withAddresses(
    _ host: String, _ port: UInt16, isPassive: Bool,
    _ body: (UnsafeMutablePointer<addrinfo>) throws -> Descriptor?
  ) throws -> Descriptor? {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = isPassive ? AI_PASSIVE : 0
    var list: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(host, "\(port)", &hints, &list)
    guard code == 0 else {
      throw SystemError("cannot find \(host)", problem: unsafe String(cString: gai_strerror(code)))
    }
    defer { unsafe freeaddrinfo(list) }
    var next = unsafe list
    while let address = unsafe next {
      if let made = try unsafe body(address) { return made }
      unsafe next = address.pointee.ai_next
    }
    return nil
  }
}
