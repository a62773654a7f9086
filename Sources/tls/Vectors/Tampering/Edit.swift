/// One change to what the peer sends, before the engine gets it: a line `edit = …` of a vector.
///
/// What is changed is named as `tls vectors show` names it: a message (`ServerHello`, and also
/// `ChangeCipherSpec`, `Alert` and `ApplicationData`), a field of one (`ServerHello.cipher_suite`, or in
/// an extension `ServerHello.renegotiation_info.renegotiated_connection`; see ``FieldPath``. What has a
/// length before it is named without: `ServerHello.session_id`), or a record (`record 3`, counted from 0 as the peer sends them, or `record of Finished`,
/// the one in which the message ends).
///
/// | edit | |
/// |---|---|
/// | `ServerHello.cipher_suite: 009c` | other bytes for a field; the lengths around it are put right |
/// | `exactly ServerHello.session_id: 00` | the same, and the lengths stay as they are |
/// | `append to ServerHello.extensions: 00100000` | more bytes behind a field, a message or a record; lengths as above |
/// | `shorten Finished.verify_data by 1` | fewer at its end |
/// | `flip ServerKeyExchange.signature` | turns the lowest bit of its last byte around |
/// | `flip record 4 at -17` | the same of a byte by its place, from the end if it is negative |
/// | `drop ServerHello.renegotiation_info` | takes a field, a message or a record out |
/// | `ServerHelloDone: 0e000000` | other bytes for a whole message, its header included |
/// | `repeat Certificate` | sends a message or a record twice |
/// | `move Certificate after ServerKeyExchange` | another order |
/// | `split ServerHello at 4` | two records, the first with so many bytes of the message |
/// | `split ServerHello at 4: alert 0100` | and something between them |
/// | `before Certificate: CONTENT, CONTENT` | more, or `after`; a message or a record stands there |
/// | `record 0.version: 0304` | a part of a record's header (`type`, `version`, `length`), or its `body` |
/// | `record 2: 1603030001ff` | other bytes for a whole record, its header included |
///
/// A `CONTENT` is a handshake message in hexadecimal, which stands in one record with its neighbours if
/// they do; or `handshake`, `alert`, `change_cipher_spec` or `application_data` with hexadecimal, a
/// record of its own, as `alert 0164`; or `record` with all bytes of one, for any other. `empty` is no
/// bytes, and `16385 of 61` so many of the same. `32 times` before it repeats it. Behind
/// ChangeCipherSpec they are sealed as the peer would seal them, and `plain` before one leaves that
/// out; `record` is never sealed.
///
/// Messages that are protected are changed and sealed again. A record that an edit of messages brings
/// or takes away counts: those behind it are sealed again under the numbers that the engine expects. An
/// edit of records comes after that, on what would go to the engine, and nothing counts anew.
///
/// An edit is used once, where it first fits. With `connection 2, ` before it, it is for the second
/// connection; otherwise for the first.
struct Edit: Sendable {
  /// The line as it was written.
  let line: String

  /// The connection that it is for, from 1.
  let connection: Int

  let action: Action

  /// What is to be done.
  enum Action: Sendable, Equatable {
    case message(MessageChange, of: String)
    /// The path begins with the message.
    case field(ByteChange, of: String, path: String, keepsLengths: Bool)
    case record(RecordChange, of: RecordPlace)
    case insert([Content], Side, Place)
  }

  enum Side: Sendable, Equatable { case before, after }

  enum Place: Sendable, Equatable {
    case message(String)
    case record(RecordPlace)
  }

  enum RecordPlace: Sendable, Equatable {
    /// Counted as the peer sends them.
    case number(Int)
    /// That in which a message ends.
    case of(String)
  }

  enum MessageChange: Sendable, Equatable {
    case bytes(ByteChange)
    case drop
    case twice
    case moveAfter(String)
    case split(at: Int, [Content])
  }

  enum RecordChange: Sendable, Equatable {
    case whole(ByteChange)
    case drop
    case twice
    case type(ByteChange)
    case version(ByteChange)
    case length(ByteChange)
    case body(ByteChange)
  }

  /// What happens to a run of bytes.
  enum ByteChange: Sendable, Equatable {
    case replace([UInt8])
    case append([UInt8])
    case shorten(Int)
    case flip(at: Int)

    /// The bytes after it; `nil` if they have no such place.
    func applied(to bytes: [UInt8]) -> [UInt8]? {
      switch self {
      case .replace(let others): return others
      case .append(let more): return bytes + more
      case .shorten(let count): return count <= bytes.count ? bytes.dropLast(count) : nil
      case .flip(let place):
        let index = place < 0 ? bytes.count + place : place
        guard bytes.indices.contains(index) else { return nil }
        var result = bytes
        result[index] ^= 1
        return result
      }
    }
  }

  /// Something that the peer did not send.
  struct Content: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
      /// Among the messages beside it.
      case message
      /// A record of this type.
      case record(type: UInt8)
      /// A whole record, never sealed.
      case raw
    }

    var kind: Kind
    var bytes: [UInt8]
    var isPlain = false
  }
}
