import TLSCrypto

extension MasterSecret {
  /// The labels that the handshake itself uses: an exporter with one of them would give its secrets
  /// away (RFC 5705 section 4).
  private static let reservedLabels: Set<String> = [
    "client finished", "server finished", "master secret", "extended master secret",
    "key expansion",
  ]

  /// The longest output, in bytes: more than anybody needs.
  private static let maximumByteCount = 16_384

  /// Keying material of both sides (RFC 5705 section 4).
  mutating func export(
    label: String, context: [UInt8]?, byteCount: Int, client: HelloRandom, server: HelloRandom
  ) throws(TLSError) -> SecretBytes {
    // An empty label is poor, and no danger: what is exported then goes by the randoms, 64 bytes or more,
    // of which a client chooses the first 32. The input of a Finished has 63 bytes at most, and those of
    // the keys end with randoms that are not known yet when a client chooses its own.
    guard label.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) else {
      throw .misuse("an exporter's label is visible ASCII, and not \"\(label)\"")
    }
    guard !Self.reservedLabels.contains(label) else {
      throw .misuse("the label \"\(label)\" belongs to the handshake itself (RFC 5705 4)")
    }
    guard (1...Self.maximumByteCount).contains(byteCount) else {
      throw .misuse("an exporter gives 1 to \(Self.maximumByteCount) bytes, not \(byteCount)")
    }
    var seed = client.bytes + server.bytes
    if let context {
      guard context.count <= 65_535 else {
        throw .misuse("an exporter's context of \(context.count) bytes is too long: 65535 fit")
      }
      seed.append(UInt8(truncatingIfNeeded: context.count >> 8))
      seed.append(UInt8(truncatingIfNeeded: context.count))
      seed += context
    }
    return try expand(label: label, seed: seed.rawSpan, byteCount: byteCount)
  }
}

extension ConnectionSecrets {
  /// Keying material of both sides of the connection (RFC 5705 section 4).
  func export(
    label: String, context: [UInt8]?, byteCount: Int
  ) throws(TLSError) -> SecretBytes {
    var master = master.masterSecret()
    return try master.export(
      label: label, context: context, byteCount: byteCount, client: clientRandom,
      server: serverRandom)
  }
}
