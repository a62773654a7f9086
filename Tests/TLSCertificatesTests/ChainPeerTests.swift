import TLSCrypto
import Testing

@testable import TLSCertificates

/// What OpenSSL and GnuTLS answer to `Vectors/chains`. Both must be installed.
@Suite("Chains in Vectors/chains, asked of others")
struct ChainPeerTests {
  @Test("openssl verify -x509_strict answers as the file says", arguments: ChainFolder.cases)
  func openSSL(_ path: String) throws {
    let one = try ChainFolder.read(path)
    guard let expected = one.openSSL.expectsAcceptance(where: one.expected) else { return }
    let directory = try TemporaryDirectory()
    let outcome = try OpenSSL.run(try one.openSSLArguments(in: directory))
    #expect((outcome.status == 0) == expected, "\(one.openSSL): \(outcome.output)")
  }

  @Test("certtool --verify answers as the file says", arguments: ChainFolder.cases)
  func certtool(_ path: String) throws {
    let one = try ChainFolder.read(path)
    guard let expected = one.certtool.expectsAcceptance(where: one.expected) else { return }
    let directory = try TemporaryDirectory()
    let outcome = try Certtool.run(try one.certtoolArguments(in: directory))
    #expect((outcome.status == 0) == expected, "\(one.certtool): \(outcome.output)")
  }
}

extension ChainCase {
  private static func pem(_ encodings: some Sequence<[UInt8]>) -> String {
    encodings.map { PEM.encode(PEM.Document(label: "CERTIFICATE", contents: $0)) }.joined()
  }

  /// How OpenSSL is asked: every root is an anchor, and keys and signatures have 112 bits of
  /// strength at least.
  func openSSLArguments(in directory: borrowing TemporaryDirectory) throws -> [String] {
    var arguments = [
      "verify", "-x509_strict", "-partial_chain", "-auth_level", "2", "-attime",
      "\(question.time.secondsSince1970)", "-purpose",
      question.usage == .server ? "sslserver" : "sslclient", "-no-CApath", "-no-CAstore",
      "-CAfile", try directory.write("roots", Self.pem(roots)),
    ]
    if chain.count > 1 {
      arguments += ["-untrusted", try directory.write("others", Self.pem(chain.dropFirst()))]
    }
    if let name = question.name {
      let isAddress = if case .ip = try ServerName(name).kind { true } else { false }
      arguments += [isAddress ? "-verify_ip" : "-verify_hostname", name]
    }
    return arguments + [try directory.write("leaf", Self.pem(chain.prefix(1)))]
  }

  /// How certtool is asked.
  func certtoolArguments(in directory: borrowing TemporaryDirectory) throws -> [String] {
    var arguments = [
      "--verify", "--load-ca-certificate", try directory.write("roots", Self.pem(roots)),
      "--infile", try directory.write("chain", Self.pem(chain)), "--verify-purpose",
      question.usage == .server ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2",
    ]
    if let name = question.name { arguments += ["--verify-hostname", name] }
    return arguments
  }
}
