import Foundation
import Testing

extension Interop {
  /// `tls certificate show`, beside what OpenSSL says of the same files.
  @Suite("Certificates shown by the command", .serialized)
  struct ShowCertificateCommand {
    private let directory: CommandDirectory

    init() throws {
      directory = try CommandDirectory()
    }

    /// A self-signed certificate of OpenSSL's with everything in it.
    private func makeRich(subject: String = "/C=XX/O=Everything/CN=rich.example") throws {
      try directory.write(
        """
        [req]
        distinguished_name = name
        x509_extensions = all
        prompt = no
        [name]
        CN = unused
        [all]
        basicConstraints = critical,CA:TRUE,pathlen:3
        keyUsage = critical,digitalSignature,keyCertSign
        extendedKeyUsage = serverAuth,clientAuth,1.2.3.4
        subjectAltName = DNS:rich.example,DNS:*.rich.example,IP:192.0.2.7,IP:2001:db8::7,\
        email:who@rich.example,URI:https://rich.example/,dirName:name,otherName:1.2.3.5;UTF8:other
        nameConstraints = critical,permitted;DNS:.rich.example,excluded;IP:10.0.0.0/255.0.0.0
        certificatePolicies = 2.23.140.1.2.1,@policy
        policyConstraints = requireExplicitPolicy:3
        inhibitAnyPolicy = 2
        authorityInfoAccess = OCSP;URI:http://ocsp.example/,caIssuers;URI:http://ca.example/ca.der
        crlDistributionPoints = URI:http://crl.example/list.crl
        tlsfeature = status_request
        noCheck = ignored
        subjectKeyIdentifier = hash
        1.2.3.6 = DER:0c:02:68:69
        [policy]
        policyIdentifier = 1.2.3.7
        CPS.1 = http://cps.example/
        userNotice.1 = @notice
        [notice]
        explicitText = UTF8:Read this
        """, to: "rich.conf")
      try directory.openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "rich.key", "-out", "rich.pem",
        "-days", "30", "-config", "rich.conf", "-utf8", "-subj", subject, "-set_serial", "0xabcdef")
    }

    @Test("everything that is in a certificate is shown, in lines that fit")
    func everything() throws {
      try makeRich()
      let (status, output) = try directory.tls("certificate", "show", "rich.pem")
      #expect(status == 0, "\(output)")
      for fact in [
        "certificate in rich.pem", "subject     CN=rich.example, O=Everything, C=XX",
        "names       rich.example, *.rich.example, 192.0.2.7, 2001:db8::7", "ab:cd:ef",
        ", 30 days later", "now         valid for ", "RSA 2048 bits", "exponent  65537",
        "signed by   RSA PKCS#1 with SHA-256",
        "basicConstraints (2.5.29.19), critical\n      authority    yes\n      path length  3",
        "keyUsage (2.5.29.15), critical\n      digitalSignature, keyCertSign",
        "serverAuth (1.3.6.1.5.5.7.3.1)", "      1.2.3.4\n", "DNS:*.rich.example", "IP:2001:db8::7",
        "email:who@rich.example", "URI:https://rich.example/", "DirName:CN=unused",
        "otherName:1.2.3.5 0c056f74686572", "permitted  DNS:.rich.example",
        "excluded   IP:10.0.0.0/255.0.0.0", "2.23.140.1.2.1", "practice  http://cps.example/",
        "notice    Read this", "explicit policy  3", "no anyPolicy  2",
        "ocsp       URI:http://ocsp.example/", "caIssuers  URI:http://ca.example/ca.der",
        "URI:http://crl.example/list.crl", "status_request (5)", "(must-staple)",
        "the revocation of this responder is not to be looked for",
        "    1.2.3.6\n      value   0c:02:68:69",
      ] {
        #expect(output.contains(fact), "\(fact) is missing in:\n\(output)")
      }
      #expect(output.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(output)")
    }

    @Test("numbers are those that OpenSSL prints")
    func asOpenSSL() throws {
      try makeRich()
      let output = try directory.tls("certificate", "show", "rich.pem").output
      let colonless = output.replacing(":\n", with: ":").replacing(" ", with: "").replacing(
        ":", with: "")
      func value(_ arguments: String...) throws -> String {
        let peer = try Peer(
          "openssl", package: "openssl", ["x509", "-in", "rich.pem", "-noout"] + arguments,
          in: directory.url)
        #expect(try peer.waitForExit() == 0)
        let text = peer.output.split(separator: "=").last ?? ""
        return text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased().replacing(
          ":", with: "")
      }
      #expect(try colonless.contains("serial" + value("-serial")))
      #expect(try colonless.contains("SHA-256" + value("-fingerprint", "-sha256")))
      #expect(try colonless.contains("SHA-1" + value("-fingerprint", "-sha1")))
      #expect(try colonless.contains("modulus" + value("-modulus")))
      try directory.write(
        directory.openssl("x509", "-in", "rich.pem", "-noout", "-pubkey"), to: "pub")
      try directory.openssl("pkey", "-pubin", "-in", "pub", "-outform", "DER", "-out", "pub.der")
      try directory.openssl("dgst", "-sha256", "-binary", "-out", "hash", "pub.der")
      let pin = try Data(contentsOf: directory.file("hash")).base64EncodedString()
      #expect(output.contains("pin         sha256/\(pin)\n"), "\(output)")
    }

