#if NIOSSL
  import NIOCore
  import NIOEmbedded
  import NIOSSL
  import TLSCertificates
  import TLSEngine

  // swift-nio-ssl, with BoringSSL in it, as its users meet it: as a handler in a channel. Of the
  // channels these are the cheapest, and their cost is in what is measured.

  /// Its settings.
  final class NIOSSLSetup: Setup {
    /// The one that Package.swift asks for.
    static let version = "2.37.6, with BoringSSL, in an EmbeddedChannel"

    private let client: NIOSSLContext
    private let server: NIOSSLContext
    private let group: NamedGroup

    // No interface of its leads there.
    let canResume = false

    /// Those of the suites that are measured which it has: others make it crash.
    private static let suites: [CipherSuite] = [
      .ecdheECDSAWithAES128GCMSHA256, .ecdheRSAWithAES128GCMSHA256,
      .ecdheECDSAWithAES256GCMSHA384, .ecdheECDSAWithChaCha20Poly1305SHA256,
    ]

    /// - Returns: `nil` if it does not have the suite.
    init?(_ fixture: Fixture, _ suite: CipherSuite) {
      guard Self.suites.contains(suite), let curves = Self.curves(fixture.groups) else {
        return nil
      }
      group = fixture.group
      var client = TLSConfiguration.makeClientConfiguration()
      if let root = fixture.root {
        guard let anchor = try? NIOSSLCertificate(bytes: root.der, format: .der) else { return nil }
        client.trustRoots = .certificates([anchor])
      } else {
        client.certificateVerification = .none
      }
      client.minimumTLSVersion = .tlsv12
      client.maximumTLSVersion = .tlsv12
      client.cipherSuiteValues = [NIOTLSCipher(rawValue: suite.rawValue)]
      client.curves = curves
      client.verifySignatureAlgorithms = Self.signatures
      do {
        var server = TLSConfiguration.makeServerConfiguration(
          certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(fixture.certificates.utf8))
            .map { .certificate($0) },
          privateKey: .privateKey(
            try NIOSSLPrivateKey(bytes: Array(fixture.key.utf8), format: .pem)))
        server.minimumTLSVersion = .tlsv12
        server.maximumTLSVersion = .tlsv12
        server.cipherSuiteValues = client.cipherSuiteValues
        server.curves = client.curves
        self.client = try NIOSSLContext(configuration: client)
        self.server = try NIOSSLContext(configuration: server)
      } catch {
        return nil
      }
    }

    /// Its own list has no Ed25519.
    private static let signatures: [SignatureAlgorithm] = [
      .ecdsaSecp256R1Sha256, .ecdsaSecp384R1Sha384, .rsaPssRsaeSha256, .rsaPkcs1Sha256, .ed25519,
    ]

    /// The same as everybody's, if it has the first.
    private static func curves(_ groups: [NamedGroup]) -> [NIOTLSCurve]? {
      var curves: [NIOTLSCurve] = []
      for group in groups {
        switch group {
        case .x25519: curves.append(.x25519)
        case .secp256r1: curves.append(.secp256r1)
        case .secp384r1: curves.append(.secp384r1)
        case .secp521r1: curves.append(.secp521r1)
        default: return nil
        }
      }
      return curves
    }

    func pair(resuming: Bool) throws -> any Pair {
      try NIOSSLPair(
        NIOSSLClientHandler(context: client, serverHostname: Fixture.name),
        NIOSSLServerHandler(context: server), group)
    }
  }

  /// Its client and server.
  final class NIOSSLPair: Pair {
    private var client: EmbeddedChannel?
    private let server: EmbeddedChannel
    private let handler: NIOSSLServerHandler
    private let group: NamedGroup

    /// What the server said first.
    private var answer: ByteBuffer?

    init(
      _ client: NIOSSLClientHandler, _ server: NIOSSLServerHandler, _ group: NamedGroup
    ) throws {
      handler = server
      self.group = group
      self.client = EmbeddedChannel()
      self.server = EmbeddedChannel()
      try self.client?.pipeline.syncOperations.addHandler(client)
      try self.server.pipeline.syncOperations.addHandler(server)
    }

    deinit {
      dropClient()
      Self.end(server, NIOSSLServerHandler.self)
    }

    func connect() throws {
      guard let client else { throw Failure(description: "the client is gone") }
      let address = try SocketAddress(unixDomainSocketPath: "/bench")
      client.connect(to: address, promise: nil)
      server.connect(to: address, promise: nil)
      var isMoving = true
      while isMoving {
        isMoving = false
        while let bytes = try client.readOutbound(as: ByteBuffer.self) {
          try server.writeInbound(bytes)
          isMoving = true
        }
        while let bytes = try server.readOutbound(as: ByteBuffer.self) {
          if answer == nil { answer = bytes }
          try client.writeInbound(bytes)
          isMoving = true
        }
      }
      guard handler.tlsVersion == .tlsv12 else { throw Failure(description: "no handshake") }
    }

    let isResumed = false

    /// It does not say which one it was, so ServerKeyExchange is looked for (RFC 8422 section 5.4):
    /// type 12, a length of 3 bytes, `named_curve`, and the curve.
    var hasGroup: Bool {
      let number = group.rawValue
      let curve = [3, UInt8(number >> 8), UInt8(truncatingIfNeeded: number)]
      let firstFlight = answer.map { Array($0.readableBytesView) } ?? []
      return firstFlight.indices.dropLast(6).contains { start in
        firstFlight[start] == 12 && Array(firstFlight[(start + 4)..<(start + 7)]) == curve
      }
    }

    func remember() throws {
      throw Failure(description: "swift-nio-ssl keeps no sessions")
    }

    func rest() {
      answer = nil
    }

    func dropClient() {
      guard let client else { return }
      Self.end(client, NIOSSLClientHandler.self)
      self.client = nil
    }

    func records(byteCount: Int, times: Int) throws -> any Records {
      guard let client else { throw Failure(description: "the client is gone") }
      return NIOSSLRecords(self, client, server, byteCount: byteCount)
    }

    /// Takes the handler out first: it would wait for the other's close_notify.
    private static func end<Handler: RemovableChannelHandler>(
      _ channel: EmbeddedChannel, _ type: Handler.Type
    ) {
      let pipeline = channel.pipeline.syncOperations
      if let handler = try? pipeline.handler(type: type) {
        _ = pipeline.removeHandler(handler)
      }
      _ = try? channel.finish(acceptAlreadyClosed: true)
    }
  }

  /// What it does with certificates; a chain is judged in a handshake alone.
  final class NIOSSLCertificates: Certificates {
    private let leaf: [UInt8]

    init(_ fixture: ChainFixture) {
      leaf = fixture.leaf.der
    }

    func judge() throws {
      throw Failure(description: "swift-nio-ssl judges no chain by itself")
    }

    func read() throws {
      _ = try NIOSSLCertificate(bytes: leaf, format: .der)
    }

    func matches(_ name: String, isAddress: Bool) throws -> Bool {
      throw Failure(description: "swift-nio-ssl checks no name by itself")
    }

    func loadRoots(_ path: String) throws -> Int {
      try NIOSSLCertificate.fromPEMFile(path).count
    }
  }

  /// Its records: what one channel writes outbound is the other's inbound, a buffer at a time.
  final class NIOSSLRecords: Records {
    private let pair: NIOSSLPair
    private let client: EmbeddedChannel
    private let server: EmbeddedChannel
    private let plaintext: ByteBuffer
    private var wire: [ByteBuffer] = []

    fileprivate init(
      _ pair: NIOSSLPair, _ client: EmbeddedChannel, _ server: EmbeddedChannel, byteCount: Int
    ) {
      self.pair = pair
      self.client = client
      self.server = server
      plaintext = ByteBuffer(repeating: 0x61, count: byteCount)
    }

    func seal(_ times: Int) throws {
      for _ in 0..<times {
        try client.writeOutbound(plaintext)
        while let bytes = try client.readOutbound(as: ByteBuffer.self) { wire.append(bytes) }
      }
    }

    func open(_ times: Int) throws {
      var left = times * plaintext.readableBytes
      for bytes in wire {
        try server.writeInbound(bytes)
        while let plaintext = try server.readInbound(as: ByteBuffer.self) {
          left -= plaintext.readableBytes
        }
      }
      wire.removeAll(keepingCapacity: true)
      guard left == 0 else { throw Failure(description: "\(left) bytes are missing") }
    }
  }
#endif
