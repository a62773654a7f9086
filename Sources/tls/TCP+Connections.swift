import Glibc

extension TCP {
  /// The next connection.
  static func accept(_ listener: Descriptor) throws -> Descriptor {
    while true {
      let number = Glibc.accept(listener.number, nil, nil)
      if number >= 0 {
        configure(number)
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
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

  /// Says that nothing more will be written.
  static func shutdownWriting(_ socket: Descriptor) {
    _ = shutdown(socket.number, Int32(SHUT_WR))
  }
}
