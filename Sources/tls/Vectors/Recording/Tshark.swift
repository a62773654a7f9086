import TLSEngine

/// A third reading of a vector, by a program that is none of ours.
enum Tshark {
  /// Compares the application data of every connection with what tshark finds in the capture.
  ///
  /// - Returns: how many connections it could not read, because it does not know their suites.
  /// - Throws: ``VectorDifference`` if it finds something else, or does not run.
  static func check(_ vector: Vector) throws -> Int {
    var unread = 0
    let scratch = try ScratchFolder()
    let capture = "\(scratch.path)/vector.pcapng"
    try Files.write(Capture.bytes(of: vector), to: capture)
    for (index, connection) in vector.connections.enumerated() {
      let reading = connection.reading
      if let suite = reading.hellos.cipherSuite, unknown.contains(suite) {
        unread += 1
        continue
      }
      let found = try follow(stream: index, of: capture, scratch)
      for side in ConnectionSide.allCases
      where found[side, default: []] != reading.applicationData[side, default: []] {
        throw VectorDifference([
          "connection \(index + 1): tshark reads other data of the \(side)'s.",
          "  vector: \(reading.applicationData[side, default: []].vectorText)",
          "  tshark: \(found[side, default: []].vectorText)",
        ])
      }
    }
    return unread
  }

  /// The suites of RFC 8442, which tshark 4.0 cannot open.
  private static let unknown: [CipherSuite] = [
    .ecdhePSKWithAES128GCMSHA256, .ecdhePSKWithAES256GCMSHA384, .ecdhePSKWithAES128CCMSHA256,
    .ecdhePSKWithAES128CCM8SHA256,
  ]

  /// The data of both sides that `follow,tls` prints: one side's lines begin with a tab. The other is
  /// the node that it calls 0, which is the server where it has sent its Finished first, resuming.
  private static func follow(
    stream: Int, of capture: String, _ scratch: ScratchFolder
  ) throws -> [ConnectionSide: [UInt8]] {
    let process = try ChildProcess(
      "/usr/bin/tshark",
      ["-n", "-q", "-r", capture, "-z", "follow,tls,raw,\(stream)"],
      environment: ["HOME": scratch.path], folder: scratch.path,
      log: "\(scratch.path)/tshark-\(stream)")
    guard process.wait(milliseconds: 60_000), process.exitStatus == 0 else {
      throw VectorDifference(
        ["tshark does not do its work:"] + process.output.split(separator: "\n").map(String.init))
    }
    guard process.output.contains("Follow: tls,raw") else {
      throw VectorDifference(["tshark follows no connection \(stream)"])
    }
    var found: [ConnectionSide: [UInt8]] = [:]
    let isServerFirst = process.output.contains("Node 0: \(CapturedStream.server)")
    for line in process.output.split(separator: "\n") {
      let isServer = line.hasPrefix("\t") != isServerFirst
      guard let bytes = Hexadecimal.bytes(of: line.utf8.drop { $0 == 0x09 }) else { continue }
      found[isServer ? .server : .client, default: []] += bytes
    }
    return found
  }
}
