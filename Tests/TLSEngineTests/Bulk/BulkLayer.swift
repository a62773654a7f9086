import TLSCrypto
import Testing

@testable import TLSEngine

/// A record layer that sends to itself, with keys that are always the same, and keys for helpers.
struct BulkLayer: ~Copyable {
  var layer = RecordLayer()
  let workers: RecordWorkers

  /// - Parameter workers: who helps with any length; one alone does not.
  init(
    _ cipher: RecordCipher, _ workers: RecordWorkers, encryptThenMAC: Bool = false,
    fragmentByteCount: Int? = nil, sequenceNumber: UInt64 = 0
  ) throws {
    self.workers = workers
    layer.agree(on: .tls12)
    if let count = fragmentByteCount {
      layer.limitFragments(sending: count, receiving: count, .protectedRecords)
    }
    let bytes = (0..<KeyBlock.byteCount(for: cipher)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let keys = KeyBlock(
      SecretBytes(copying: bytes.rawSpan), cipher, encryptThenMAC: encryptThenMAC)
    layer.sealer.protect(with: try keys.protection(ofRecordsWrittenBy: .client))
    layer.opener.protect(with: try keys.protection(ofRecordsWrittenBy: .client))
    try layer.prepareSealers(workers.count, keys, .client)
    try layer.prepareOpeners(workers.count, keys, .client)
    layer.sealer.advance(past: 0..<sequenceNumber)
    layer.opener.advance(past: 0..<sequenceNumber)
  }

  static func workers(_ count: Int) -> RecordWorkers {
    RecordWorkers(count: count, minimumByteCount: 1)
  }

  /// Bytes none of which is zero.
  static func text(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 % 251 + 1) }
  }

  /// What came of sealing or opening: how far it came, what was written, where it stands then, and why it
  /// failed.
  struct Outcome: Equatable {
    var result: RecordProgress?
    var output: [UInt8]
    var sequenceNumber: UInt64
    var remainingRecordCount: UInt64
    var failure: String?
  }

  mutating func seal(_ text: [UInt8], room: Int? = nil) -> Outcome {
    var output = [UInt8](repeating: 0, count: room ?? layer.sealer.sealedByteCount(of: text.count))
    var result: RecordProgress?
    var failure: String?
    do {
      var bytes = output.mutableRawSpan
      result = try layer.seal(text.rawSpan, into: &bytes, with: workers)
    } catch {
      failure = "\(error)"
    }
    return Outcome(
      result: result, output: output, sequenceNumber: layer.sealer.sequenceNumber,
      remainingRecordCount: layer.sealer.remainingRecordCount, failure: failure)
  }

  mutating func open(_ records: [UInt8], room: Int) -> Outcome {
    var output = [UInt8](repeating: 0, count: room)
    var position = RecordProgress()
    var failure: String?
    do {
      var bytes = output.mutableRawSpan
      position = layer.openParts(of: records.rawSpan, into: &bytes, with: workers)
      // What nobody helps with, one thread does.
      try layer.opener.open(records.rawSpan, into: &bytes, &position)
    } catch {
      failure = "\(error)"
    }
    return Outcome(
      result: position, output: output, sequenceNumber: layer.opener.sequenceNumber,
      remainingRecordCount: layer.opener.remainingRecordCount, failure: failure)
  }
}
