/// What the numbers of the protocol are called in the IANA registry.
///
/// The command has tables of its own, and not the engine's: what peers offer is more than what the engine
/// speaks, and a recording is read a second time here.
enum RegisteredNames {
  static let handshakeTypes: [UInt8: String] = [
    0: "HelloRequest", 1: "ClientHello", 2: "ServerHello", 3: "HelloVerifyRequest",
    4: "NewSessionTicket", 8: "EncryptedExtensions", 11: "Certificate", 12: "ServerKeyExchange",
    13: "CertificateRequest", 14: "ServerHelloDone", 15: "CertificateVerify",
    16: "ClientKeyExchange", 20: "Finished", 21: "CertificateURL", 22: "CertificateStatus",
    23: "SupplementalData", 24: "KeyUpdate", 67: "NextProtocol",
  ]

  static let versions: [UInt16: String] = [
    0x0002: "SSL 2.0", 0x0300: "SSL 3.0", 0x0301: "TLS 1.0", 0x0302: "TLS 1.1", 0x0303: "TLS 1.2",
    0x0304: "TLS 1.3",
  ]

  static let compressionMethods: [UInt8: String] = [0: "null", 1: "DEFLATE", 64: "LZS"]

  static let extensions: [UInt16: String] = [
    0: "server_name", 1: "max_fragment_length", 2: "client_certificate_url", 3: "trusted_ca_keys",
    4: "truncated_hmac", 5: "status_request", 6: "user_mapping", 9: "cert_type",
    10: "supported_groups", 11: "ec_point_formats", 12: "srp", 13: "signature_algorithms",
    14: "use_srtp", 15: "heartbeat", 16: "application_layer_protocol_negotiation",
    17: "status_request_v2", 18: "signed_certificate_timestamp", 19: "client_certificate_type",
    20: "server_certificate_type", 21: "padding", 22: "encrypt_then_mac",
    23: "extended_master_secret", 24: "token_binding", 25: "cached_info",
    27: "compress_certificate", 28: "record_size_limit", 34: "delegated_credential",
    35: "session_ticket", 41: "pre_shared_key", 42: "early_data", 43: "supported_versions",
    44: "cookie", 45: "psk_key_exchange_modes", 47: "certificate_authorities", 48: "oid_filters",
    49: "post_handshake_auth", 50: "signature_algorithms_cert", 51: "key_share",
    13_172: "next_protocol_negotiation", 17_513: "application_settings",
    65_037: "encrypted_client_hello", 65_281: "renegotiation_info",
  ]

  static let groups: [UInt16: String] = [
    18: "secp192k1", 19: "secp192r1", 20: "secp224k1",
    21: "secp224r1", 22: "secp256k1", 23: "secp256r1", 24: "secp384r1", 25: "secp521r1",
    26: "brainpoolP256r1", 27: "brainpoolP384r1", 28: "brainpoolP512r1", 29: "x25519", 30: "x448",
    256: "ffdhe2048", 257: "ffdhe3072", 258: "ffdhe4096", 259: "ffdhe6144", 260: "ffdhe8192",
    4588: "X25519MLKEM768", 65_281: "arbitrary_explicit_prime_curves",
    65_282: "arbitrary_explicit_char2_curves",
  ]

  static let pointFormats: [UInt8: String] = [
    0: "uncompressed", 1: "ansiX962_compressed_prime", 2: "ansiX962_compressed_char2",
  ]

  static let signatureSchemes: [UInt16: String] = [
    0x0101: "rsa_pkcs1_md5", 0x0201: "rsa_pkcs1_sha1", 0x0202: "dsa_sha1", 0x0203: "ecdsa_sha1",
    0x0301: "rsa_pkcs1_sha224", 0x0302: "dsa_sha224", 0x0303: "ecdsa_sha224",
    0x0401: "rsa_pkcs1_sha256", 0x0402: "dsa_sha256", 0x0403: "ecdsa_secp256r1_sha256",
    0x0501: "rsa_pkcs1_sha384", 0x0502: "dsa_sha384", 0x0503: "ecdsa_secp384r1_sha384",
    0x0601: "rsa_pkcs1_sha512", 0x0602: "dsa_sha512", 0x0603: "ecdsa_secp521r1_sha512",
    0x0804: "rsa_pss_rsae_sha256", 0x0805: "rsa_pss_rsae_sha384", 0x0806: "rsa_pss_rsae_sha512",
    0x0807: "ed25519", 0x0808: "ed448", 0x0809: "rsa_pss_pss_sha256",
    0x080a: "rsa_pss_pss_sha384", 0x080b: "rsa_pss_pss_sha512",
    0x081a: "ecdsa_brainpoolP256r1tls13_sha256", 0x081b: "ecdsa_brainpoolP384r1tls13_sha384",
    0x081c: "ecdsa_brainpoolP512r1tls13_sha512",
  ]

  static let certificateTypes: [UInt8: String] = [
    1: "rsa_sign", 2: "dss_sign", 3: "rsa_fixed_dh", 4: "dss_fixed_dh", 64: "ecdsa_sign",
    65: "rsa_fixed_ecdh", 66: "ecdsa_fixed_ecdh",
  ]

  static let alertLevels: [UInt8: String] = [1: "warning", 2: "fatal"]

  static let alertDescriptions: [UInt8: String] = [
    0: "close_notify", 10: "unexpected_message", 20: "bad_record_mac", 21: "decryption_failed",
    22: "record_overflow", 30: "decompression_failure", 40: "handshake_failure",
    41: "no_certificate", 42: "bad_certificate", 43: "unsupported_certificate",
    44: "certificate_revoked", 45: "certificate_expired", 46: "certificate_unknown",
    47: "illegal_parameter", 48: "unknown_ca", 49: "access_denied", 50: "decode_error",
    51: "decrypt_error", 60: "export_restriction", 70: "protocol_version",
    71: "insufficient_security", 80: "internal_error", 86: "inappropriate_fallback",
    90: "user_canceled", 100: "no_renegotiation", 109: "missing_extension",
    110: "unsupported_extension", 111: "certificate_unobtainable", 112: "unrecognized_name",
    113: "bad_certificate_status_response", 114: "bad_certificate_hash_value",
    115: "unknown_psk_identity", 116: "certificate_required", 120: "no_application_protocol",
  ]

  /// Whether a number of two bytes is one of those that mean nothing, and are sent so that peers learn to
  /// pass over what they do not know (RFC 8701 section 2).
  static func isGREASE(_ number: UInt16) -> Bool {
    number & 0x0f0f == 0x0a0a && number >> 8 == number & 0xff
  }

  /// The name of a number of two bytes, or else the number.
  static func name(_ number: Int, in table: [UInt16: String]) -> String {
    guard let number = UInt16(exactly: number) else { return "unknown" }
    if let name = table[number] { return name }
    let digits = "0x" + Hexadecimal.text([UInt8(number >> 8), UInt8(number & 0xff)])
    return isGREASE(number) ? "GREASE \(digits)" : "unknown \(digits)"
  }

  /// The name of a number of one byte, with it, or else the number.
  static func name(_ number: Int, in table: [UInt8: String]) -> String {
    guard let known = UInt8(exactly: number).flatMap({ table[$0] }) else {
      return "unknown (\(number))"
    }
    return "\(known) (\(number))"
  }
}
