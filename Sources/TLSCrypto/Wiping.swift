#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Android)
  internal import Android
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Overwriting what must not be found later.
enum Wiping {
  /// Overwrites memory with zeros in a way that the optimiser may not leave out.
  static func wipe(_ memory: UnsafeMutableRawBufferPointer) {
    guard let start = memory.baseAddress else { return }
    unsafe explicit_bzero(start, memory.count)
  }
}

extension MutableRawSpan {
  /// Overwrites all of it with zeros in a way that the optimiser may not leave out.
  package mutating func wipe() {
    unsafe withUnsafeMutableBytes { unsafe Wiping.wipe($0) }
  }
}

extension Array where Element == UInt8 {
  /// Overwrites all of it with zeros. What else shares the array's storage keeps it.
  package mutating func wipe() {
    unsafe withUnsafeMutableBytes { unsafe Wiping.wipe($0) }
  }
}
