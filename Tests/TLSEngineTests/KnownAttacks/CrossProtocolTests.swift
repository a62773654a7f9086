import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// Cross-protocol attack (Wagner, Schneier 1996; Mavrogiannopoulos et al., "A Cross-Protocol Attack on
  /// the TLS Protocol", 2012): the signature over ServerKeyExchange does not cover the suite. A man in
  /// the middle who changes the suite in ServerHello has the client read a curve and a point, well
  /// signed, as a prime and a generator, or the reverse.
  @Suite("Parameters of one key exchange read as those of another")
  struct CrossProtocolTests {
    private static let curves = CipherSuite.ecdheRSAWithAES128GCMSHA256
    private static let fields = CipherSuite.dheRSAWithAES128GCMSHA256

    /// Has a server agree by `suite` in `group`, and tells the client in between that it was `other`.
    private func expectNoticed(
      _ suite: CipherSuite, in group: NamedGroup, toldAs other: CipherSuite,
      with alert: AlertDescription, saying sentence: String,
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      var client = try TestIdentities.startedClient(
        try TestIdentities.client {
          $0.cipherSuites = [Self.curves, Self.fields]
          $0.supportedGroups =
            group.isFiniteField ? [.secp256r1, group] : [group, .ffdhe2048]
        })
      var server = try TestIdentities.server(as: .rsa) {
        $0.cipherSuites = [suite]
        $0.supportedGroups = [group]
      }
      _ = try server.receive(client.takeOutgoing())
      var messages = WireRecord.messages(WireRecord.split(server.takeOutgoing()))
      var hello = try WireHello(messages[0])
      #expect(hello.cipherSuites == [Int(suite.rawValue)])
      hello.cipherSuites = [Int(other.rawValue)]
      messages[0] = hello.message
      expectRefused(
        &client, receiving: WireRecord.handshake(messages.flatMap { $0 }).bytes, with: alert,
        saying: sentence, sourceLocation: sourceLocation)
    }

    @Test(
      "A curve and its point are no prime, generator and key",
      arguments: NamedGroup.supported.filter { !$0.isFiniteField })
    func curveAsField(group: NamedGroup) throws {
      // curve_type 3 and the high byte of the number, 0: a prime of 768 bytes, where there are not so many.
      try expectNoticed(
        Self.curves, in: group, toldAs: Self.fields, with: .decodeError, saying: "dh_p needs 768")
    }

    @Test(
      "A prime, a generator and a key are no curve and point",
      arguments: [
        (NamedGroup.ffdhe2048, "curve_type is 1; only named curves (3) are allowed"),
        (.ffdhe3072, "curve_type is 1; only named curves (3) are allowed"),
        (.ffdhe4096, "curve_type is 2; only named curves (3) are allowed"),
        (.ffdhe8192, "curve_type is 4; only named curves (3) are allowed"),
      ])
    func fieldAsCurve(group: NamedGroup, sentence: String) throws {
      try expectNoticed(
        Self.fields, in: group, toldAs: Self.curves, with: .illegalParameter, saying: sentence)
    }

    @Test("A prime whose length looks like a named curve is none either")
    func fieldAsNamedCurve() throws {
      // 768 bytes: curve_type 3. The prime goes on as the group 255 and a point of 255 bytes, and what is
      // left is no signature.
      try expectNoticed(
        Self.fields, in: .ffdhe6144, toldAs: Self.curves, with: .decodeError,
        saying: "signature needs ")
    }

    @Test("A curve that is written out is refused, even if it is P-256 itself (RFC 8422 5.4)")
    func explicitCurve() throws {
      // explicit_prime and explicit_char2 (RFC 4492 section 5.4), in which the attack of 2012 hid a prime.
      for type in [UInt8(1), 2] {
        let numbers = [32, 32, 32, 65, 32, 1].flatMap { [UInt8](repeating: 5, count: $0).vector(1) }
        let point = ([4] + [UInt8](repeating: 5, count: 64)).vector(1)
        let signed = [8, 4] + [UInt8](repeating: 1, count: 256).vector(2)
        try expectClientRefuses(
          with: .illegalParameter,
          saying: "curve_type is \(type); only named curves (3) are allowed (RFC 8422 5.4)"
        ) { $0.afterCertificate = [([type] + numbers + point + signed).message(12)] }
      }
    }

    @Test("Bytes between the parameters and the signature, or behind it, are decode_error")
    func leftOver() throws {
      for (extra, place) in [([0], 40), ([0, 0], nil)] as [([UInt8], Int?)] {
        var client = try TestIdentities.startedClient()
        let peer = try HandDrivenServer(answering: &client)
        var messages = try peer.messages()
        var body = Array(messages[2].dropFirst(4))
        body.insert(contentsOf: extra, at: place ?? body.count)
        messages[2] = body.message(12)
        let error = #expect(throws: TLSError.self) {
          _ = try client.receive(WireRecord.handshake(messages.flatMap { $0 }).bytes)
        }
        #expect(error?.alert == .decodeError, "\(String(describing: error))")
      }
    }
  }
}
