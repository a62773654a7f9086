import ArgumentParser
import TLSEngine

/// What a peer can make the engine keep or do: the same for `connect` and `serve`.
struct LimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A bound on what the peer may do, by its name in Limits, such as certificateCount=4; again "
        + "for more.", valueName: "name=count"))
  var limit: [String] = []

  /// Sets what was asked for, and leaves the rest at its default.
  func apply(to configuration: inout some SharedConfiguration) throws {
    for argument in limit {
      let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2, let count = Int(parts[1]), (0...1 << 30).contains(count) else {
        throw Failure(.usage, "a limit is NAME=COUNT, not \(argument.printable)")
      }
      try Self.set(String(parts[0]), to: count, in: &configuration.limits)
    }
  }

  private static func set(_ name: String, to count: Int, in limits: inout Limits) throws {
    switch name {
    case "handshakeMessageByteCount": limits.handshakeMessageByteCount = count
    case "certificateCount": limits.certificateCount = count
    case "certificateAuthorityCount": limits.certificateAuthorityCount = count
    case "waitingByteCount": limits.waitingByteCount = count
    case "consecutiveEmptyRecords": limits.consecutiveEmptyRecords = count
    case "warningAlerts": limits.warningAlerts = count
    case "renegotiationRequests": limits.renegotiationRequests = count
    case "outgoingByteCount": limits.outgoingByteCount = count
    default:
      throw Failure(
        .usage,
        "\(name.debugDescription) is no limit; there are handshakeMessageByteCount, "
          + "certificateCount, certificateAuthorityCount, waitingByteCount, "
          + "consecutiveEmptyRecords, warningAlerts, renegotiationRequests, outgoingByteCount")
    }
  }
}
