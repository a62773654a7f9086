import RawGcrypt
import TLSCertificates

/// What libgcrypt alone needs to check a certificate's signature: the hash of what is signed and
/// `gcry_pk_verify`. Key and signature are in its form already, and only the digest is put into it.
@safe
final class RawSignatureCheck {
  private let message: [UInt8]
  private let key: gcry_sexp_t
  private let signature: gcry_sexp_t
  /// What is signed, in libgcrypt's form, and where in it the digest belongs.
  private var data: [UInt8]
  private let digestStart: Int

  private static let digestByteCount = 32

  init(_ certificate: Certificate, issuedBy issuer: Certificate) throws {
    let fields = try DERElement(certificate.der).children
    guard fields.count == 3 else { throw Failure() }
    message = fields[0].encoding
    let value = Array(fields[2].contents.dropFirst())
    let info = try DERElement(issuer.publicKey.subjectPublicKeyInfo).children
    guard info.count == 2 else { throw Failure() }
    let bits = Array(info[1].contents.dropFirst())
    let digest = atom([UInt8](repeating: 0, count: Self.digestByteCount))
    switch issuer.publicKey.kind {
    case .rsa:
      let numbers = try DERElement(bits).children
      guard numbers.count == 2 else { throw Failure() }
      unsafe key = try Self.expression(
        lists(
          "public-key",
          lists("rsa", list("n", numbers[0].contents), list("e", numbers[1].contents))))
      unsafe signature = try Self.expression(
        lists("sig-val", lists("rsa", list("s", value))))
      data = lists(
        "data", list("flags", "pkcs1"), opening("hash") + atom("sha256") + digest + close)
    case .ecdsa:
      let numbers = try DERElement(value).children
      guard numbers.count == 2 else { throw Failure() }
      unsafe key = try Self.expression(
        lists("public-key", lists("ecc", list("curve", "NIST P-256"), list("q", bits))))
      unsafe signature = try Self.expression(
        lists(
          "sig-val",
          lists("ecdsa", list("r", numbers[0].contents), list("s", numbers[1].contents))))
      data = lists("data", list("flags", "raw"), opening("value") + digest + close)
    case .ed25519: throw Failure()
    }
    digestStart = data.count - 2 - Self.digestByteCount
    try run()
  }

  deinit {
    unsafe gcry_sexp_release(key)
    unsafe gcry_sexp_release(signature)
  }

  /// Checks the signature.
  func run() throws {
    let (start, message) = (digestStart, message)
    unsafe data.withUnsafeMutableBytes { data in
      guard let base = data.baseAddress else { return }
      unsafe gcry_md_hash_buffer(
        Int32(bitPattern: GCRY_MD_SHA256.rawValue), base + start, message, message.count)
    }
    let expression = try unsafe Self.expression(data)
    defer { unsafe gcry_sexp_release(expression) }
    guard unsafe gcry_pk_verify(signature, expression, key) == 0 else { throw Failure() }
  }

  private static func expression(_ bytes: [UInt8]) throws -> gcry_sexp_t {
    var value: gcry_sexp_t?
    guard unsafe gcry_sexp_new(&value, bytes, bytes.count, 0) == 0, let value = unsafe value else {
      throw Failure()
    }
    return unsafe value
  }

  /// libgcrypt had something to complain of, or the certificate is of another kind.
  struct Failure: Error {}
}

// libgcrypt's expressions in their canonical form: every atom behind its length.

private let close = Array(")".utf8)

private func atom(_ bytes: [UInt8]) -> [UInt8] { Array("\(bytes.count):".utf8) + bytes }

private func atom(_ text: String) -> [UInt8] { atom(Array(text.utf8)) }

private func opening(_ name: String) -> [UInt8] { Array("(".utf8) + atom(name) }

private func list(_ name: String, _ value: [UInt8]) -> [UInt8] {
  opening(name) + atom(value) + close
}

private func list(_ name: String, _ value: String) -> [UInt8] { list(name, Array(value.utf8)) }

private func lists(_ name: String, _ values: [UInt8]...) -> [UInt8] {
  opening(name) + values.flatMap(\.self) + close
}
