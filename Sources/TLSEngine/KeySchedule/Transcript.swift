import TLSCrypto

/// The hash over all handshake messages so far (RFC 5246 section 7.4.9). HelloRequests and
/// ChangeCipherSpec are not part of it.
struct Transcript: ~Copyable, Sendable {
  private var hash: Hash

  /// Begins once the suite, and with it the hash, is known: with what was said until then.
  init(_ function: HashFunction, _ messages: [HandshakeMessage]) throws(TLSError) {
    do {
      hash = try Hash(function)
    } catch {
      throw TLSError(error)
    }
    for message in messages { append(message) }
  }

  mutating func append(_ message: HandshakeMessage) {
    hash.update(message.bytes.rawSpan)
  }

  /// The digest of everything so far.
  func digest() throws(TLSError) -> Digest {
    do {
      return try hash.snapshot()
    } catch {
      throw TLSError(error)
    }
  }
}
