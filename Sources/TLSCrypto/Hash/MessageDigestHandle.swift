internal import CGcrypt

/// What libgcrypt hashes with, by its number.
protocol MessageDigestAlgorithm: CustomStringConvertible {
  /// libgcrypt's number for the hash function.
  var algorithm: Int32 { get }

  /// The length of a digest, in bytes.
  var digestByteCount: Int { get }
}

/// A libgcrypt handle that hashes, with or without a key. Closing it wipes what it held.
@safe
struct MessageDigestHandle: ~Copyable, @unchecked Sendable {
  private let handle: gcry_md_hd_t
  private let digestByteCount: Int

  private init(adopting handle: gcry_md_hd_t, _ digestByteCount: Int) {
    unsafe self.handle = handle
    self.digestByteCount = digestByteCount
  }

  deinit {
    unsafe gcry_md_close(handle)
  }

  static func open(
    _ function: some MessageDigestAlgorithm, isKeyed: Bool
  ) throws(CryptoError) -> MessageDigestHandle {
    try Library.initialize()
    var handle: gcry_md_hd_t?
    let flags = isKeyed ? UInt32(GCRY_MD_FLAG_HMAC.rawValue) : 0
    try unsafe CryptoError.check(gcry_md_open(&handle, function.algorithm, flags), "gcry_md_open")
    guard let handle = unsafe handle else { throw .unsupported("\(function) is not available") }
    return unsafe MessageDigestHandle(adopting: handle, function.digestByteCount)
  }

  /// The digest of what is there at once: nothing need be allocated for it.
  static func digest(
    of bytes: RawSpan, using function: HashFunction
  ) throws(CryptoError) -> Digest {
    try Library.initialize()
    // gcry_md_hash_buffer stops the process where it cannot hash.
    try CryptoError.check(
      gcry_md_algo_info(function.algorithm, Int32(GCRYCTL_TEST_ALGO.rawValue), nil, nil),
      "gcry_md_hash_buffer")
    return Digest(count: function.digestByteCount) { output in
      unsafe output.withUnsafeMutableBytes { output in
        unsafe bytes.withUnsafeBytes { bytes in
          guard let start = output.baseAddress else { return }
          unsafe gcry_md_hash_buffer(function.algorithm, start, bytes.baseAddress, bytes.count)
        }
      }
    }
  }

  func setKey(_ key: RawSpan) throws(CryptoError) {
    let code = unsafe key.withUnsafeBytes {
      unsafe gcry_md_setkey(handle, $0.baseAddress, $0.count)
    }
    try CryptoError.check(code, "gcry_md_setkey")
  }

  func copy() throws(CryptoError) -> MessageDigestHandle {
    var copied: gcry_md_hd_t?
    try unsafe CryptoError.check(gcry_md_copy(&copied, handle), "gcry_md_copy")
    guard let copied = unsafe copied else { throw .unsupported("a hash could not be copied") }
    return unsafe MessageDigestHandle(adopting: copied, digestByteCount)
  }

  func update(_ bytes: RawSpan) {
    unsafe bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return }
      unsafe gcry_md_write(handle, start, buffer.count)
    }
  }

  /// Writes as much of the result as `output` has room for.
  func read(into output: inout MutableRawSpan) {
    guard let result = unsafe gcry_md_read(handle, 0) else { return }
    let count = min(output.byteCount, digestByteCount)
    unsafe output.withUnsafeMutableBytes { buffer in
      unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(start: result, count: count))
    }
  }

  /// Forgets what was hashed, but not the key.
  func reset() {
    unsafe gcry_md_reset(handle)
  }
}
