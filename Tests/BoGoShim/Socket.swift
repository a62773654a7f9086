// All that is unsafe in the shim: a socket to the runner, and reading a file.

import Glibc

/// The connection to the runner, which listens on loopback.
final class Socket {
  private let number: Int32

  init(port: UInt16, isIPv6: Bool) throws {
    number = socket(isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard number >= 0 else { throw Unexpected("no socket") }
    var yes: Int32 = 1
    unsafe setsockopt(
      number, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    let code = isIPv6 ? Self.connect6(number, port) : Self.connect4(number, port)
    guard code == 0 else { throw Unexpected("the runner is not there: \(errno)") }
  }

  private static func connect4(_ number: Int32, _ port: UInt16) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(INADDR_LOOPBACK).bigEndian)
    return connect(number, &address)
  }

  private static func connect6(_ number: Int32, _ port: UInt16) -> Int32 {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = port.bigEndian
    address.sin6_addr = in6addr_loopback
    return connect(number, &address)
  }

  private static func connect<Address>(_ number: Int32, _ address: inout Address) -> Int32 {
    unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe Glibc.connect(number, $0, socklen_t(MemoryLayout<Address>.size))
      }
    }
  }

  /// What has come, which is nothing at the end.
  func read() throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe Glibc.read(number, &bytes, bytes.count)
    // A runner that has seen enough resets the connection: that is its end.
    guard count >= 0 || errno == ECONNRESET else { throw Unexpected("cannot read: \(errno)") }
    return Array(bytes.prefix(max(count, 0)))
  }

  /// Writes all of it. A runner that has gone away is no error: what it expects shows elsewhere.
  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Says that nothing more comes, and waits for the runner to say the same: closing while it still
  /// writes would reset the connection, and lose the alert on its way.
  func finish() {
    shutdown(number, Int32(SHUT_WR))
    while let bytes = try? read(), !bytes.isEmpty {}
    close(number)
  }
}

/// Says something on standard error.
func complain(_ sentence: String) {
  let line = Array((sentence + "\n").utf8)
  _ = unsafe Glibc.write(2, line, line.count)
}

extension [UInt8] {
  /// The bytes of a secret, for those it is meant for.
  init(copying bytes: RawSpan) {
    self = unsafe bytes.withUnsafeBytes { unsafe Array($0) }
  }
}

/// All of a file.
func contents(of path: String) throws -> [UInt8] {
  let file = unsafe open(path, O_RDONLY)
  guard file >= 0 else { throw Unexpected("cannot open \(path)") }
  defer { close(file) }
  var all: [UInt8] = []
  var part = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = unsafe Glibc.read(file, &part, part.count)
    guard count >= 0 else { throw Unexpected("cannot read \(path)") }
    if count == 0 { return all }
    all += part.prefix(count)
  }
}
