import TLSCertificates
import TLSCrypto
import TestSupport
import Testing

@testable import TLSEngine

@Suite("Encoding of sessions")
struct SessionEncodingTests {
  // The known forms were made with Python's struct and hashlib from the descriptions in
  // SessionState+Encoding.swift and StoredSession.swift: sessions that were stored once must be read
  // by every later version.
  private static let knownState =
    "01 c02b 001d 0403 000000006a2fe940 0b6578616d706c652e636f6d 026832"
    + "200707070707070707070707070707070707070707070707070707070707070707 000000 00 00"
    + "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
    + "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"
  private static let knownServerSession =
    "02 01 20000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f 000000006a313ac0"
    + knownState + "a09a529f8064e0fa21df64d257788e35e5971464c9e986dd05e2722d415adcaf"
  private static let knownClientSession =
    "01 01 02 000401020304 000000006a2ff750"
    + knownState + "6a88821f514593106f8854991c5051c816a471402c56986cde499dbc04c1740e"

  private func clientSession() throws -> ClientSession {
    ClientSession(
      ticket: [1, 2, 3, 4], lifetimeHint: 3600, receivedAt: TestSessions.now,
      state: try TestSessions.state())
  }

  private func serverSession() throws -> ServerSession {
    ServerSession(id: (0..<32).map { UInt8($0) }, state: try TestSessions.state())
  }

  private func encoded(_ session: ClientSession) throws -> [UInt8] {
    let encoded = try session.encoded()
    return [UInt8](encoded.bytes)
  }

  private func encoded(_ session: ServerSession) throws -> [UInt8] {
    let encoded = try session.encoded()
    return [UInt8](encoded.bytes)
  }

  // MARK: States

  @Test("The forms are the known ones")
  func knownForms() throws {
    #expect(try TestSessions.state().encodedBytes() == hex(Self.knownState))
    #expect(try encoded(try serverSession()) == hex(Self.knownServerSession))
    #expect(try encoded(try clientSession()) == hex(Self.knownClientSession))
  }

  @Test("A state comes back with all that it had")
  func stateWithEverything() throws {
    let certificates =
      try TestIdentities.material(.p256).certificates
      + TestIdentities.material(.rsa, names: ["example.org"]).certificates
    let state = try TestSessions.state(certificates: certificates)
    let bytes = try state.encodedBytes()
    let decoded = try SessionState(decoding: bytes.rawSpan)
    #expect(decoded.cipherSuite == .ecdheECDSAWithAES128GCMSHA256)
    let master = decoded.master.masterSecret()
    #expect([UInt8](master.bytes) == TestSessions.master)
    #expect(master.hash == .sha256)
    #expect(decoded.group == .x25519)
    #expect(decoded.signatureScheme == .ecdsaSecp256r1SHA256)
    #expect(decoded.serverName == "example.com")
    #expect(decoded.applicationProtocol == "h2")
    #expect(decoded.peerCertificates == certificates)
    #expect(decoded.createdAt == TestSessions.now)
    #expect(decoded.policy == state.policy)
    #expect(try decoded.encodedBytes() == bytes)
  }

  @Test("A state comes back without what it had not, and with the hash of its suite")
  func stateWithLittle() throws {
    let state = SessionState(
      cipherSuite: .ecdheRSAWithAES256GCMSHA384,
      master: try TestSessions.secret(.sha384), group: nil,
      signatureScheme: nil, serverName: nil, applicationProtocol: nil, peerCertificates: [],
      createdAt: Timestamp(secondsSince1970: -1), policy: [])
    let bytes = try state.encodedBytes()
    let decoded = try SessionState(decoding: bytes.rawSpan)
    #expect(decoded.master.masterSecret().hash == .sha384)
    #expect(decoded.group == nil && decoded.signatureScheme == nil)
    #expect(decoded.serverName == nil && decoded.applicationProtocol == nil)
    #expect(decoded.peerCertificates.isEmpty && decoded.policy.isEmpty)
    #expect(decoded.createdAt.secondsSince1970 == -1)
  }

  @Test("A state cut anywhere, or with more behind it, is refused")
  func cutStates() throws {
    let certificates = try TestIdentities.material(.ed25519).certificates
    let bytes = try TestSessions.state(certificates: certificates).encodedBytes()
    for count in bytes.indices {
      let cut = Array(bytes.prefix(count))
      #expect(throws: TLSError.self, "\(count)") { _ = try SessionState(decoding: cut.rawSpan) }
    }
    let longer = bytes + [0]
    #expect(throws: TLSError.self) { _ = try SessionState(decoding: longer.rawSpan) }
  }

