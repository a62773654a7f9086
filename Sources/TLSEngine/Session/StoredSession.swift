import TLSCrypto

/// The form in which sessions leave the engine, to be stored by the caller:
///
///     struct {
///       uint8 kind;                 1 for a client's session, 2 for a server's
///       uint8 version;              1
///       opaque contents[…];         public fields, and after them the SessionState
///       opaque checksum[32];        SHA-256 of all before it
///     } StoredSession;
///
/// The checksum finds what a store has damaged. It is no seal: whoever can write into the store can
/// make sessions of their own, and whoever can read it has the secrets.
enum StoredSession {
  /// Whose session it is. One side's is never taken for the other's.
  enum Kind: UInt8 {
    case client = 1
    case server = 2
  }

  private static let version: UInt8 = 1
  private static let checksum = HashFunction.sha256

  /// More than any session has: no more than this is looked at.
  private static let maximumByteCount = 262_144

  /// Writes a session: what `fields` writes, then its state.
  static func encode(
    _ kind: Kind, _ state: SessionState, _ fields: (inout Writer) -> Void
  ) throws(TLSError) -> SecretBytes {
    var writer = Writer()
    writer.write(kind.rawValue)
    writer.write(version)
    fields(&writer)
    let state = try state.encode()
    let contents = SecretBytes(try writer.finish(), followedBy: state.bytes)
    let digest = try digest(of: contents.bytes)
    var stored = SecretBytes(count: contents.count + digest.count)
    write(contents, digest, into: &stored)
    return stored
  }

  private static func write(
    _ contents: borrowing SecretBytes, _ digest: Digest, into stored: inout SecretBytes
  ) {
    var bytes = stored.mutableBytes
    bytes.copy(contents.bytes)
    bytes.copy(digest.rawSpan, at: contents.count)
  }

  /// The contents of a stored session, once it is certain that they are whole.
  @_lifetime(copy bytes)
  static func contents(of bytes: RawSpan, _ kind: Kind) throws(TLSError) -> Reader {
    let count = bytes.byteCount - checksum.digestByteCount
    guard count >= 0, bytes.byteCount <= maximumByteCount else {
      throw .malformed("the stored session", "cannot have a length of \(bytes.byteCount) bytes")
    }
    var reader = Reader(bytes.extracting(first: count))
    let foundKind = try reader.readUInt8("kind of the stored session")
    guard foundKind == kind.rawValue else {
      throw .malformed("kind of the stored session", "is \(foundKind), not \(kind.rawValue)")
    }
    let foundVersion = try reader.readUInt8("version of the stored session")
    guard foundVersion == version else {
      throw .malformed(
        "version of the stored session", "is \(foundVersion), and only \(version) is known")
    }
    let digest = try digest(of: bytes.extracting(first: count))
    guard ConstantTime.areEqual(digest.rawSpan, bytes.extracting(droppingFirst: count)) else {
      throw .malformed("the stored session", "is damaged: its checksum does not match")
    }
    return reader
  }

  private static func digest(of bytes: RawSpan) throws(TLSError) -> Digest {
    do {
      return try Hash.digest(of: bytes, using: checksum)
    } catch {
      throw TLSError(error)
    }
  }
}

extension TLSError {
  /// The same without an alert: no peer had a part in it.
  var withoutAlert: TLSError { TLSError(nil, reason) }
}
