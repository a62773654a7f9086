import TLSCrypto
import TLSEngine

/// Reads a connection from the outside: a second reading of what the engine did, which shares nothing
/// with it but the arithmetic and the record layer.
struct Observer: ~Copyable {
  private let masterSecret: [UInt8]?
  private let ownSide: ConnectionSide
  private var reading = Reading()
  private var client = ObservedDirection()
  private var server = ObservedDirection()

  /// The handshake messages so far, for the Finished.
  private var transcript: [UInt8] = []

  private init(ownSide: ConnectionSide, masterSecret: [UInt8]?) {
    self.ownSide = ownSide
    self.masterSecret = masterSecret
  }

  /// Reads all steps of a connection.
  ///
  /// - Parameters:
  ///   - ownSide: the side that `sent` means.
  ///   - masterSecret: what the key log says, if it says something.
  static func read(
    _ steps: [VectorStep], ownSide: ConnectionSide, masterSecret: [UInt8]?
  ) -> Reading {
    var observer = Observer(ownSide: ownSide, masterSecret: masterSecret)
    for (number, step) in steps.enumerated() {
      switch step {
      case .sent(let bytes): observer.readFlight(bytes, by: ownSide, step: number)
      case .received(let bytes): observer.readFlight(bytes, by: ownSide.other, step: number)
      case .action, .endOfStream: break
      }
    }
    return observer.finish()
  }

  private consuming func finish() -> Reading {
    var reading = reading
    client.end()
    server.end()
    client.annotate(&reading)
    server.annotate(&reading)
    return reading
  }

  /// Does something with what is kept of a side's direction.
  private mutating func with<Result>(
    _ side: ConnectionSide, _ body: (inout ObservedDirection) -> Result
  ) -> Result {
    side == .client ? body(&client) : body(&server)
  }

  private mutating func readFlight(_ bytes: [UInt8], by side: ConnectionSide, step: Int) {
    var flight = ObservedFlight()
    while let header = ObservedHeader(bytes, at: flight.end) {
      let range = flight.end..<flight.end + ObservedHeader.byteCount + header.length
      let record = read(Array(bytes[range]), range, header, by: side, step, flight.records.count)
      flight.records.append(record)
      flight.end = range.upperBound
    }
    reading.flights[step] = flight
  }

  private mutating func read(
    _ bytes: [UInt8], _ range: Range<Int>, _ header: ObservedHeader, by side: ConnectionSide,
    _ step: Int, _ number: Int
  ) -> ObservedRecord {
    let opened = with(side) { $0.open(bytes) }
    var record = ObservedRecord(range: range, header: header, number: opened.number)
    record.content = opened.content
    if opened.number != nil {
      record.parts = RecordParts.parts(
        ofBody: header.length, reading.hellos, from: range.lowerBound + ObservedHeader.byteCount)
    }
    guard let content = opened.content else { return record }
    switch header.type {
    case 22: join(content, by: side, ObservedPlace(step: step, record: number))
    default:
      record.fields = note(content, header, by: side, step, isProtected: opened.number != nil)
    }
    return record
  }

  /// Takes what is no handshake message.
  private mutating func note(
    _ content: [UInt8], _ header: ObservedHeader, by side: ConnectionSide, _ step: Int,
    isProtected: Bool
  ) -> [Field] {
    let fields: [Field]
    var name = header.typeName
    switch header.type {
    case 20:
      fields = Dissector.fields(ofChangeCipherSpec: content)
      name = "ChangeCipherSpec"
      protect(side)
    case 21:
      fields = Dissector.fields(ofAlert: content)
      name = "Alert"
    case 23:
      fields = [Field(name: "data", range: content.indices, meaning: content.vectorText)]
      name = "application data"
      // What comes in the clear is nobody's data: the handshake is not complete.
      if isProtected { reading.applicationData[side, default: []] += content }
    default:
      fields = [Field(name: "data", range: content.indices, meaning: content.vectorText)]
    }
    reading.messages.append(
      ObservedMessage(
        side: side, name: name, byteCount: content.count, fields: fields, bytes: content, step: step
      ))
    return fields
  }

  /// From this side's ChangeCipherSpec on its records are protected.
  private mutating func protect(_ side: ConnectionSide) {
    if reading.agreed == nil { reading.agreed = reading.dissector }
    if let schedule = schedule(), let records = try? schedule.records(writtenBy: side) {
      if side == .client { client.protect(records) } else { server.protect(records) }
    } else {
      with(side) { $0.protect(nil) }
    }
  }

  /// What the key log's line makes of the hellos.
  private func schedule() -> KeySchedule? {
    KeySchedule(reading.hellos, masterSecret: masterSecret)
  }

  /// Joins the content of a handshake record to what came before, and takes the messages that are
  /// whole by then.
  private mutating func join(_ content: [UInt8], by side: ConnectionSide, _ place: ObservedPlace) {
    with(side) { $0.stream.append(content, at: place) }
    while let message = with(side, { $0.stream.nextMessage }) {
      // What comes behind a side's Finished is no part of this handshake, and neither is HelloRequest,
      // type 0 (RFC 5246 sections 7.4.1.1 and 7.4.9).
      let isOver = reading.finished[side] != nil
      checkFinished(message, by: side)
      let fields = reading.dissector.fields(ofHandshake: message)
      if message[0] != 0, !isOver { transcript += message }
      reading.messages.append(
        ObservedMessage(
          side: side, name: fields.first?.name ?? "", byteCount: message.count, fields: fields,
          bytes: message, step: place.step))
      with(side) { $0.stream.cut(fields, message.count) }
    }
  }

  private mutating func checkFinished(_ message: [UInt8], by side: ConnectionSide) {
    guard message[0] == 20, reading.finished[side] == nil, let schedule = schedule(),
      let hash = reading.hellos.cipherSuite?.parameters?.hash,
      let digest = try? Hash.digest(of: transcript.rawSpan, using: hash),
      let expected = try? schedule.verifyData(by: side, transcriptHash: digest.array)
    else { return }
    reading.finished[side] = (expected, Array(message.dropFirst(4)))
  }
}

extension KeySchedule {
  /// What an observer has who has seen both hellos and the key log.
  init?(_ hellos: Dissector, masterSecret: [UInt8]?) {
    guard let masterSecret, let client = hellos.clientRandom, let server = hellos.serverRandom,
      let suite = hellos.cipherSuite
    else { return nil }
    do throws(TLSError) {
      try self.init(
        masterSecret: masterSecret.rawSpan, clientRandom: client, serverRandom: server,
        cipherSuite: suite, usesEncryptThenMAC: hellos.usesEncryptThenMAC)
    } catch {
      return nil
    }
  }
}
