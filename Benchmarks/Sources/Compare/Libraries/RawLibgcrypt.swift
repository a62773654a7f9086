import Peers
import TLSCertificates
import TLSCrypto
import TLSEngine

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
  fileprivate func seal(besides other: RawLibgcryptRecords, _ times: Int) throws {
    guard unsafe raw_seal_both(records, other.records, times) else {
      throw Failure(description: "seal failed")
    }
  }

  /// Likewise.
  fileprivate func open(besides other: RawLibgcryptRecords, _ times: Int) throws {
    guard unsafe raw_open_both(records, other.records, times) else {
      throw Failure(description: "open failed")
    }
  }
}

/// The same on two threads that have nothing to do with each other, and half of it each.
final class RawLibgcryptTwice: Records {
  private let first: RawLibgcryptRecords
  private let second: RawLibgcryptRecords

  init(_ cipher: RawCipher, byteCount: Int) throws {
    first = try RawLibgcryptRecords(cipher, byteCount: byteCount / 2, times: 1)
    second = try RawLibgcryptRecords(cipher, byteCount: byteCount / 2, times: 1)
  }

  func seal(_ times: Int) throws { try first.seal(besides: second, times) }

  func open(_ times: Int) throws { try first.open(besides: second, times) }
}

/// What a handshake takes of libgcrypt, both sides, and nothing besides: key agreement and signature,
/// hashes, secrets, ciphers, and a ticket. By ticket there is no public key.
@safe
final class RawLibgcryptHandshake {
  private let signature: OpaquePointer?
  private let agreement: OpaquePointer?
  private let schedule: OpaquePointer

  init(_ fixture: Fixture, resuming: Bool = false) throws {
    let length = fixture.identity.certificates.reduce(7) { $0 + 3 + $1.der.count }
    unsafe signature = resuming ? nil : raw_handshake(fixture.kind.rawKey)
    unsafe agreement = resuming ? nil : Self.agreement(fixture.group)
    guard let made = unsafe raw_schedule(length, fixture.kind != .ed25519, resuming),
      unsafe resuming || (signature != nil && agreement != nil)
    else { throw Failure(description: "libgcrypt does not do it") }
    unsafe schedule = made
  }

  private static func agreement(_ group: NamedGroup) -> OpaquePointer? {
    guard let peerGroup = group.peerGroup else { return nil }
    let prime =
      switch group {
      case .ffdhe2048: FiniteFieldGroup.ffdhe2048.prime
      case .ffdhe3072: FiniteFieldGroup.ffdhe3072.prime
      default: [UInt8]()
      }
    return unsafe raw_agreement(peerGroup, prime, prime.count)
  }

  deinit {
    unsafe raw_handshake_free(signature)
    unsafe raw_agreement_free(agreement)
    unsafe raw_schedule_free(schedule)
  }

  func run() throws {
    var isDone = unsafe raw_schedule_run(schedule)
    if let signature = unsafe signature, let agreement = unsafe agreement {
      isDone =
        unsafe isDone && raw_agreement_run(agreement) && raw_handshake_run(signature)
    }
    guard isDone else { throw Failure(description: "handshake failed") }
  }

  /// The version of libgcrypt that runs.
  static var version: String {
    unsafe raw_version().map { unsafe String(cString: $0) } ?? "unknown"
  }
}

extension Fixture.Kind {
  fileprivate var rawKey: RawKey {
    switch self {
    case .ecdsaP256: RAW_ECDSA_P256
    case .ecdsaP384: RAW_ECDSA_P384
    case .rsa2048: RAW_RSA_2048
    case .rsa3072: RAW_RSA_3072
    case .ed25519: RAW_ED25519
    }
  }
}

/// The signatures of a chain, and nothing besides.
@safe
final class RawLibgcryptChain {
  private let chain: OpaquePointer

  init(_ fixture: ChainFixture) throws {
    guard let made = unsafe raw_chain(fixture.kind == .rsa2048, fixture.leaf.der.count) else {
      throw Failure(description: "libgcrypt does not do it")
    }
    unsafe chain = made
  }

  deinit {
    unsafe raw_chain_free(chain)
  }

  func run() throws {
    guard unsafe raw_chain_run(chain) else { throw Failure(description: "signature refused") }
  }
}
