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
    var isAccepted = outcome.status == 0
    var output = outcome.output
    if isAccepted, let arguments = try one.openSSLResponseArguments(in: directory) {
      let outcome = try OpenSSL.run(arguments)
      output += outcome.output
      isAccepted =
        outcome.status == 0 && outcome.output.contains("Response verify OK")
        && outcome.output.contains(": good\n") && !outcome.output.contains("WARNING")
    }
    #expect(isAccepted == expected, "\(one.openSSL): \(output)")
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
  private static func pem(
    _ encodings: some Sequence<[UInt8]>, _ label: String = "CERTIFICATE"
  ) -> String {
    encodings.map { PEM.encode(PEM.Document(label: label, contents: $0)) }.joined()
  }

  /// How OpenSSL is asked: every root is an anchor, and keys and signatures have 112 bits of
  /// strength at least.
  func openSSLArguments(in directory: borrowing TemporaryDirectory) throws -> [String] {
    var arguments = [
      "verify", "-x509_strict", "-partial_chain", "-auth_level", openSSLLevel, "-attime",
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
    arguments += try openSSLPolicyArguments()
    if let lists = question.more["revocation-lists"] {
      arguments += [lists.hasPrefix("chain") ? "-crl_check_all" : "-crl_check", "-extended_crl"]
      if !self.lists.isEmpty {
        arguments += ["-CRLfile", try directory.write("lists", Self.pem(self.lists, "X509 CRL"))]
      }
    }
    return arguments + [try directory.write("leaf", Self.pem(chain.prefix(1)))]
  }

  /// The strength that OpenSSL asks for: 80, 112 or 128 bits.
  private var openSSLLevel: String {
    ["legacy": "1", "strict": "3"][question.more["algorithms"] ?? ""] ?? "2"
  }

  private func openSSLPolicyArguments() throws -> [String] {
    var arguments: [String] = []
    for policy in question.more["policies"]?.split(separator: " ") ?? [] {
      arguments += ["-policy", String(policy)]
    }
    if question.more["explicit-policy"] != nil { arguments += ["-explicit_policy"] }
    if question.more["policy-mapping"] != nil { arguments += ["-inhibit_map"] }
    if question.more["any-policy"] != nil { arguments += ["-inhibit_any"] }
    // Any policy is acceptable unless some are named (RFC 5280 section 6.1.1 (c)).
    return arguments + (question.more["policies"] == nil ? ["-policy", "2.5.29.32.0"] : [])
  }

  /// How OpenSSL is asked about a stapled response, if there is one.
  func openSSLResponseArguments(
    in directory: borrowing TemporaryDirectory
  ) throws -> [String]? {
    guard let response, let leaf = chain.first, let issuer = chain.dropFirst().first else {
      return nil
    }
    return [
      "ocsp", "-no_nonce", "-partial_chain", "-attime",
      "\(question.time.secondsSince1970)", "-respin", try directory.write("response", response),
      "-CAfile", try directory.write("roots", Self.pem(roots)), "-verify_other",
      try directory.write("others", Self.pem(chain.dropFirst())), "-issuer",
      try directory.write("issuer", Self.pem([issuer])), "-cert",
      try directory.write("leaf", Self.pem([leaf])),
    ]
  }

  /// How certtool is asked.
  func certtoolArguments(in directory: borrowing TemporaryDirectory) throws -> [String] {
    var arguments = [
      "--verify", "--load-ca-certificate", try directory.write("roots", Self.pem(roots)),
      "--infile", try directory.write("chain", Self.pem(chain)), "--verify-purpose",
      question.usage == .server ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2",
    ]
    if let name = question.name { arguments += ["--verify-hostname", name] }
    if question.more["revocation-lists"] != nil, !lists.isEmpty {
      arguments += ["--load-crl", try directory.write("lists", Self.pem(lists, "X509 CRL"))]
    }
    return arguments
  }
}
