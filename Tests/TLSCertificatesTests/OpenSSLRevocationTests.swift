import Foundation
import TLSCrypto
import Testing

@testable import TLSCertificates

/// Lists and responses between here and the real `openssl`, which must be installed.
@Suite("OpenSSL's revocation lists and OCSP responses, and ours", .serialized)
struct OpenSSLRevocationTests {
  /// An authority whose files OpenSSL has, too. OpenSSL's responder goes by the clock alone: all is
  /// of now.
  private struct Scene: ~Copyable {
    let directory: TemporaryDirectory
    let now: Timestamp
    let root: Party
    let leaf: Party
    let delegate: Party

    init() throws {
      let directory = try TemporaryDirectory()
      let now = SystemTimeSource().now()
      let (start, end) = (now.adding(seconds: -86_400), now.adding(seconds: 86_400))
      func dated(_ builder: inout CertificateBuilder) {
        builder.notBefore = start
        builder.notAfter = end
      }
      let key = try PrivateKey(pem: Array(OpenSSLKeys.p256PKCS8.utf8))
      let root = try Party.root("Root", key: key) { dated(&$0) }
      let leaf = try root.leaf { builder in
        dated(&builder)
        builder.serialNumber = [0x10, 0x01]
      }
      let delegate = try root.leaf(
        [], commonName: "Responder",
        key: try PrivateKey(pem: Array(OpenSSLKeys.rsaPKCS8.utf8))
      ) { builder in
        dated(&builder)
        builder.extendedKeyUsages = [.ocspSigning]
      }
      try directory.write("root.key", OpenSSLKeys.p256PKCS8)
      try directory.write("root.pem", root.certificate.pem)
      try directory.write("leaf.pem", leaf.certificate.pem)
      try directory.write("responder.key", OpenSSLKeys.rsaPKCS8)
      try directory.write("responder.pem", delegate.certificate.pem)
      self.directory = directory
      self.now = now
      self.root = root
      self.leaf = leaf
      self.delegate = delegate
    }

    func path(_ name: String) -> String { "\(directory.path)/\(name)" }

    func contents(_ name: String) throws -> [UInt8] {
      Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
      try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    }

    /// The data base of `openssl ca`, in which the leaf is good or was revoked.
    func writeIndex(isRevoked: Bool) throws {
      let status = isRevoked ? "R\t491231235959Z\t260101000000Z,superseded" : "V\t491231235959Z\t"
      try directory.write("index", "\(status)\t1001\tunknown\t/CN=Leaf\n")
    }

    /// The list that `openssl ca` makes.
    func list(isRevoked: Bool) throws -> CertificateRevocationList {
      try writeIndex(isRevoked: isRevoked)
      try directory.write("number", "0A\n")
      let text = """
        [ca]
        default_ca = here
        [here]
        database = \(path("index"))
        crlnumber = \(path("number"))
        default_md = sha256
        crl_extensions = extensions
        [extensions]
        authorityKeyIdentifier = keyid:always
        """
      let configuration = try directory.write("ca.cnf", text + "\n")
      let outcome = try OpenSSL.run([
        "ca", "-gencrl", "-config", configuration, "-keyfile", path("root.key"), "-cert",
        path("root.pem"), "-crldays", "1", "-out", path("list.pem"),
      ])
      #expect(outcome.status == 0, "\(outcome.output)")
      let lists = try CertificateRevocationList.lists(pem: try contents("list.pem"))
      return try #require(lists.first)
    }

    /// The response that `openssl ocsp` makes.
    func response(isRevoked: Bool, by signer: String, _ more: [String] = []) throws -> [UInt8] {
      try writeIndex(isRevoked: isRevoked)
      let outcome = try OpenSSL.run(
        [
          "ocsp", "-index", path("index"), "-CA", path("root.pem"), "-rsigner",
          path("\(signer).pem"), "-rkey", path("\(signer).key"), "-issuer", path("root.pem"),
        ] + more + [
          "-cert", path("leaf.pem"), "-respout", path("response.der"), "-noverify",
        ])
      #expect(outcome.status == 0, "\(outcome.output)")
      return try contents("response.der")
    }

    func problem(
      lists: [CertificateRevocationList] = [], status: StapledStatus = .notRequested
    ) -> VerificationRule? {
      var policy = RevocationPolicy()
      policy.listChecking = .on(lists, .leaf, whenUnknown: .refuse)
      let path = [leaf.certificate, root.certificate]
      let check = RevocationCheck(
        path: path, chain: path, time: now.adding(seconds: 1), policy: policy,
        algorithms: .modern, status: status)
      var budget = SignatureBudget(limit: 16)
      return check.problem(&budget)?.0
    }

    func issuer(_ party: Party) -> CertificateBuilder.Issuer {
      .init(certificate: party.certificate, key: party.key)
    }
  }

  /// The first second of 2026, which the index has.
  private static let revocation = Timestamp(secondsSince1970: 1_767_225_600)

