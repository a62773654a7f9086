import Testing

extension Interop {
  /// Keys that both sides have already.
  @Suite("Pre-shared keys on the command line", .serialized)
  struct PreSharedKeyCommand {
    private static let key = "00112233445566778899aabbccddeeff"
    private let runs: CommandRuns

    init() throws {
      runs = CommandRuns(authority: try Authority.shared.get())
      try write("# the keys\r\n\r\nurn:device:7:\(Self.key.uppercased())\r\nother:\(Self.key)\n")
    }

    private func write(_ text: String, to name: String = "keys") throws {
      try runs.write([UInt8](text.utf8), to: name)
    }

    @Test("Both ends name the key, and neither has a certificate")
    func both() throws {
      let (server, address) = try runs.serve(["--psk", "keys", "--psk-hint", "the blue one"])
      defer { server.stop() }
      let negotiated = try runs.negotiated(address, "--psk", "keys")
      #expect(negotiated["preSharedKeyIdentity"] as? String == "urn:device:7")
      #expect(
        negotiated["cipherSuite"] as? String == "TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384")
      #expect((negotiated["peerCertificates"] as? [Any])?.isEmpty == true)
      let (status, output) = try runs.connect(address, "--psk", "keys", "--trace")
      #expect(status == 0, "\(output)")
      #expect(output.contains("PSK          urn:device:7"), "\(output)")
    }

    @Test("A server with an identity too takes clients with a key and clients without")
    func beside() throws {
      let (server, address) = try runs.serve("--psk", "keys")
      defer { server.stop() }
      #expect(
        try runs.negotiated(address, "--psk", "keys")["preSharedKeyIdentity"] as? String
          == "urn:device:7")
      let ordinary = try runs.negotiated(address)
      #expect(ordinary["preSharedKeyIdentity"] as? String == nil)
      #expect((ordinary["peerCertificates"] as? [Any])?.count == 1)
    }

    @Test(
      "Another key of the same name fails, and a name that nobody knows is unknown_psk_identity")
    func refused() throws {
      let (server, address) = try runs.serve(["--psk", "keys"])
      defer { server.stop() }
      try write("other:ffeeddccbbaa99887766554433221100\n", to: "wrong.keys")
      let wrong = try runs.connect(address, "--psk", "wrong.keys")
      #expect(wrong.status == 1, "\(wrong.output)")
      try write("nobody:\(Self.key)\n", to: "unknown.keys")
      let unknown = try runs.connect(address, "--psk", "unknown.keys")
      #expect(unknown.status == 1, "\(unknown.output)")
      #expect(unknown.output.contains("the alert unknown_psk_identity"), "\(unknown.output)")
      try server.waitForOutput("there is no pre-shared key here for \"nobody\"")
    }

    @Test("OpenSSL's server and client have the same key")
    func withOpenSSL() throws {
      try write("Client_identity:\(Self.key)\n", to: "openssl.keys")
      let (theirs, theirAddress) = try runs.opensslServer(
        "-nocert", "-psk", Self.key, "-psk_identity", "Client_identity", "-psk_hint", "hint",
        "-cipher", "ECDHE-PSK-CHACHA20-POLY1305", "-www")
      defer { theirs.stop() }
      let negotiated = try runs.negotiated(theirAddress, "--psk", "openssl.keys")
      #expect(
        negotiated["cipherSuite"] as? String
          == "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256")

      let (server, address) = try runs.serve(["--psk", "openssl.keys", "--echo"])
      defer { server.stop() }
      let client = try runs.opensslClient(
        address, "-psk", Self.key, "-psk_identity", "Client_identity", "-cipher",
        "ECDHE-PSK-CHACHA20-POLY1305")
      try client.waitForOutput("Cipher is ECDHE-PSK-CHACHA20-POLY1305")
      client.endInput()
      #expect(try client.waitForExit() == 0, "\(client.output)")
    }

    @Test("A file that is wrong is named with its line, and nothing of the key")
    func wrong() throws {
      for (text, sentence) in [
        ("one:00\n", "a pre-shared key has 16 to 65535 bytes, not 1"),
        ("\(Self.key)\n", "it is not IDENTITY:KEY with the key in hexadecimal"),
        ("one:\(Self.key)0\n", "it is not IDENTITY:KEY with the key in hexadecimal"),
        ("one:\(Self.key)zz\n", "it is not IDENTITY:KEY with the key in hexadecimal"),
      ] {
        try write("# a line before\n" + text, to: "bad.keys")
        let (status, output) = try runs.connect("127.0.0.1:1", "--psk", "bad.keys")
        #expect(status == 64)
        #expect(output == "tls: bad.keys, line 2: \(sentence)\n")
      }
      try write("# none\n", to: "empty.keys")
      for file in ["empty.keys", "absent.keys"] {
        let (status, output) = try runs.connect("127.0.0.1:1", "--psk", file)
        #expect(status == 64)
        #expect(output.hasPrefix("tls: \(file): "), "\(output)")
      }
      // Suites with a key, and no key to go with them.
      let (status, output) = try runs.connect("127.0.0.1:1", "--suites", "PSK")
      #expect(status == 64)
      #expect(output.contains("and has no pre-shared key"), "\(output)")
    }
  }
}
