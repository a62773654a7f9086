// All that is unsafe in the command: files, standard streams and sockets, in small functions.

import Glibc

/// What the operating system said no to.
struct SystemError: Error, CustomStringConvertible {
  let operation: String
  let problem: String

  /// Whether it is about a socket, and not about something on this machine alone.
  let isOfNetwork: Bool

  init(_ operation: String, problem: String, isOfNetwork: Bool = true) {
    self.operation = operation
    self.problem = problem
    self.isOfNetwork = isOfNetwork
  }

  init(_ operation: String, code: Int32 = errno, isOfNetwork: Bool = true) {
    self.init(
      operation, problem: unsafe String(cString: strerror(code)), isOfNetwork: isOfNetwork)
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

  /// Opens a file to read it.
  static func reading(_ path: String) throws -> Descriptor {
    let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw SystemError("cannot open \(path)", isOfNetwork: false) }
    return Descriptor(number, path)
  }

  /// Opens a file to add secrets to its end; nobody else may read what is created.
  static func appendingSecrets(to path: String) throws -> Descriptor {
    let number = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard number >= 0 else { throw SystemError("cannot write \(path)", isOfNetwork: false) }
    return Descriptor(number, path)
  }

  /// Opens a file to write it anew, for everybody to read.
  static func replacing(_ path: String) throws -> Descriptor {
    let number = unsafe open(path, O_WRONLY | O_TRUNC | O_CREAT | O_CLOEXEC, 0o644)
    guard number >= 0 else { throw SystemError("cannot write \(path)", isOfNetwork: false) }
    return Descriptor(number, path)
  }

  /// Reads what there is, at most so many bytes; nothing at the end.
  func read(atMost count: Int) throws -> [UInt8] {
    while true {
      var result = 0
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        result = unsafe Glibc.read(number, buffer.baseAddress, count)
        initialized = max(0, result)
      }
      if result >= 0 { return bytes }
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

/// What the rest of the process must know of the system.
enum Process {
  /// A peer that is gone is an error of the write, and does not end the process.
  static func ignoreBrokenPipes() {
    _ = signal(SIGPIPE, SIG_IGN)
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

  /// The next connection.
  static func accept(_ listener: Descriptor) throws -> Descriptor {
    while true {
      let number = Glibc.accept(listener.number, nil, nil)
      if number >= 0 {
        configure(number)
        return Descriptor(socket: number, "the peer")
      }
      switch errno {
      // The peer may have gone again, which is no reason to stop listening.
      case EINTR, ECONNABORTED, EPROTO: continue
      // Too much is open: less will be in a while.
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: usleep(100_000)
      default: throw SystemError("cannot accept")
      }
    }
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

  /// Says that nothing more will be written.
  static func shutdownWriting(_ socket: Descriptor) {
    _ = shutdown(socket.number, Int32(SHUT_WR))
  }

  private static func open(_ family: Int32, _ name: String) throws -> Descriptor {
    let number = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw SystemError("cannot open a socket") }
    configure(number)
    return Descriptor(socket: number, name)
  }

  /// Small records are not held back for larger ones, and a peer that does not read is not waited for
  /// longer than half a minute.
  private static func configure(_ number: Int32) {
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
