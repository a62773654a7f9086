import TLSCrypto

/// One direction's keys: seals or opens records, with whatever cipher the suite has.
enum RecordProtection: ~Copyable, Sendable {
  case aead(AEADProtection)
  case cbc(CBCProtection)

  /// The keys of one direction, each as long as ``RecordCipher`` says.
  init(
    _ cipher: RecordCipher, key: RawSpan, fixedIV: RawSpan, macKey: RawSpan, encryptThenMAC: Bool
  ) throws(TLSError) {
    switch cipher {
    case .aead(let algorithm):
      self = .aead(try AEADProtection(algorithm, key: key, fixedIV: fixedIV))
    case .cbc(let algorithm, let mac):
      self = .cbc(
        try CBCProtection(algorithm, mac, key: key, macKey: macKey, encryptThenMAC: encryptThenMAC)
      )
    }
  }

  /// The number of the next record.
  var sequenceNumber: UInt64 {
    switch self {
    case .aead(let protection): protection.sequenceNumber
    case .cbc(let protection): protection.sequenceNumber
    }
  }

  /// Goes on with another number: for single records that are looked at, and never on a connection.
  mutating func skip(to number: UInt64) {
    switch consume self {
    case .aead(var protection):
      protection.skip(to: number)
      self = .aead(protection)
    case .cbc(var protection):
      protection.skip(to: number)
      self = .cbc(protection)
    }
  }

  /// How many records are left before the key has done its work.
  var remainingRecordCount: UInt64 {
    switch self {
    case .aead(let protection): protection.remainingRecordCount
    case .cbc(let protection): protection.remainingRecordCount
    }
  }

  /// How much longer records become.
  var expansion: RecordExpansion {
    switch self {
    case .aead(let protection): protection.expansion
    case .cbc(let protection): protection.expansion
    }
  }

  /// Seals `plaintext` into `record`, which is exactly as long as the whole record will be: the header
  /// and the body that ``expansion`` says.
  ///
  /// - Parameter explicitIV: what another chose for this record; see ``RecordCipher/explicitIVByteCount``.
  mutating func seal(
    _ plaintext: RawSpan, as type: ContentType, into record: inout MutableRawSpan,
    explicitIV: RawSpan? = nil
  ) throws(TLSError) {
    switch consume self {
    case .aead(var protection):
      do {
        try protection.seal(plaintext, as: type, into: &record, explicitIV: explicitIV)
      } catch {
        self = .aead(protection)
        throw error
      }
      self = .aead(protection)
    case .cbc(var protection):
      do {
        try protection.seal(plaintext, as: type, into: &record, explicitIV: explicitIV)
      } catch {
        self = .cbc(protection)
        throw error
      }
      self = .cbc(protection)
    }
  }

  /// Opens the body of a record where it lies and says which bytes of it are the plaintext.
  ///
  /// A body that does not authenticate is wiped, and is `bad_record_mac` whatever is wrong with it.
  mutating func open(
    _ body: inout MutableRawSpan, as type: ContentType
  ) throws(TLSError) -> Range<Int> {
    switch consume self {
    case .aead(var protection):
      do {
        let plaintext = try protection.open(&body, as: type)
        self = .aead(protection)
        return plaintext
      } catch {
        self = .aead(protection)
        throw error
      }
    case .cbc(var protection):
      do {
        let plaintext = try protection.open(&body, as: type)
        self = .cbc(protection)
        return plaintext
      } catch {
        self = .cbc(protection)
        throw error
      }
    }
  }
}

extension UInt64 {
  /// The next sequence number. They never wrap: the connection ends first (RFC 5246 section 6.1).
  mutating func advance() throws(TLSError) {
    guard self < .max else {
      throw TLSError(.internalError, .internalFailure("every sequence number is used up"))
    }
    self += 1
  }
}