  @Test("A state with any bit flipped is another state or refused, and never a trap")
  func flippedStates() throws {
    let certificates = try TestIdentities.material(.ed25519).certificates
    let bytes = try TestSessions.state(certificates: certificates).encodedBytes()
    var refused = 0
    for index in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << bit
        do {
          let decoded = try SessionState(decoding: changed.rawSpan)
          #expect(try decoded.encodedBytes() == changed)
        } catch let error as TLSError {
          #expect(!error.description.isEmpty)
          refused += 1
        }
      }
    }
    #expect(refused > 100)
  }

  @Test(
    "A state with a field that cannot be is refused by that field's name",
    arguments: [
      ("02 c02b", 0, "version of the session is 2, and only 1 is known"),
      ("01 c02d", 0, "cipher_suite is 0xc02d, which the engine does not speak"),
      ("0b 6578616d706c652e636f20", 15, "server_name holds bytes that are not visible ASCII"),
      ("02 68ff", 27, "application_protocol holds bytes that are not visible ASCII"),
      ("000003 000000", 63, "certificate is 0 bytes long"),
      ("000006 000003 303132", 63, "certificate is malformed"),
      ("020001", 63, "certificates is 131073 bytes long, and must be 0 to 131072"),
    ])
  func impossibleFields(patch: String, offset: Int, sentence: String) throws {
    var bytes = try hex(Self.knownState)
    let patch = try hex(patch)
    // The list of certificates grows; everything else keeps its length.
    let replaced = offset == 63 ? 3 : patch.count
    bytes.replaceSubrange(offset..<offset + replaced, with: patch)
    let error = #expect(throws: TLSError.self) { _ = try SessionState(decoding: bytes.rawSpan) }
    let said = error?.description ?? "nothing"
    #expect(said.hasPrefix(sentence), "\(said)")
  }

  @Test("A state that could not be read again is not written")
  func unwritable() throws {
    let long = try TestSessions.state(
      certificates: try TestSessions.certificates(ofAtLeast: 131_072))
    #expect(throws: TLSError.self) { _ = try long.encodedBytes() }
    for name in ["", "ex ample", "exämple.com", String(repeating: "a", count: 256)] {
      let state = try TestSessions.state(serverName: name)
      #expect(throws: TLSError.self, "\(name)") { _ = try state.encodedBytes() }
    }
    let policy = [UInt8](repeating: 0, count: 256)
    let state = try TestSessions.state(policy: policy)
    #expect(throws: TLSError.self) { _ = try state.encodedBytes() }
  }

  @Test("A master secret of any length but 48 bytes is refused")
  func masterSecretLength() throws {
    for count in [0, 47, 49] {
      let bytes = [UInt8](repeating: 1, count: count)
      #expect(throws: TLSError.self, "\(count)") {
        _ = try SessionSecret(copying: bytes.rawSpan, using: .sha256)
      }
    }
  }

  @Test("A session's secret is a copy, and every connection gets one of its own")
  func sharedSecret() throws {
    let bytes = TestSessions.master
    let master = try MasterSecret(copying: bytes.rawSpan, using: .sha384)
    let secret = SessionSecret(master)
    let copy = secret.masterSecret()
    #expect([UInt8](copy.bytes) == TestSessions.master)
    #expect(copy.hash == .sha384)
  }

  // MARK: Stored sessions

  @Test("A client's session comes back, by id and by ticket")
  func clientRoundTrip() throws {
    let state = try TestSessions.state(
      certificates: try TestIdentities.material(.p256).certificates)
    let sessions = [
      ClientSession(id: [1], state: state),
      ClientSession(id: [UInt8](repeating: 9, count: 32), state: state, lifetime: 60),
      ClientSession(
        ticket: [UInt8](repeating: 3, count: 65_535), lifetimeHint: 0,
        receivedAt: TestSessions.now, state: state),
      ClientSession(
        ticket: [5], lifetimeHint: 7, receivedAt: TestSessions.now, state: state),
    ]
    for session in sessions {
      let bytes = try encoded(session)
      let decoded = try ClientSession(encoded: bytes.rawSpan)
      #expect(decoded == session)
      #expect(decoded.expiresAt == session.expiresAt)
      #expect(decoded.createdAt == TestSessions.now)
      #expect(decoded.serverName == "example.com")
      #expect(decoded.cipherSuite == .ecdheECDSAWithAES128GCMSHA256)
      #expect(try decoded.state.encodedBytes() == state.encodedBytes())
    }
    #expect(Set(sessions).count == 4)
  }

  @Test("A server's session comes back")
  func serverRoundTrip() throws {
    let session = try TestSessions.serverSession(
      5, lifetime: 60, certificates: try TestIdentities.material(.p256).certificates)
    let bytes = try encoded(session)
    let decoded = try ServerSession(encoded: bytes.rawSpan)
    #expect(decoded.id == session.id)
    #expect(decoded.expiresAt == session.expiresAt)
    #expect(try decoded.state.encodedBytes() == session.state.encodedBytes())
  }

  /// Checks that neither side takes `bytes`, and that no alert is spoken of.
  private func expectRefused(_ bytes: [UInt8], _ comment: Comment) {
    let client = #expect(throws: TLSError.self, comment) {
      _ = try ClientSession(encoded: bytes.rawSpan)
    }
    let server = #expect(throws: TLSError.self, comment) {
      _ = try ServerSession(encoded: bytes.rawSpan)
    }
    #expect(client?.alert == nil && server?.alert == nil, comment)
  }

  @Test("A stored session cut anywhere, longer, or with any bit flipped is refused")
  func damage() throws {
    for whole in [try encoded(try clientSession()), try encoded(try serverSession())] {
      for count in whole.indices { expectRefused(Array(whole.prefix(count)), "\(count) bytes") }
      expectRefused(whole + [0], "longer")
      for index in whole.indices {
        for bit in 0..<8 {
          var changed = whole
          changed[index] ^= 1 << bit
          expectRefused(changed, "bit \(bit) of byte \(index)")
        }
      }
    }
    expectRefused([UInt8](repeating: 1, count: 262_145), "too long")
  }

  @Test("One side's session is not the other's")
  func otherSide() throws {
    let client = try encoded(try clientSession())
    #expect(throws: TLSError.self) { _ = try ServerSession(encoded: client.rawSpan) }
    let server = try encoded(try serverSession())
    let error = #expect(throws: TLSError.self) { _ = try ClientSession(encoded: server.rawSpan) }
    #expect(error?.description == "kind of the stored session is 2, not 1")
  }

  /// The same with other contents, and a checksum that fits.
  private func stored(_ contents: [UInt8]) throws -> [UInt8] {
    contents + (try Hash.digest(of: contents.rawSpan, using: .sha256)).array
  }

  @Test(
    "A client's session that is whole, but has a field that cannot be, is refused",
    arguments: [
      ("01 02 01 0001 01", "version of the stored session is 2, and only 1 is known"),
      ("01 01 03 0001 01", "kind of the session's handle is 3"),
      ("01 01 01 0000", "session_id is 0 bytes long, and must be 1 to 32"),
      (
        "01 01 01 0021 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
        "session_id is 33 bytes long, and must be 1 to 32"
      ),
      ("01 01 02 0000", "ticket is 0 bytes long, and must be 1 to 65535"),
    ])
  func impossibleClientFields(head: String, sentence: String) throws {
    let state = try hex(Self.knownState)
    let bytes = try stored(try hex(head) + .number(0, 8) + state)
    let error = #expect(throws: TLSError.self) { _ = try ClientSession(encoded: bytes.rawSpan) }
    let said = error?.description ?? "nothing"
    #expect(said.hasPrefix(sentence), "\(said)")
    let good = try stored(try hex("01 01 02 0001 01") + .number(0, 8) + state)
    #expect(try ClientSession(encoded: good.rawSpan).handle == .ticket([1]))
    let longer = try stored(try hex("01 01 02 0001 01") + .number(0, 8) + state + [0])
    #expect(throws: TLSError.self) { _ = try ClientSession(encoded: longer.rawSpan) }
  }

  @Test("A server's session with an id of another length is refused")
  func impossibleServerFields() throws {
    let state = try hex(Self.knownState)
    for count in [0, 31, 33] {
      let id = [UInt8](repeating: 1, count: count).vector(1)
      let bytes = try stored([2, 1] + id + .number(0, 8) + state)
      let error = #expect(throws: TLSError.self) { _ = try ServerSession(encoded: bytes.rawSpan) }
      #expect(
        error?.description == "session_id is \(count) bytes long, and must be 32 to 32")
    }
  }

  // MARK: What is printed

  @Test("No description holds a secret")
  func descriptions() throws {
    let client = try clientSession()
    let server = try serverSession()
    expectNoSecret(TestSessions.master, in: client)
    expectNoSecret(TestSessions.master, in: server)
    expectNoSecret(TestSessions.master, in: client.state)
    expectNoSecret(TestSessions.master, in: client.state.master)
    withKnownIssue("the check does find what is there") {
      expectNoSecret(TestSessions.master, in: [TestSessions.master])
    }
    #expect(
      "\(client)"
        == "session with example.com by ticket, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "
        + "until 2026-06-15T13:00:00Z")
    #expect(
      "\(server)"
        == "session for example.com, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "
        + "until 2026-06-16T12:00:00Z")
  }
}
