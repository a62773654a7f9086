import Foundation
import TLSEngine

/// A peer's client tries a feature with a server of ours.
struct TrialOfClient {
  private let feature: Feature
  private let authority: Authority
  private let launch: Launch
  private let configuration: ServerConfiguration
  private let listener: Socket

  init(_ peer: any InteropPeer, _ feature: Feature, _ authority: Authority) throws {
    self.feature = feature
    self.authority = authority
    launch = try peer.client(for: feature, authority)
    var configuration = try authority.serverConfiguration(feature.identity)
    try feature.configure(&configuration, authority)
    self.configuration = configuration
    listener = try Socket.listen()
  }

  func run() throws {
    let process = try PeerProcess(launch, port: listener.port, authority)
    guard feature.isResumption else {
      try serve(process, resumes: false)
      try process.checkEvidence()
      return try end(process)
    }
    try serve(process, resumes: false)
    guard let arguments = launch.argumentsToResume else {
      // It comes back by itself.
      try serve(process, resumes: true)
      try process.checkEvidence()
      return try end(process)
    }
    try end(process)
    var again = launch
    again.arguments = arguments
    let second = try PeerProcess(again, port: listener.port, authority)
    try serve(second, resumes: true)
    try second.checkEvidence()
    try end(second)
  }

  /// The program's connection; it may end without making one.
  private func accept(from process: PeerProcess) throws -> Socket {
    let end = Date() + Peer.patience
    repeat {
      let isRunning = process.peer.isRunning
      if let socket = try? listener.accept(withinMilliseconds: 100) { return socket }
      guard isRunning else { break }
    } while Date() < end
    throw Feature.Missing(description: "no connection came; it said: \(process.peer.output)")
  }

  /// One connection: handshake, checks, bytes both ways.
  private func serve(_ process: PeerProcess, resumes: Bool) throws {
    let socket = try accept(from: process)
    var connection = try ServerConnection(configuration: configuration)
    let (summary, _, early) = try connection.handshake(over: socket)
    try feature.check(summary, with: launch, isServer: true)
    guard summary.isResumed == resumes else {
      throw Feature.Missing(description: "resumed: \(summary.isResumed), \(summary)")
    }
    if feature == .exporter { try process.expectExported(by: connection) }
    let isLast = resumes || !feature.isResumption || launch.argumentsToResume != nil
    // A client that comes back by itself listens to what is typed only then.
    if isLast || launch.talk != .typed {
      try connection.talk(to: process, over: socket, early: early)
    }
    // Not every client answers a close_notify with its own, or ends while it can be typed into.
    connection.close()
    try socket.write(connection.takeOutgoing())
    socket.shutdownWriting()
  }

  private func end(_ process: PeerProcess) throws {
    process.peer.endInput()
    guard launch.endsByItself else { return }
    let status = try process.peer.waitForExit()
    guard status == 0 else {
      throw Feature.Missing(description: "it ended with \(status): \(process.peer.output)")
    }
  }
}
