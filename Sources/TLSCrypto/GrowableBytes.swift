extension Array where Element == UInt8 {
  /// An array of what `body` writes into room for `capacity` bytes: no zeros first, no copy after.
  ///
  /// - Parameter body: writes as many bytes as it says, from the start on.
  package init<E: Error>(
    capacity: Int, initializingWith body: (inout MutableRawSpan) throws(E) -> Int
  ) throws(E) {
    try self.init(capacity: capacity) { (output: inout OutputSpan<UInt8>) throws(E) in
      try unsafe output.withUnsafeMutableBufferPointer { (buffer, initialized) throws(E) in
        let room = UnsafeMutableRawBufferPointer(buffer)
        var span = unsafe MutableRawSpan(_unsafeBytes: room)
        initialized = try body(&span)
      }
    }
  }

  /// Appends `count` bytes that `body` writes in place: no zeros first, no copy after.
  ///
  /// - Parameter body: writes every byte. If it throws, the array is as it was.
  package mutating func append<E: Error>(
    count: Int, initializingWith body: (inout MutableRawSpan) throws(E) -> Void
  ) throws(E) {
    try append(addingCapacity: count) { (output: inout OutputSpan<UInt8>) throws(E) in
      try unsafe output.withUnsafeMutableBufferPointer { (buffer, initialized) throws(E) in
        let raw = UnsafeMutableRawBufferPointer(buffer)
        var span = unsafe MutableRawSpan(_unsafeBytes: raw)
        try body(&span)
        initialized = count
      }
    }
  }

  /// Appends what a peer sends bit by bit, of something that will have `byteCount` bytes in the end.
  ///
  /// An array that grows by itself doubles its room, whatever is needed: nearly twice of it in the end.
  /// This one doubles too, so that a peer has no more kept than twice what it sent, but ends where what
  /// comes ends.
  package mutating func append(_ bytes: RawSpan, roomFor byteCount: Int) {
    let needed = count + bytes.byteCount
    if needed > capacity { reserveCapacity(Swift.max(needed, Swift.min(2 * needed, byteCount))) }
    append(contentsOf: bytes)
  }
}
