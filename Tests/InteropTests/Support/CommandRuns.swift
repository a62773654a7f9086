import Foundation
import Testing

/// Runs of `tls`, in the authority's directory.
struct CommandRuns {
  let authority: Authority

  /// What `connect` is given in every test: the name, the roots, and a request for the page.
  private static let usual = [
    "--name", "example.com", "--ca", "ca.pem", "--request", "GET / HTTP/1.1\\r\\n\\r\\n",
  ]

  /// Runs `tls` to its end.
  func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let peer = try Peer.tls(arguments, in: authority.directory)
    return (try peer.waitForExit(), peer.output)
  }

  /// `tls connect` to its end.
  func connect(
    _ address: String, _ arguments: [String]
  ) throws -> (status: Int32, output: String) {
    try run(["connect", address] + Self.usual + arguments)
  }

  /// `tls connect` to its end.
  func connect(
    _ address: String, _ arguments: String...
  ) throws -> (status: Int32, output: String) {
    try connect(address, arguments)
  }

  /// What `tls connect --json` says was negotiated.
  func negotiated(_ address: String, _ arguments: String...) throws -> [String: Any] {
    let (status, output) = try run(["connect", address, "--json"] + Self.usual + arguments)
    #expect(status == 0, "\(output)")
    // What stands on standard error comes before the object.
    let object = try #require(output.split(separator: "\n").last)
    let json = try JSONSerialization.jsonObject(with: Data(object.utf8)) as? [String: Any]
    return try #require(json?["negotiated"] as? [String: Any])
  }

  /// `tls serve`, and where it listens.
  func serve(_ arguments: [String]) throws -> (Peer, String) {
    let peer = try Peer.tls(["serve", "--port", "0"] + arguments, in: authority.directory)
    return (peer, "127.0.0.1:\(try peer.waitForListening())")
  }

  /// `tls serve` with the authority's RSA leaf, and where it listens.
  func serve(_ arguments: String...) throws -> (Peer, String) {
    try serve(["--identity", "rsa.pem,rsa.key"] + arguments)
  }

  /// `openssl s_server`, ready to be connected to, and where it listens.
  func opensslServer(_ arguments: String...) throws -> (Peer, String) {
    let port = try freePort()
    let peer = try Peer(
      "openssl", package: "openssl",
      ["s_server", "-accept", "127.0.0.1:\(port)", "-tls1_2"] + arguments,
      in: authority.directory)
    try peer.waitForOutput("ACCEPT")
    return (peer, "127.0.0.1:\(port)")
  }

  /// `openssl s_client`, which talks to a server of ours.
  func opensslClient(_ address: String, _ arguments: String...) throws -> Peer {
    try Peer(
      "openssl", package: "openssl",
      [
        "s_client", "-connect", address, "-tls1_2", "-CAfile", "ca.pem", "-servername",
        "example.com",
      ] + arguments, in: authority.directory)
  }

  /// Writes a file of the authority's directory.
  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: authority.file(name))
  }

  /// A file of the authority's directory.
  func read(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: authority.file(name)))
  }
}
