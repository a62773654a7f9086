extension Array where Element == UInt8 {
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
}
