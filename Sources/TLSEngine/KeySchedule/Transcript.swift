import TLSCrypto

/// All handshake messages so far: their hash (RFC 5246 section 7.4.9), and themselves as long as
/// CertificateVerify may have to sign them. HelloRequests and ChangeCipherSpec are not part of it.
struct Transcript: ~Copyable, Sendable {
  private var hash: Hash

  /// The messages themselves, if they are kept.
  private var messages: [UInt8]?

  /// Begins once the suite, and with it the hash, is known: with what was said until then.
  ///
  /// - Parameter keepsMessages: whether ``signedContent`` will be wanted. Only then are the messages
  ///   kept: the hash of a CertificateVerify is the signature scheme's, not the suite's.
  init(
    _ function: HashFunction, _ messages: [HandshakeMessage], keepsMessages: Bool
  ) throws(TLSError) {
    do {
      hash = try Hash(function)
    } catch {
      throw TLSError(error)
    }
    self.messages = keepsMessages ? [] : nil
    for message in messages { append(message) }
  }

  mutating func append(_ message: HandshakeMessage) {
    hash.update(message.bytes.rawSpan)
    messages?.append(contentsOf: message.bytes)
  }

  /// The digest of everything so far.
  func digest() throws(TLSError) -> Digest {
    do {
      return try hash.snapshot()
    } catch {
      throw TLSError(error)
    }
  }

  /// The digest of everything, where nothing comes after.
  consuming func finalDigest() -> Digest {
    hash.finalize()
  }

  /// What CertificateVerify signs: every message so far (RFC 5246 section 7.4.8); `nil` if they are not
  /// kept.
  var signedContent: [UInt8]? { messages }

  /// Lets go of the messages: nobody will sign them any more.
  mutating func forgetMessages() {
    messages = nil
  }
}
