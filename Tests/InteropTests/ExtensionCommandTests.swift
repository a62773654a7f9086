import Foundation
import Testing

extension Interop {
  /// The extensions and exporters that options reach.
  @Suite("Extensions on the command line", .serialized)
  struct ExtensionCommand {
    private let runs: CommandRuns

    init() throws {
      runs = CommandRuns(authority: try Authority.shared.get())
    }

    @Test("NPN with OpenSSL's server and client, and ALPN before it")
    func nextProtocols() throws {
      let (theirs, theirAddress) = try runs.opensslServer(
        "-cert", "rsa.pem", "-key", "rsa.key", "-nextprotoneg", "spdy/3,http/1.1", "-www")
      defer { theirs.stop() }
      let (status, output) = try runs.connect(theirAddress, "--npn", "h2,http/1.1")
      #expect(status == 0, "\(output)")
      #expect(output.contains("NPN          http/1.1"), "\(output)")

      let (server, address) = try runs.serve("--npn", "h2,http/1.1", "--alpn", "h2")
      defer { server.stop() }
      let client = try runs.opensslClient(address, "-nextprotoneg", "http/1.1")
      try client.waitForOutput("Next protocol: (1) http/1.1")
      client.stop()
      let both = try runs.negotiated(address, "--npn", "http/1.1", "--alpn", "h2")
      #expect(both["applicationProtocol"] as? String == "h2")
      #expect(both["protocolNegotiation"] as? String == "ALPN")
      let old = try runs.negotiated(address, "--npn", "http/1.1")
      #expect(old["applicationProtocol"] as? String == "http/1.1")
      #expect(old["protocolNegotiation"] as? String == "NPN")
    }

    @Test("A stapled response and timestamps come as they are, and only to those who ask")
    func stapling() throws {
      let name = try runs.authority.statusResponse(for: .rsa)
      let response = try runs.read(name)
      try runs.write([UInt8](repeating: 3, count: 119), to: "one.sct")
      try runs.write([UInt8](repeating: 4, count: 121), to: "two.sct")
      let (server, address) = try runs.serve(
        "--status", name, "--sct", "one.sct", "--sct", "two.sct")
      defer { server.stop() }
      let (status, output) = try runs.connect(address, "--status", "received.der")
      #expect(status == 0, "\(output)")
      #expect(output.contains("OCSP         \(response.count) bytes, stapled"), "\(output)")
      #expect(output.contains("timestamps   2, signed"), "\(output)")
      #expect(try runs.read("received.der") == response)
      let none = try runs.negotiated(address, "--no-status", "--no-sct")
      #expect(none["stapledStatusByteCount"] is NSNull)
      #expect(none["signedCertificateTimestampCount"] as? Int == 0)
    }

    @Test("Both ends export the same, and OpenSSL's end too")
    func exporters() throws {
      let options = [
        "--export", "EXPERIMENTAL-one:20", "--export", "EXPERIMENTAL-two:16:a context",
        "--channel-binding", "tls-exporter", "--channel-binding", "tls-unique",
        "--channel-binding", "tls-server-end-point",
      ]
      let (server, address) = try runs.serve(
        ["--identity", "rsa.pem,rsa.key", "--once"] + options)
      let client = try runs.run(
        ["connect", address, "--name", "example.com", "--ca", "ca.pem", "--request", ""]
          + ["--idle", "1"] + options)
      #expect(client.status == 0, "\(client.output)")
      #expect(try server.waitForExit() == 0, "\(server.output)")
      let lines = [client.output, server.output].map { output in
        output.split(separator: "\n").filter {
          $0.hasPrefix("exporter ") || $0.hasPrefix("binding ")
        }
      }
      #expect(lines[0].count == 5, "\(client.output)")
      #expect(lines[0] == lines[1])
      let pattern = /exporter EXPERIMENTAL-one [0-9a-f]{40}/
      #expect(try pattern.wholeMatch(in: try #require(lines[0].first)) != nil)

      let (theirs, theirAddress) = try runs.opensslServer(
        "-cert", "rsa.pem", "-key", "rsa.key", "-keymatexport", "EXPERIMENTAL-one",
        "-keymatexportlen", "20")
      defer { theirs.stop() }
      let ours = try runs.connect(theirAddress, "--export", "EXPERIMENTAL-one:20", "--idle", "1")
      try theirs.waitForOutput("Keying material: ")
      let line = try #require(
        theirs.output.split(separator: "\n").first { $0.contains("Keying material: ") })
      let digits = try #require(line.split(separator: " ").last)
      #expect(ours.output.contains("exporter EXPERIMENTAL-one \(digits.lowercased())"))
    }

