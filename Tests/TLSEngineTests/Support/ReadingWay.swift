import TLSCrypto
import Testing

@testable import TLSEngine

/// How a client reads a stream.
enum ReadingWay: CaseIterable {
  /// Buffered, all at once.
  case buffered
  /// Buffered, in pieces.
  case pieces
  /// In place, a record at a time.
  case inPlace
  /// Out of place, as many records as there are and as fit.
  case several
  /// The same, with threads that help.
  case helped

  private static let workers = RecordWorkers(count: 3, minimumByteCount: 1)

  /// What a client makes of a stream.
  struct Seen: Equatable {
    var data: [UInt8] = []
    /// Other events, and how much data came before each.
    var others: [String] = []
    var failure: TLSError?
    /// How much it would send.
    var outgoingByteCount = 0
    /// What it says of the stream's end.
    var atEnd: TLSError?
    var remainingRecordCount: UInt64 = 0

    fileprivate mutating func note(_ events: [Event]) {
      for event in events {
        switch event {
        case .applicationData(let bytes):
          #expect(!bytes.isEmpty)
          data += bytes
        default: others.append("\(event) after \(data.count)")
        }
      }
    }
  }

  /// Reads all of it.
  func read(_ wire: [UInt8], _ client: inout ClientConnection, seed: Int) -> Seen {
    var chance = Chance(seed: seed)
    var seen = Seen()
    do throws(TLSError) {
      switch self {
      case .buffered: try Self.readPieces([wire], &client, &seen)
      case .pieces: try Self.readPieces(Self.cut(wire, &chance), &client, &seen)
      case .inPlace: try Self.readInPlace(wire, &client, &seen)
      case .several: try Self.readSeveral(wire, &client, &seen, helpers: nil, &chance)
      case .helped: try Self.readSeveral(wire, &client, &seen, helpers: Self.workers, &chance)
      }
    } catch {
      seen.failure = error
    }
    let failure = client.failure
    #expect(seen.failure == failure)
    seen.outgoingByteCount = client.takeOutgoing().count
    do throws(TLSError) {
      try client.receiveEndOfStream()
    } catch {
      seen.atEnd = error
    }
    seen.remainingRecordCount = client.remainingRecordCount
    return seen
  }

  // MARK: Buffered

  private static func cut(_ wire: [UInt8], _ chance: inout Chance) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var start = 0
    while start < wire.count {
      let most = chance.one(of: [1, 3, 6, 50, 20_000, 70_000])
      let end = min(wire.count, start + 1 + chance.below(most))
      pieces.append(Array(wire[start..<end]))
      start = end
    }
    return pieces
  }

  private static func readPieces(
    _ pieces: [[UInt8]], _ client: inout ClientConnection, _ seen: inout Seen
  ) throws(TLSError) {
    // The last call says what went wrong behind something that was delivered.
    for piece in pieces + [[]] { seen.note(try client.receive(piece)) }
  }

  // MARK: In place

  private static func readInPlace(
    _ wire: [UInt8], _ client: inout ClientConnection, _ seen: inout Seen
  ) throws(TLSError) {
    var rest = wire
    while true {
      let count = try readOne(rest, &client, &seen)
      guard count > 0 else { return }
      rest.removeFirst(count)
    }
  }

  /// Reads the record at the start, and says how many bytes it took.
  private static func readOne(
    _ bytes: [UInt8], _ client: inout ClientConnection, _ seen: inout Seen
  ) throws(TLSError) -> Int {
    var buffer = bytes
    var span = buffer.mutableRawSpan
    switch try client.open(&span) {
    case .needsMoreBytes(let count):
      #expect(count > bytes.count)
      return 0
    case .applicationData(let range, let consumed):
      #expect(!range.isEmpty)
      seen.data += buffer[range]
      return consumed
    case .handled(let consumed, let events):
      seen.note(events)
      return consumed
    case .awaitingAnswer: return 0
    }
  }

  // MARK: Out of place

  private static func readSeveral(
    _ wire: [UInt8], _ client: inout ClientConnection, _ seen: inout Seen,
    helpers: RecordWorkers?, _ chance: inout Chance
  ) throws(TLSError) {
    var source = Source(wire: wire)
    var least = 0
    while true {
      let size = max(least, chance.one(of: [0, 100, 20_000, 100_000, 400_000]))
      var output = [UInt8](repeating: 0, count: size)
      let opened = try open(source.waiting, into: &output, &client, helpers)
      seen.data += output.prefix(opened.written)
      source.waiting.removeFirst(opened.consumed)
      least = 0
      switch opened.next {
      case .needsMoreBytes(let count):
        #expect(count > source.waiting.count)
        guard source.more(&chance) else { return }
      case .needsRoom(let count):
        #expect(count > size - opened.written)
        least = count
      case .other:
        let count = try readOne(source.waiting, &client, &seen)
        source.waiting.removeFirst(count)
        guard count > 0 || source.more(&chance) else { return }
      default: expectNothingLeft(output.dropFirst(opened.written), &client)
      }
    }
  }

  private static func open(
    _ bytes: [UInt8], into output: inout [UInt8], _ client: inout ClientConnection,
    _ helpers: RecordWorkers?
  ) throws(TLSError) -> OpenedRecords {
    var span = output.mutableRawSpan
    guard let helpers else { return try client.open(bytes.rawSpan, into: &span) }
    return try client.open(bytes.rawSpan, into: &span, with: helpers)
  }

  /// Of what comes behind a wrong record nothing is to be seen. Padding of a good one may be.
  private static func expectNothingLeft(
    _ rest: ArraySlice<UInt8>, _ client: inout ClientConnection
  ) {
    let hasFailed = client.failure != nil
    #expect(hasFailed)
    if client.summary?.cipherSuite.isCBC == false { #expect(rest.allSatisfy { $0 == 0 }) }
  }

  /// A stream that comes bit by bit.
  private struct Source {
    let wire: [UInt8]
    var start = 0
    var waiting: [UInt8] = []

    init(wire: [UInt8]) { self.wire = wire }

    /// Whether there was more.
    mutating func more(_ chance: inout Chance) -> Bool {
      guard start < wire.count else { return false }
      let most = chance.one(of: [3, 50, 20_000, 200_000])
      let end = min(wire.count, start + 1 + chance.below(most))
      waiting += wire[start..<end]
      start = end
      return true
    }
  }
}
