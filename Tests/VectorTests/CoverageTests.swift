import TLSEngine
import Testing

@testable import tls

/// What the corpus has to have, of both roles.
@Suite("What the corpus shows")
struct CoverageTests {
  @Test("Every suite of every preset, and those with pre-shared keys", arguments: [true, false])
  func suites(isClient: Bool) {
    for suite in CipherSuite.supported {
      #expect(Corpus.has("cipher_suite", "\(suite)", client: isClient), "\(suite)")
    }
  }

  @Test("Every group", arguments: [true, false])
  func groups(isClient: Bool) {
    for group in NamedGroup.supported {
      #expect(Corpus.has("group", "\(group)", client: isClient), "\(group)")
    }
  }

  @Test("Every signature scheme, of servers and of clients")
  func schemes() {
    for scheme in SignatureScheme.supported {
      for isClient in [true, false] {
        #expect(Corpus.has("signature_scheme", "\(scheme)", client: isClient), "\(scheme)")
      }
      let isShown = [true, false].contains { isClient in
        Corpus.has("client_signature_scheme", "\(scheme)", client: isClient)
      }
      #expect(isShown, "a client's \(scheme)")
    }
  }

  @Test("What can be so or not so", arguments: [true, false])
  func choices(isClient: Bool) {
    for name in ["resumed", "extended_master_secret", "encrypt_then_mac"] {
      for value in ["yes", "no"] {
        #expect(Corpus.has(name, value, client: isClient), "\(name) = \(value)")
      }
    }
    for byteCount in [512, 1_024, 2_048, 4_096] {
      #expect(Corpus.has("largest_fragment_to_send", "\(byteCount)", client: isClient))
    }
  }

  @Test("What only some connections have", arguments: [true, false])
  func extras(isClient: Bool) {
    let names = Set(Corpus.facts.filter { $0.isClient == isClient }.map(\.name))
    for name in [
      "client_signature_scheme", "application_protocol", "next_protocol", "server_name",
      "psk_identity",
    ] {
      #expect(names.contains(name), "\(name)")
    }
    guard isClient else { return }
    #expect(names.contains("stapled_status") && names.contains("signed_certificate_timestamps"))
  }

  /// Every alert that the engine can send; the names are those of the RFCs.
  static let alerts = [
    "close_notify", "unexpected_message", "bad_record_mac", "record_overflow", "handshake_failure",
    "bad_certificate", "unsupported_certificate", "certificate_revoked", "certificate_expired",
    "certificate_unknown", "illegal_parameter", "unknown_ca", "access_denied", "decode_error",
    "decrypt_error", "protocol_version", "insufficient_security", "internal_error",
    "inappropriate_fallback", "user_canceled", "no_renegotiation", "unsupported_extension",
    "unrecognized_name", "bad_certificate_status_response", "unknown_psk_identity",
    "no_application_protocol",
  ]

  @Test("Every alert that the engine can send", arguments: alerts)
  func alert(name: String) {
    let isSent = Corpus.facts.contains { fact in
      fact.name == "alert_sent" && fact.value.contains(" \(name) (")
    }
    #expect(isSent)
  }
}
