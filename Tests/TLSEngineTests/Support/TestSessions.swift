import TLSCertificates
import TLSCrypto
import TestSupport
import Testing

@testable import TLSEngine

/// Sessions that no handshake made.
enum TestSessions {
  /// Noon, so that days begin and end half a day away.
  static let now = TestIdentities.now

  /// The master secret of every one of them.
  static let master = (0x80..<0xb0).map { UInt8($0) }

  /// That secret, for a suite with this hash.
  static func secret(_ hash: HashFunction) throws -> SessionSecret {
    let master = master
    return try SessionSecret(copying: master.rawSpan, using: hash)
  }

  static func state(
    serverName: String? = "example.com", applicationProtocol: String? = "h2",
    certificates: [Certificate] = [], createdAt: Timestamp = now,
    policy: [UInt8] = [UInt8](repeating: 7, count: 32)
  ) throws -> SessionState {
    SessionState(
      cipherSuite: .ecdheECDSAWithAES128GCMSHA256,
      master: try secret(.sha256), group: .x25519,
      signatureScheme: .ecdsaSecp256r1SHA256, serverName: serverName,
      applicationProtocol: applicationProtocol, peerCertificates: certificates,
      createdAt: createdAt, policy: policy)
  }

  /// Certificates of at least so many bytes altogether.
  static func certificates(ofAtLeast byteCount: Int) throws -> [Certificate] {
    let certificate = try #require(try TestIdentities.material(.p256).certificates.first)
    return Array(repeating: certificate, count: byteCount / certificate.der.count + 1)
  }

  static func serverSession(
    _ number: Int, createdAt: Timestamp = now, lifetime: Int = 86_400,
    certificates: [Certificate] = []
  ) throws -> ServerSession {
    ServerSession(
      id: id(number), state: try state(certificates: certificates, createdAt: createdAt),
      lifetime: lifetime)
  }

  static func id(_ number: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: 24) + .number(number, 8)
  }
}

extension SessionState {
  /// A copy of the encoding: what is secret in a test is no secret.
  func encodedBytes() throws -> [UInt8] {
    let encoded = try encode()
    return [UInt8](encoded.bytes)
  }
}

extension TicketKeys {
  /// What is in a ticket of plain bytes.
  func open(
    _ ticket: [UInt8], at now: Timestamp
  ) -> (state: SessionState, needsRenewal: Bool)? {
    open(ticket.rawSpan, at: now)
  }
}

/// Checks that none of the ways in which a value can be printed shows a secret.
func expectNoSecret(
  _ secret: [UInt8], in value: some Any, sourceLocation: SourceLocation = #_sourceLocation
) {
  var dumped = ""
  dump(value, to: &dumped)
  let texts = ["\(value)", String(reflecting: value), dumped]
  let part = Array(secret.prefix(4))
  let forms = [
    part.hexadecimal, part.map { "\($0)" }.joined(separator: ", "),
    part.map { "\($0)" }.joined(separator: "-"),
  ]
  for text in texts {
    #expect(!text.isEmpty, sourceLocation: sourceLocation)
    let packed = text.filter { $0 != " " && $0 != "\n" }
    for form in forms {
      #expect(!text.contains(form), "\(text)", sourceLocation: sourceLocation)
      #expect(!packed.contains(form), "\(text)", sourceLocation: sourceLocation)
    }
  }
}
