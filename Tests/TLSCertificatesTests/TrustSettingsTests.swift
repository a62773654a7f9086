import Foundation
import Testing

@testable import TLSCertificates

@Suite("Roots with OpenSSL's trust settings")
struct TrustSettingsTests {
  private static func purposes(_ settings: [UInt8]) throws -> TrustRoots.Purposes {
    try TrustSettings(der: settings[...]).purposes
  }

  private static let server = TLV.identifier("1.3.6.1.5.5.7.3.1")
  private static let client = TLV.identifier("1.3.6.1.5.5.7.3.2")
  private static let email = TLV.identifier("1.3.6.1.5.5.7.3.4")
  private static let any = TLV.identifier("2.5.29.37.0")

  private static let settings: [([UInt8], TrustRoots.Purposes)] = [
    ([], .all), (TLV.sequence(), .all),
    (TLV.sequence(TLV.sequence(server)), .serverAuthentication),
    (TLV.sequence(TLV.sequence(client, email)), .clientAuthentication),
    (TLV.sequence(TLV.sequence(server, client)), .all), (TLV.sequence(TLV.sequence(any)), .all),
    (TLV.sequence(TLV.sequence(email)), []), (TLV.sequence(TLV.sequence()), []),
    (TLV.sequence(TLV.tagged(0, server)), .clientAuthentication),
    (TLV.sequence(TLV.tagged(0, email)), .all), (TLV.sequence(TLV.tagged(0, any)), []),
    (TLV.sequence(TLV.sequence(server, client), TLV.tagged(0, client)), .serverAuthentication),
    (TLV.sequence(TLV.sequence(server), TLV.tagged(0, server)), []),
    (TLV.sequence(TLV.text(0x0c, "Alias")), .all),
    (
      TLV.sequence(TLV.sequence(server), TLV.text(0x0c, "Alias"), TLV.octets([1, 2])),
      .serverAuthentication
    ),
  ]

  @Test("what it is trusted for, less what it is not", arguments: settings)
  func reads(_ settings: [UInt8], _ purposes: TrustRoots.Purposes) throws {
    #expect(try Self.purposes(settings) == purposes)
  }

  @Test(
    "settings that are malformed spoil the root",
    arguments: [[0], [0x30], TLV.sequence() + [0], TLV.sequence(TLV.sequence(TLV.null)), TLV.null])
  func refuses(_ settings: [UInt8]) throws {
    #expect(throws: CertificateError.self) { try Self.purposes(settings) }
    let contents = try Certificate(fixture: OpenSSLChain.root).der + settings
    let text = PEM.encode(PEM.Document(label: "TRUSTED CERTIFICATE", contents: contents))
    #expect(throws: TrustRootsError.self) { try TrustRoots(pem: Array(text.utf8)) }
  }

  private static let options: [([String], TrustRoots.Purposes?)] = [
    ([], .all), (["-addtrust", "serverAuth"], .serverAuthentication),
    (["-addtrust", "clientAuth"], .clientAuthentication),
    (["-addtrust", "serverAuth", "-addtrust", "clientAuth"], .all),
    (["-addtrust", "anyExtendedKeyUsage"], .all),
    (["-addreject", "clientAuth"], .serverAuthentication),
    (["-addreject", "serverAuth", "-setalias", "An alias"], .clientAuthentication),
    (["-addtrust", "emailProtection"], nil),
    (["-addreject", "serverAuth", "-addreject", "clientAuth"], nil),
  ]

  @Test("what OpenSSL writes is read as it is meant", arguments: options)
  func openSSL(_ options: [String], _ purposes: TrustRoots.Purposes?) throws {
    let directory = try TemporaryDirectory()
    let root = try directory.write("root.pem", OpenSSLChain.root)
    let path = "\(directory.path)/trusted.pem"
    let outcome = try OpenSSL.run(
      ["x509", "-in", root, "-trustout", "-out", path] + options)
    #expect(outcome.status == 0, "\(outcome.output)")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains("BEGIN TRUSTED CERTIFICATE"))
    let certificate = try Certificate(fixture: OpenSSLChain.root)
    #expect(try TrustRoots(file: path).purposes(of: certificate) == purposes)
    // Somebody who trusts it for less still does.
    let forClients = try TrustRoots(file: path, purposes: .clientAuthentication)
    let rest = purposes?.intersection(.clientAuthentication)
    #expect(forClients.purposes(of: certificate) == (rest == [] ? nil : rest))
  }

  @Test(
    "a root that is trusted for nothing is left out and reported, though it lie there plain too")
  func rejected() throws {
    let directory = try TemporaryDirectory()
    let certificate = try Certificate(fixture: OpenSSLChain.root)
    let settings = TLV.sequence(TLV.tagged(0, Self.any))
    let text = PEM.encode(
      PEM.Document(label: "TRUSTED CERTIFICATE", contents: certificate.der + settings))
    try directory.write("a.pem", OpenSSLChain.root)
    try directory.write("b.pem", text)
    try directory.write("c.pem", OpenSSLChain.root + "\n" + OpenSSLChain.issuing)
    let roots = try TrustRoots(directory: directory.path)
    #expect(roots.certificates == [try Certificate(fixture: OpenSSLChain.issuing)])
    #expect(
      roots.sources == [
        TrustRoots.Source(
          path: directory.path, count: 1,
          problems: ["left out \"\(certificate.subject)\": it is trusted for nothing"])
      ])
  }
}
