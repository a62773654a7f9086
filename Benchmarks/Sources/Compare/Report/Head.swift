import TLSCrypto

/// Where and with what it was measured.
struct Head {
  let date = SystemTimeSource().now().description
  let processors = Machine.processors
  let libgcrypt = RawLibgcryptHandshake.version
  let peers = Peer.all
  let rounds: Rounds

  /// What there is to say, by name.
  var lines: [(name: String, value: String)] {
    [("date", date), ("processors", processors), ("libgcrypt", libgcrypt)]
      + peers.map { ($0.contender.rawValue, $0.version) }
      + [("rounds", "\(rounds.count), medians")]
  }
}