    @Test("--json has the same, by names that stay")
    func json() throws {
      try makeRich()
      let (status, object) = try directory.json("certificate", "show", "rich.pem")
      #expect(status == 0)
      #expect(object["exitStatus"] as? Int == 0)
      let shown = try #require((object["objects"] as? [[String: Any]])?.first)
      #expect(shown["type"] as? String == "certificate")
      #expect(shown["subject"] as? String == "CN=rich.example, O=Everything, C=XX")
      #expect(shown["serialNumber"] as? String == "abcdef")
      #expect(shown["validNow"] as? Bool == true)
      #expect((shown["publicKey"] as? [String: Any])?["bits"] as? Int == 2048)
      #expect((shown["publicKeyPin"] as? String)?.hasPrefix("sha256/") == true)
      let extensions = try #require(shown["extensions"] as? [[String: Any]])
      let byName = Dictionary(
        uniqueKeysWithValues: extensions.map { (($0["name"] ?? $0["identifier"]) as? String, $0) })
      #expect(byName["basicConstraints"]?["pathLength"] as? Int == 3)
      #expect(byName["basicConstraints"]?["critical"] as? Bool == true)
      #expect(byName["keyUsage"]?["usages"] as? [String] == ["digitalSignature", "keyCertSign"])
      #expect((byName["subjectAltName"]?["names"] as? [String])?.count == 8)
      #expect(byName["1.2.3.6"]?["value"] as? String == "0c026869")
    }

