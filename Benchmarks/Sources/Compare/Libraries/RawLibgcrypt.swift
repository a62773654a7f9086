import Peers

// libgcrypt alone, through the C of the target Peers. The only `unsafe` of it is here.

/// The calls that records take, and nothing besides.
@safe
final class RawLibgcryptRecords: Records {
  private let records: OpaquePointer

  init(_ cipher: RawCipher, byteCount: Int, times: Int) throws {
    guard let made = unsafe raw_records(cipher, byteCount, times) else {
      throw Failure(description: "libgcrypt does not do it")
    }
    unsafe records = made
  }

  deinit {
    unsafe raw_records_free(records)
  }

  func seal(_ times: Int) throws {
    guard unsafe raw_seal(records, times) else { throw Failure(description: "seal failed") }
  }

  func open(_ times: Int) throws {
    guard unsafe raw_open(records, times) else { throw Failure(description: "open failed") }
  }

  /// This and another at the same time, each on a thread of its own.
  func seal(besides other: RawLibgcryptRecords, _ times: Int) throws {
    guard unsafe raw_seal_both(records, other.records, times) else {
      throw Failure(description: "seal failed")
    }
  }

  /// Likewise.
  func open(besides other: RawLibgcryptRecords, _ times: Int) throws {
    guard unsafe raw_open_both(records, other.records, times) else {
      throw Failure(description: "open failed")
    }
  }
}

/// The public-key operations of a handshake, and nothing besides.
@safe
final class RawLibgcryptHandshake {
  private let handshake: OpaquePointer

  init(_ kind: Fixture.Kind) throws {
    let key =
      switch kind {
      case .ecdsaP256: RAW_ECDSA_P256
      case .rsa2048: RAW_RSA_2048
      case .ed25519: RAW_ED25519
      }
    guard let made = unsafe raw_handshake(key) else {
      throw Failure(description: "libgcrypt does not do it")
    }
    unsafe handshake = made
  }

  deinit {
    unsafe raw_handshake_free(handshake)
  }

  func run() throws {
    guard unsafe raw_handshake_run(handshake) else {
      throw Failure(description: "handshake failed")
    }
  }

  /// The version of libgcrypt that runs.
  static var version: String {
    unsafe raw_version().map { unsafe String(cString: $0) } ?? "unknown"
  }
}
