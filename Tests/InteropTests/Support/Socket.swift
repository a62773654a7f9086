import Glibc

/// A TCP socket on loopback: as little of it as the tests need. All that is unsafe in them is here.
final class Socket: Sendable {
  /// What the kernel said no to.
  struct Failure: Error, CustomStringConvertible {
    let operation: String
    let code: Int32

    var description: String { "\(operation) failed: \(unsafe String(cString: strerror(code)))" }
  }

  private let descriptor: Int32

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    _ = Glibc.close(descriptor)
  }

  /// A socket that listens on a free port of 127.0.0.1.
  static func listen() throws -> Socket {
    let socket = Socket(try check("socket", Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)))
    var address = loopback(port: 0)
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(socket.descriptor, $0, size)
      }
    }
    _ = try check("bind", bound)
    _ = try check("listen", Glibc.listen(socket.descriptor, 16))
    return socket
  }

  /// A connection to a port of 127.0.0.1.
  static func connect(toPort port: UInt16) throws -> Socket {
    let socket = Socket(try check("socket", Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)))
    var address = loopback(port: port)
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let connected = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe Glibc.connect(socket.descriptor, $0, size)
      }
    }
    _ = try check("connect", connected)
    try socket.configure()
    return socket
  }

  /// The port that a listening socket got.
  var port: UInt16 {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe getsockname(descriptor, $0, &size)
      }
    }
    return UInt16(bigEndian: address.sin_port)
  }

  /// Waits for a connection, but not for ever.
  func accept(withinMilliseconds limit: Int32 = 60_000) throws -> Socket {
    try wait(forMilliseconds: limit)
    let accepted = Socket(
      try Self.check("accept", Glibc.accept(descriptor, nil, nil)))
    try accepted.configure()
    return accepted
  }

  /// What has come, at most so many bytes; empty at the end of the stream.
  func read(atMost count: Int = 65_536) throws -> [UInt8] {
    try unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      let received = unsafe recv(descriptor, buffer.baseAddress, count, 0)
      initialized = max(0, received)
      _ = try Self.check("recv", Int32(truncatingIfNeeded: min(received, 0)))
    }
  }

  /// Writes all of it.
  func write(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe send(
          descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent,
          Int32(MSG_NOSIGNAL))
      }
      _ = try Self.check("send", Int32(truncatingIfNeeded: min(count, 0)))
      sent += max(0, count)
    }
  }

  /// Says that nothing more will be written.
  func shutdownWriting() {
    _ = shutdown(descriptor, Int32(SHUT_WR))
  }

  private func wait(forMilliseconds limit: Int32) throws {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let ready = try Self.check("poll", unsafe poll(&request, 1, limit))
    guard ready > 0 else { throw Failure(operation: "waiting for a connection", code: ETIMEDOUT) }
  }

  /// No waiting for ever, and no holding back of small records for larger ones.
  private func configure() throws {
    var yes: Int32 = 1
    _ = try Self.check(
      "setsockopt",
      unsafe setsockopt(
        descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size)))
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      _ = try Self.check(
        "setsockopt", unsafe setsockopt(descriptor, SOL_SOCKET, option, &limit, size))
    }
  }

  private static func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
  }

  private static func check(_ operation: String, _ result: Int32) throws -> Int32 {
    guard result >= 0 else { throw Failure(operation: operation, code: errno) }
    return result
  }
}
