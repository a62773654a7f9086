import TLSCrypto

extension ConnectionCore {
  /// What the handshake left for exporters.
  func secrets() throws(TLSError) -> ConnectionSecrets {
    try checkUsable()
    guard let secrets = channel.secrets else { throw .misuse("the handshake is not complete") }
    return secrets
  }

  func channelBinding(_ kind: ChannelBinding) throws(TLSError) -> [UInt8] {
    let secrets = try secrets()
    switch kind {
    case .tlsServerEndPoint: return try secrets.serverEndPoint.binding()
    case .tlsExporter:
      try requireBoundMasterSecret(for: kind.rawValue)
      let material = try secrets.export(
        label: "EXPORTER-Channel-Binding", context: [], byteCount: 32)
      return [UInt8](material.bytes)
    case .tlsUnique:
      try requireBoundMasterSecret(for: kind.rawValue)
      return secrets.firstFinished.verifyData
    }
  }

  /// Keying material for others (RFC 5705).
  func exportKeyingMaterial(
    label: String, context: [UInt8]?, byteCount: Int
  ) throws(TLSError) -> SecretBytes {
    let secrets = try secrets()
    try requireBoundMasterSecret(for: "an exporter")
    return try secrets.export(label: label, context: context, byteCount: byteCount)
  }

  /// RFC 7627 section 5.4, RFC 9266 section 4.2: without extended_master_secret two connections can have
  /// the same binding (the triple handshake).
  private func requireBoundMasterSecret(for what: String) throws(TLSError) {
    guard channel.summary?.usesExtendedMasterSecret == true else {
      throw .misuse(
        "\(what) is only safe with extended_master_secret, which the peer lacks")
    }
  }
}
