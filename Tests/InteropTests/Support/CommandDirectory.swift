import Foundation
import Testing

/// A directory of one test's own, and runs of `tls` and `openssl` in it.
final class CommandDirectory {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("swift-tls-engine-command-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Runs `tls` to its end; its output, both kinds.
  func tls(_ arguments: String...) throws -> (status: Int32, output: String) {
    try tls(arguments)
  }

  /// Runs `tls` to its end; its output, both kinds.
  func tls(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let peer = try Peer.tls(arguments, in: url)
    return (try peer.waitForExit(), peer.output)
  }

  /// Runs `tls` to its end, and reads the object that it prints.
  func json(_ arguments: String...) throws -> (status: Int32, object: [String: Any]) {
    let (status, output) = try tls(arguments + ["--json"])
    let object = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    return (status, try #require(object, "\(output)"))
  }

  /// Runs `openssl` to its end, which has to be a good one.
  @discardableResult
  func openssl(_ arguments: String...) throws -> String {
    let peer = try Peer("openssl", package: "openssl", arguments, in: url)
    let status = try peer.waitForExit()
    guard status == 0 else {
      throw Peer.Silent(program: "openssl \(arguments[0])", output: peer.output)
    }
    return peer.output
  }

  /// Writes a file.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: file(name))
  }

  /// Reads a file.
  func read(_ name: String) throws -> String {
    try String(contentsOf: file(name), encoding: .utf8)
  }

  /// A file of the directory.
  func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  /// What others than the owner may do with a file: nothing if it is zero.
  func permissionsOfOthers(_ name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: file(name).path)
    return try #require(attributes[.posixPermissions] as? Int) & 0o077
  }
}

extension CommandDirectory {
  /// What `openssl ca` needs to revoke certificates of `ca.pem`, and an empty list.
  func makeRevocations() throws {
    try write("", to: "index")
    try write("01\n", to: "crlnumber")
    try write(
      """
      [ca]
      default_ca = authority
      [authority]
      database = index
      crlnumber = crlnumber
      certificate = ca.pem
      private_key = ca.key
      default_md = sha256
      default_crl_days = 7
      """, to: "ca.conf")
    try openssl("ca", "-config", "ca.conf", "-gencrl", "-out", "empty.crl")
  }

  /// Revokes a certificate, and makes `revoked.crl`.
  func revoke(_ name: String) throws {
    try openssl("ca", "-config", "ca.conf", "-revoke", name, "-crl_reason", "keyCompromise")
    try openssl("ca", "-config", "ca.conf", "-gencrl", "-out", "revoked.crl")
  }

  /// What a responder of `ca.pem` says of a certificate, as `openssl ca` knows it.
  func makeResponse(about name: String, to output: String) throws {
    try openssl(
      "ocsp", "-issuer", "ca.pem", "-cert", name, "-no_nonce", "-reqout", "request.der")
    try openssl(
      "ocsp", "-index", "index", "-CA", "ca.pem", "-rsigner", "ca.pem", "-rkey", "ca.key",
      "-reqin", "request.der", "-ndays", "7", "-respout", output)
  }
}