  @Test("a list that openssl ca made is read, and believed")
  func listFromOpenSSL() throws {
    let scene = try Scene()
    let good = try scene.list(isRevoked: false)
    #expect(good.number == [0x0a])
    #expect(good.count == 0)
    #expect(good.issuer == scene.root.certificate.subject)
    #expect(scene.problem(lists: [good]) == nil)
    let bad = try scene.list(isRevoked: true)
    #expect(bad.count == 1)
    #expect(
      scene.problem(lists: [bad])
        == .revoked(
          at: Self.revocation, reason: .superseded, source: "the list of \"CN=Root\""))
  }

  @Test("openssl crl and openssl verify believe a list that was made here")
  func listToOpenSSL() throws {
    let scene = try Scene()
    for isRevoked in [false, true] {
      var builder = RevocationListBuilder(
        thisUpdate: scene.now.adding(seconds: -60), nextUpdate: scene.now.adding(seconds: 3600))
      builder.scope = .init()
      builder.scope?.certificates = .ofUsers
      let number = isRevoked ? scene.leaf.certificate.serialNumber : [7]
      builder.entries = [
        .init(
          serialNumber: number, revocationDate: scene.now.adding(seconds: -60),
          reason: .keyCompromise, invalidityDate: scene.now.adding(seconds: -120))
      ]
      var random = SystemRandomSource()
      let list = try builder.build(issuedBy: scene.issuer(scene.root), random: &random)
      try scene.directory.write("ours.pem", list.pem)
      let shown = try OpenSSL.run([
        "crl", "-in", scene.path("ours.pem"), "-CAfile", scene.path("root.pem"), "-noout", "-text",
      ])
      #expect(shown.output.contains("verify OK"), "\(shown.output)")
      #expect(shown.output.contains("Key Compromise"))
      #expect(shown.output.contains("Only User Certificates"))
      let outcome = try OpenSSL.run([
        "verify", "-x509_strict", "-crl_check", "-extended_crl", "-CAfile",
        scene.path("root.pem"), "-CRLfile", scene.path("ours.pem"), scene.path("leaf.pem"),
      ])
      #expect((outcome.status == 0) == !isRevoked, "\(outcome.output)")
      #expect(outcome.output.contains("certificate revoked") == isRevoked, "\(outcome.output)")
      #expect((scene.problem(lists: [list]) == nil) == !isRevoked)
    }
  }

  @Test(
    "a response that openssl ocsp made is read, and believed",
    arguments: ["root", "responder"], [[], ["-resp_key_id"], ["-sha256"], ["-ndays", "1"]])
  func responseFromOpenSSL(_ signer: String, _ options: [String]) throws {
    let scene = try Scene()
    let good = try scene.response(isRevoked: false, by: signer, options)
    #expect(scene.problem(status: .response(good)) == nil)
    let bad = try scene.response(isRevoked: true, by: signer, options)
    #expect(
      scene.problem(status: .response(bad))
        == .revoked(
          at: Self.revocation, reason: .superseded, source: "the stapled OCSP response"))
    let basic = try #require(try OCSPResponse(der: good).basic)
    #expect(basic.responses.first?.status == .good)
    #expect((basic.responses.first?.nextUpdate != nil) == options.contains("-ndays"))
    #expect(
      basic.responses.first?.certificate.hashAlgorithm
        == (options.contains("-sha256") ? .sha2(.sha256) : .sha1))
  }

  @Test("openssl ocsp believes a response that was made here")
  func responseToOpenSSL() throws {
    let scene = try Scene()
    let statuses: [(OCSPSingleResponse.Status, String)] = [
      (.good, "leaf.pem: good"), (.unknown, "leaf.pem: unknown"),
      (.revoked(at: Self.revocation, reason: .superseded), "leaf.pem: revoked"),
    ]
    for (status, expected) in statuses {
      for (isDelegated, responderID) in [
        (false, OCSPResponseBuilder.ResponderID.name), (true, .name), (true, .keyHash),
      ] {
        var builder = OCSPResponseBuilder(producedAt: scene.now)
        builder.answers = [
          .init(
            of: scene.leaf.certificate, issuedBy: scene.root.certificate, status: status,
            thisUpdate: scene.now.adding(seconds: -60), nextUpdate: scene.now.adding(seconds: 3600))
        ]
        builder.responderID = responderID
        if isDelegated { builder.certificates = [scene.delegate.certificate] }
        let signer = isDelegated ? scene.issuer(scene.delegate) : scene.issuer(scene.root)
        var random = SystemRandomSource()
        let response = try builder.build(signedBy: signer, random: &random)
        try scene.write("ours.der", response.der)
        let outcome = try OpenSSL.run([
          "ocsp", "-respin", scene.path("ours.der"), "-issuer", scene.path("root.pem"), "-cert",
          scene.path("leaf.pem"), "-CAfile", scene.path("root.pem"), "-no_nonce",
        ])
        #expect(outcome.output.contains("Response verify OK"), "\(outcome.output)")
        let shown = outcome.output.split(separator: "/").last.map(String.init) ?? ""
        #expect(shown.contains(expected), "\(outcome.output)")
      }
    }
  }
}