    @Test("CBC with encrypt_then_mac, and without it where one end says so")
    func encryptThenMAC() throws {
      let suite = ["--suites", "ECDHE-RSA-AES128-SHA256"]
      let (server, address) = try runs.serve(["--identity", "rsa.pem,rsa.key"] + suite)
      defer { server.stop() }
      let (_, with) = try runs.connect(address, "--suites", "legacy")
      #expect(with.contains("encrypt-then-MAC yes"), "\(with)")
      let (_, without) = try runs.connect(
        address, "--suites", "legacy", "--no-encrypt-then-mac")
      #expect(without.contains("encrypt-then-MAC no"), "\(without)")
    }

    @Test("What else a ClientHello can say, a server of ours takes")
    func clientHello() throws {
      let (server, address) = try runs.serve("--max-fragment-length", "--record-size-limit", "512")
      defer { server.stop() }
      let (status, output) = try runs.connect(
        address, "--grease", "--pad", "--max-fragment-length", "512", "--trace",
        "--certificate-signature-schemes", "ecdsa_secp256r1_sha256,rsa_pkcs1_sha256",
        "--signature-schemes", "rsa_pkcs1_sha512", "--require-extended-master-secret",
        "--min-version", "1.2", "--limit", "certificateCount=1")
      #expect(status == 0, "\(output)")
      #expect(output.contains("signature    rsa_pkcs1_sha512"), "\(output)")
      #expect(output.contains("max_fragment_length 512"), "\(output)")
      let (limited, limitedOutput) = try runs.connect(
        address, "--record-size-limit", "64", "--fallback", "--trace")
      #expect(limited == 0, "\(limitedOutput)")
      #expect(limitedOutput.contains("record_size_limit 512"), "\(limitedOutput)")
    }

    @Test("--limit and --insecure-without-any-verification do what they say")
    func limits() throws {
      let (server, address) = try runs.serve()
      defer { server.stop() }
      let refused = try runs.connect(address, "--limit", "certificateCount=0")
      #expect(refused.status == 1, "\(refused.output)")
      #expect(refused.output.contains("the limit is 0"), "\(refused.output)")
      let insecure = try runs.run([
        "connect", address, "--name", "example.net", "--insecure-without-any-verification",
        "--request", "GET / HTTP/1.1\\r\\n\\r\\n",
      ])
      #expect(insecure.status == 0, "\(insecure.output)")
    }

    @Test("Values that cannot be are a sentence and exit status 64")
    func wrong() throws {
      for (arguments, sentence) in [
        (["--min-version", "1.1"], "TLS 1.1, which is too weak"),
        (["--max-version", "1.3"], "TLS 1.3, which is not spoken yet"),
        (["--max-version", "1.1"], "at least TLS 1.2 and at most TLS 1.1"),
        (["--min-version", "2"], "is no version"),
        (["--signature-schemes", "rsa_md5"], "is no signature scheme"),
        (["--record-size-limit", "63"], "must be 64 to 16384"),
        (["--max-fragment-length", "513"], "one of 512, 1024, 2048, 4096"),
        (["--limit", "anything=1"], "is no limit"),
        (["--limit", "certificateCount"], "a limit is NAME=COUNT"),
        (["--export", "label:0"], "--export is LABEL:COUNT"),
        (["--channel-binding", "tls-unheard-of"], "is no channel binding"),
        (["--status", "a.der", "--no-status"], "do not go together"),
        (["--insecure-without-any-verification"], "--ca is of no use"),
      ] {
        let (status, output) = try runs.connect("127.0.0.1:1", arguments)
        #expect(status == 64, "\(arguments): \(output)")
        #expect(output.contains(sentence), "\(output)")
      }
      try runs.write([UInt8]("me:00112233445566778899aabbccddeeff\n".utf8), to: "one.key")
      let unstapled = try runs.run(["serve", "--port", "0", "--psk", "one.key", "--sct", "x"])
      #expect(unstapled.status == 64)
      #expect(unstapled.output.contains("--sct need an identity"), "\(unstapled.output)")
    }
  }
}
