import TLSCertificates
import TLSCrypto
import TLSEngine

/// What is written of a connection besides its bytes.
enum VectorFacts {
  /// What was negotiated, and how it ended.
  static func facts(
    _ summary: ConnectionSummary?, _ failure: TLSError?, _ reading: Reading, _ side: ConnectionSide
  ) -> [VectorFact] {
    var facts = [VectorFact("handshake", summary == nil ? "failed" : "complete")]
    if let summary { facts += negotiated(summary) }
    for message in reading.messages where message.name == "Alert" {
      facts.append(
        VectorFact(
          message.side == side ? "alert_sent" : "alert_received",
          message.fields.map(\.meaning).joined(separator: " ")))
    }
    if let failure {
      // The file is ASCII, and a sentence may have what a peer sent, or dots in one character.
      let sentence = failure.description.split(separator: "…", omittingEmptySubsequences: false)
      facts.append(VectorFact("error", FieldText.line(sentence.joined(separator: "..."))))
    }
    return facts
  }

  private static func negotiated(_ summary: ConnectionSummary) -> [VectorFact] {
    var facts = [
      VectorFact("version", "\(summary.version)"),
      VectorFact("cipher_suite", "\(summary.cipherSuite)"),
      VectorFact("group", summary.group.map { "\($0)" } ?? "none"),
      VectorFact("signature_scheme", summary.signatureScheme.map { "\($0)" } ?? "none"),
      VectorFact("resumed", summary.isResumed),
      VectorFact("extended_master_secret", summary.usesExtendedMasterSecret),
      VectorFact("encrypt_then_mac", summary.usesEncryptThenMAC),
      VectorFact("secure_renegotiation", summary.usesSecureRenegotiation),
      VectorFact("largest_fragment_to_send", "\(summary.largestFragmentToSend)"),
      VectorFact("largest_fragment_to_receive", "\(summary.largestFragmentToReceive)"),
    ]
    if let scheme = summary.clientSignatureScheme {
      facts.append(VectorFact("client_signature_scheme", "\(scheme)"))
    }
    if let name = summary.applicationProtocol {
      facts.append(
        VectorFact(
          summary.usesNextProtocolNegotiation ? "next_protocol" : "application_protocol", name)
      )
    }
    if let name = summary.serverName { facts.append(VectorFact("server_name", name)) }
    if let identity = summary.preSharedKeyIdentity {
      facts.append(VectorFact("psk_identity", String(decoding: identity, as: UTF8.self)))
    }
    if let status = summary.stapledStatus {
      facts.append(VectorFact("stapled_status", "\(status.count) bytes"))
    }
    if !summary.signedCertificateTimestamps.isEmpty {
      facts.append(
        VectorFact("signed_certificate_timestamps", "\(summary.signedCertificateTimestamps.count)"))
    }
    let certificates = summary.peerCertificates ?? []
    return facts + certificates.map { VectorFact("peer_certificate", "\($0.subject)") }
  }

  /// What only the two sides know: by the key log and the hellos.
  static func secrets(_ reading: Reading, _ inputs: VectorInputs) -> [VectorFact] {
    var facts = inputs.drawn.map { VectorFact("randomness", $0) }
    guard let master = inputs.masterSecret else { return facts }
    if let random = reading.hellos.clientRandom {
      facts.append(VectorFact("client_random", random))
    }
    if let random = reading.hellos.serverRandom {
      facts.append(VectorFact("server_random", random))
    }
    facts.append(VectorFact("master_secret", master))
    if let schedule = KeySchedule(reading.hellos, masterSecret: master) {
      facts += keys(schedule)
    }
    for side in [ConnectionSide.client, .server] {
      guard let finished = reading.finished[side] else { continue }
      facts.append(VectorFact("\(side)_verify_data", finished.expected))
    }
    return facts
  }

  /// The parts of the key block that the suite has (RFC 5246 section 6.3).
  private static func keys(_ schedule: borrowing KeySchedule) -> [VectorFact] {
    var facts: [VectorFact] = []
    for side in [ConnectionSide.client, .server] {
      guard let keys = try? schedule.keys(ofRecordsWrittenBy: side) else { continue }
      let parts = [
        ("MAC_key", [UInt8](keys.macKey.bytes)), ("key", [UInt8](keys.key.bytes)),
        ("IV", [UInt8](keys.fixedIV.bytes)),
      ]
      for (name, bytes) in parts where !bytes.isEmpty {
        facts.append(VectorFact("\(side)_write_\(name)", bytes))
      }
    }
    return facts
  }
}

extension VectorFact {
  init(_ name: String, _ isSo: Bool) {
    self.init(name, isSo ? "yes" : "no")
  }
}
