internal import CGcrypt

/// libgcrypt itself: initialised once, and checked to be new enough.
public enum Library {
  /// The oldest libgcrypt that has everything the module uses.
  public static let requiredVersion = "1.10.0"

  /// The version of libgcrypt in this process.
  public static var version: String {
    // Asking for it begins libgcrypt's initialisation, which has to be ours.
    _ = try? initialize()
    return foundVersion
  }

  private static var foundVersion: String {
    unsafe gcry_check_version(nil).map { unsafe String(cString: $0) } ?? "unknown"
  }

  /// What came of the initialisation; the first use of anything causes it.
  private static let initialization = Result { () throws(CryptoError) in
    // A host program may have initialised libgcrypt its own way; that stays as it is.
    let isOurs = cgcrypt_is_initialized() == 0
    if isOurs, cgcrypt_is_touched() == 0 {
      // libgcrypt's own pool takes twenty times as long, and every handle that is opened stirs it, with
      // system calls that take longer than a digest.
      cgcrypt_prefer_system_randomness()
      // libgcrypt wipes its integers, but not every copy of a key in its expressions and buffers. What
      // was allocated before another handler came could not be freed by it.
      cgcrypt_wipe_what_is_freed()
    }
    // gcry_check_version begins the initialisation, and refuses a library that is too old.
    guard unsafe gcry_check_version(requiredVersion) != nil else {
      throw .libraryTooOld(found: foundVersion, required: requiredVersion)
    }
    // There AES-GCM takes no nonces of the caller's, so that no record could be sealed.
    guard cgcrypt_is_in_fips_mode() == 0 else {
      throw .unsupported("libgcrypt is in FIPS mode, which forbids AES-GCM with TLS's nonces")
    }
    guard isOurs else { return }
    // The pool of locked memory is 32 KiB and never grows by itself: a server with many handshakes
    // at a time would run out of it. Secrets live in ordinary memory here and are wiped.
    try CryptoError.check(cgcrypt_disable_secure_memory(), "initialisation")
    try CryptoError.check(cgcrypt_finish_initialization(), "initialisation")
  }

  /// Whether libgcrypt takes its randomness from the kernel, as it does unless a host program has
  /// initialised it otherwise.
  static var hasSystemRandomness: Bool {
    _ = try? initialize()
    return cgcrypt_has_system_randomness() != 0
  }

  /// Makes sure that libgcrypt can be used.
  static func initialize() throws(CryptoError) {
    try initialization.get()
  }
}