    @Test("what a certificate holds cannot steer a terminal")
    func escapes() throws {
      try makeRich(subject: "/CN=red\u{1b}[31m\u{202e}")
      for arguments in [[], ["--json"]] {
        let (status, output) = try directory.tls(["certificate", "show", "rich.pem"] + arguments)
        #expect(status == 0, "\(output)")
        #expect(
          !output.unicodeScalars.contains("\u{1b}") && !output.unicodeScalars.contains("\u{202e}"))
        #expect(output.contains("u{1b}[31m"), "\(output)")
      }
    }

    @Test("one that cannot be read is named with its field, and the others are shown: status 2")
    func malformed() throws {
      #expect(try directory.tls("certificate", "make", "a.example").status == 0)
      try directory.openssl("x509", "-in", "a.example.pem", "-outform", "DER", "-out", "a.der")
      var bytes = [UInt8](try Data(contentsOf: directory.file("a.der")))
      // The version, which is 2 for the third, at the same place in every certificate of that length.
      let version = try #require(bytes.firstRange(of: [0xa0, 0x03, 0x02, 0x01, 0x02]))
      bytes[version.upperBound - 1] = 9
      let broken = Data(bytes).base64EncodedString(options: [
        .lineLength64Characters, .endLineWithLineFeed,
      ])
      let good = try directory.read("a.example.pem")
      try directory.write(
        good + "-----BEGIN CERTIFICATE-----\n\(broken)\n-----END CERTIFICATE-----\n" + good
          + directory.read("a.example.key"), to: "all.pem")
      let (status, output) = try directory.tls("certificate", "show", "all.pem")
      #expect(status == 2)
      #expect(output.contains("tls: certificate 2 of 4 in all.pem: the certificate's version"))
      #expect(output.contains("certificate 1 of 4") && output.contains("certificate 3 of 4"))
      #expect(output.contains("private key 4 of 4 in all.pem\n  not shown"), "\(output)")
      let json = try directory.json("certificate", "show", "all.pem")
      #expect(json.status == 2)
      let objects = try #require(json.object["objects"] as? [[String: Any]])
      #expect((objects[1]["error"] as? String)?.contains("version") == true)
      #expect(objects.map { $0["type"] as? String }.last == "privateKey")
      #expect(try directory.tls("certificate", "show", "absent.pem").status == 64)
    }

    @Test("DER and standard input are read too")
    func forms() throws {
      #expect(try directory.tls("certificate", "make", "a.example").status == 0)
      try directory.openssl("x509", "-in", "a.example.pem", "-outform", "DER", "-out", "a.der")
      let (status, output) = try directory.tls("certificate", "show", "a.der")
      #expect(status == 0 && output.contains("subject     CN=a.example\n"), "\(output)")
      let peer = try Peer.tls(["certificate", "show", "-"], in: directory.url)
      try peer.feed([UInt8](try Data(contentsOf: directory.file("a.example.pem"))))
      #expect(try peer.waitForExit() == 0, "\(peer.output)")
      #expect(peer.output.contains("certificate in standard input\n"), "\(peer.output)")
    }

    @Test("revocation lists and OCSP responses are shown in short")
    func revocation() throws {
      #expect(try directory.tls("certificate", "make", "a.example", "--key", "rsa2048").status == 0)
      try directory.makeRevocations()
      try directory.revoke("a.example.pem")
      try directory.makeResponse(about: "a.example.pem", to: "status.der")
      let serial = try directory.openssl("x509", "-in", "a.example.pem", "-noout", "-serial")
        .split(separator: "=").last?.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
      let number = try #require(serial)
      let list = try directory.tls("certificate", "show", "revoked.crl")
      #expect(list.status == 0, "\(list.output)")
      #expect(
        list.output.contains("revocation list in revoked.crl\n  issuer       CN=Development CA"))
      #expect(list.output.contains("\(number)  keyCompromise"), "\(list.output)")
      let response = try directory.tls("certificate", "show", "status.der")
      #expect(response.status == 0, "\(response.output)")
      #expect(response.output.contains("OCSP response in status.der\n"))
      #expect(response.output.contains("\(number): revoked at "), "\(response.output)")
    }

    @Test("a PEM block that is malformed hides nothing: status 2, and 64 if a file is not there")
    func malformedText() throws {
      #expect(try directory.tls("certificate", "make", "a.example").status == 0)
      let good = try directory.read("a.example.pem")
      let begin = "-----BEGIN CERTIFICATE-----\n"
      try directory.write(
        begin + "???\n-----END CERTIFICATE-----\n" + good + begin + good + begin + "MAAA\n",
        to: "all.pem")
      let (status, output) = try directory.tls("certificate", "show", "all.pem")
      #expect(status == 2)
      #expect(
        output.contains("tls: certificate 1 of 5 in all.pem: PEM text, line 2: "), "\(output)")
      for position in [2, 4] {
        #expect(output.contains("certificate \(position) of 5 in all.pem\n  subject"), "\(output)")
      }
      for position in [1, 3, 5] {
        #expect(
          output.contains("tls: certificate \(position) of 5 in all.pem: PEM text"), "\(output)")
      }
      #expect(try directory.json("certificate", "show", "all.pem").status == 2)
      for files in [["all.pem", "absent.pem"], ["absent.pem", "all.pem"]] {
        let both = try directory.tls(["certificate", "show"] + files)
        #expect(both.status == 64)
        #expect(both.output.contains("certificate 2 of 5 in all.pem\n  subject"), "\(both.output)")
      }
      let time = try directory.json("certificate", "show", "all.pem", "--at", "junk")
      #expect(time.status == 64)
      #expect((time.object["errors"] as? [String])?.count == 1)
      #expect(time.object["exitStatus"] as? Int == 64)
    }

    @Test("a private key is not decoded, even to say that it is malformed")
    func privateKey() throws {
      try directory.write(
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n???\n"
          + "-----END RSA PRIVATE KEY-----\n", to: "old.key")
      let (status, output) = try directory.tls("certificate", "show", "old.key")
      #expect(status == 0)
      #expect(output.contains("private key in old.key\n  not shown"), "\(output)")
    }

    @Test("DER with a certificate in PEM inside is the outer one, for show, verify and --ca")
    func textInside() throws {
      #expect(try directory.tls("certificate", "make", "inner.example").status == 0)
      let inner = Array(("\n" + (try directory.read("inner.example.pem"))).utf8)
      let digits = inner.map { String(format: "%02x", $0) }.joined(separator: ":")
      try directory.write(
        """
        [req]
        distinguished_name = name
        x509_extensions = all
        prompt = no
        [name]
        CN = outer.example
        [all]
        subjectAltName = DNS:outer.example
        1.2.3.6 = DER:\(digits)
        """, to: "outer.conf")
      try directory.openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "outer.key", "-outform", "DER",
        "-out", "outer.der", "-days", "30", "-config", "outer.conf")
      let (status, output) = try directory.tls("certificate", "show", "outer.der")
      #expect(status == 0)
      #expect(output.contains("certificate in outer.der\n"), "\(output)")
      #expect(output.contains("subject     CN=outer.example\n"), "\(output)")
      let inside = try directory.tls("verify", "outer.der", "--name", "inner.example")
      #expect(inside.status == 2)
      #expect(
        inside.output.contains("certificate is for \"outer.example\"")
          || inside.output.contains("CN=outer.example"), "\(inside.output)")
      #expect(!inside.output.contains("CN=inner.example"), "\(inside.output)")
    }

    @Test("malformed DER is called what it is")
    func malformedDER() throws {
      #expect(try directory.tls("certificate", "make", "a.example", "--key", "rsa2048").status == 0)
      try directory.makeRevocations()
      try directory.makeResponse(about: "a.example.pem", to: "status.der")
      try directory.openssl("crl", "-in", "empty.crl", "-outform", "DER", "-out", "list.der")
      try directory.openssl("x509", "-in", "a.example.pem", "-outform", "DER", "-out", "a.der")
      try directory.openssl("pkey", "-in", "a.example.key", "-outform", "DER", "-out", "key.der")
      for (name, kind) in [
        ("status.der", "OCSP response"), ("list.der", "revocation list"), ("a.der", "certificate"),
      ] {
        let whole = try Data(contentsOf: directory.file(name))
        try whole.dropLast().write(to: directory.file("cut"))
        let (status, output) = try directory.tls("certificate", "show", "cut")
        #expect(status == 2)
        #expect(output.hasPrefix("tls: \(kind) in cut: "), "\(output)")
      }
      let key = try directory.tls("certificate", "show", "key.der")
      #expect(key.status == 0 && key.output.contains("not shown"), "\(key.output)")
      try directory.write("nothing of the kind", to: "junk")
      let junk = try directory.tls("certificate", "show", "junk")
      #expect(junk.status == 2)
      #expect(junk.output.contains("it is no PEM"), "\(junk.output)")
    }

    @Test("the name of a file cannot steer a terminal")
    func fileNames() throws {
      let name = "red\u{1b}[31m\u{202e}.pem"
      try directory.write("junk", to: name)
      let absent = "absent\u{1b}[31m.pem"
      #expect(try directory.tls("certificate", "make", "c.example").status == 0)
      for arguments in [
        ["certificate", "show", name], ["certificate", "show", absent],
        ["certificate", "make", "a.example", "--out", "\(name),a.key"],
        ["certificate", "make", "b.example", "--out", "new\(absent),b.key"],
        ["verify", name, "--no-name"], ["verify", absent, "--no-name", "--json"],
        ["verify", "c.example.pem", "--no-name", "--crl", name],
        ["verify", "c.example.pem", "--no-name", "--ca", absent], ["trust", "--ca", name],
        ["serve", "--identity", "\(name),\(absent)"], ["serve", "--psk", absent],
      ] {
        let (_, output) = try directory.tls(arguments)
        #expect(
          !output.unicodeScalars.contains("\u{1b}") && !output.unicodeScalars.contains("\u{202e}"),
          "\(arguments)")
        #expect(output.contains("u{1b}") || output.contains("u001b"), "\(arguments): \(output)")
      }
    }

    @Test("what a revocation list does not speak of is said")
    func scope() throws {
      #expect(try directory.tls("certificate", "make", "a.example", "--key", "rsa2048").status == 0)
      try directory.makeRevocations()
      let whole = try directory.tls("certificate", "show", "empty.crl")
      #expect(whole.output.contains("  speaks of    all that its issuer has issued\n"))
      try directory.write(
        directory.read("ca.conf") + """

          [scope]
          issuingDistributionPoint = critical,@point
          [point]
          fullname = URI:http://crl.example/users.crl
          onlyuser = TRUE
          onlysomereasons = keyCompromise,superseded
          indirectCRL = TRUE
          """, to: "ca.conf")
      try directory.openssl(
        "ca", "-config", "ca.conf", "-gencrl", "-crlexts", "scope", "-out", "users.crl")
      let (status, output) = try directory.tls("certificate", "show", "users.crl")
      #expect(status == 0)
      for fact in [
        "(onlyContainsUserCerts)\n", "keyCompromise, superseded\n",
        "URI:http://crl.example/users.crl\n",
      ] {
        #expect(output.contains(fact), "\(fact) is missing in:\n\(output)")
      }
      let shown = try directory.json("certificate", "show", "users.crl")
      let object = try #require((shown.object["objects"] as? [[String: Any]])?.first)
      let point = try #require(object["issuingDistributionPoint"] as? [String: Any])
      #expect(point["indirect"] as? Bool == true)
      #expect(point["distributionPoint"] as? [String] == ["URI:http://crl.example/users.crl"])
    }
  }
}
