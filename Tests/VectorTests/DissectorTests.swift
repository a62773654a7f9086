import TLSEngine
import TestSupport
import Testing

@testable import tls

@Suite("Fields of messages")
struct DissectorTests {
  @Test("what real peers say is decoded to its last byte", arguments: RecordedMessages.allCases)
  func recorded(_ recorded: RecordedMessages) throws {
    var dissector = Dissector()
    for message in try recorded.messages {
      let fields = dissector.fields(ofHandshake: message)
      #expect(Outline.isComplete(fields, message))
      #expect(!fields.contains { $0.name == "undecodable" || $0.name == "body" })
    }
  }

  @Test("a ServerHello can be followed line by line")
  func serverHello() throws {
    let message = try RecordedMessages.everything.messages[1]
    var dissector = Dissector()
    #expect(
      Outline.text(dissector.fields(ofHandshake: message)) == """
        ServerHello: handshake type 2, 146 bytes
          server_version: TLS 1.2
          random
          session_id length: 0 bytes
          cipher_suite: TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
          compression_method: null (0)
          extensions length: 106 bytes
            extension signed_certificate_timestamp: type 18, 59 bytes
              sct_list length: 57 bytes
                SerializedSCT length: 55 bytes
                  sct_version: v1 (0)
                  log_id
                  timestamp: 2025-11-29T12:00:00Z
                  extensions length: 0 bytes
                  SignatureAndHashAlgorithm: ecdsa_secp256r1_sha256
                  signature length: 8 bytes
                  signature
            extension renegotiation_info: type 65281, 1 byte
              renegotiated_connection length: 0 bytes
            extension max_fragment_length: type 1, 1 byte
              max_fragment_length: 2^12, 4096 bytes (4)
            extension ec_point_formats: type 11, 4 bytes
              ec_point_format_list length: 3 bytes
                ECPointFormat: uncompressed (0)
                ECPointFormat: ansiX962_compressed_prime (1)
                ECPointFormat: ansiX962_compressed_char2 (2)
            extension session_ticket: type 35, 0 bytes
            extension status_request: type 5, 0 bytes
            extension next_protocol_negotiation: type 13172, 9 bytes
              protocol length: 8 bytes
              protocol: http/1.1
            extension extended_master_secret: type 23, 0 bytes
        """)
  }

  @Test("every kind of message but the hellos has its parts")
  func everything() throws {
    var dissector = Dissector()
    let texts = try RecordedMessages.everything.messages.map { message in
      Outline.text(
        dissector.fields(ofHandshake: message).filter {
          !$0.name.hasSuffix(" length") && $0.name != "SignatureAndHashAlgorithm"
        })
    }
    #expect(texts.dropFirst(2).joined(separator: "\n") == Self.behindTheHellos)
  }

  private static let behindTheHellos = """
    Certificate: handshake type 11, 801 bytes
        certificate: CN=server.example, issued by CN=Recorded CA, ECDSA P-256
        certificate: CN=Recorded CA, issued by CN=Recorded CA, ECDSA P-256
    CertificateStatus: handshake type 22, 687 bytes
      status_type: ocsp (1)
      OCSPResponse: signed by CN=Recorded CA at 2026-11-29T15:25:32Z: \
    29f11d72f1f9071ac87ad174d583c00cb6232598: good
    ServerKeyExchange: handshake type 12, 110 bytes
      curve_type: named_curve (3)
      named_curve: x25519
      public
      signature
    CertificateRequest: handshake type 13, 74 bytes
        ClientCertificateType: rsa_sign (1)
        ClientCertificateType: dss_sign (2)
        ClientCertificateType: ecdsa_sign (64)
        DistinguishedName: CN=Recorded CA
    ServerHelloDone: handshake type 14, 0 bytes
    Certificate: handshake type 11, 801 bytes
        certificate: CN=client.example, issued by CN=Recorded CA, ECDSA P-256
        certificate: CN=Recorded CA, issued by CN=Recorded CA, ECDSA P-256
    ClientKeyExchange: handshake type 16, 33 bytes
      ecdh_Yc
    CertificateVerify: handshake type 15, 75 bytes
      signature
    NextProtocol: handshake type 67, 32 bytes
      selected_protocol: http/1.1
      padding
    Finished: handshake type 20, 12 bytes
      verify_data
    NewSessionTicket: handshake type 4, 582 bytes
      ticket_lifetime_hint: 7200 seconds
      ticket
    Finished: handshake type 20, 12 bytes
      verify_data
    """

  @Test(
    "the form of the key exchange follows the suite",
    arguments: [
      (RecordedMessages.finiteField, "dh_p dh_g dh_Ys SignatureAndHashAlgorithm signature dh_Yc"),
      (.preSharedKey, "psk_identity_hint psk_identity"),
      (
        .ellipticCurveAndPreSharedKey,
        "psk_identity_hint curve_type named_curve public psk_identity ecdh_Yc"
      ),
      (.finiteFieldAndPreSharedKey, "psk_identity_hint dh_p dh_g dh_Ys psk_identity dh_Yc"),
      (.rsaAndPreSharedKey, "psk_identity_hint psk_identity encrypted_pre_master_secret"),
      (.rsa, "encrypted_pre_master_secret"),
      (.anonymous, "dh_p dh_g dh_Ys dh_Yc"),
    ])
  func keyExchange(_ recorded: RecordedMessages, _ names: String) throws {
    var dissector = Dissector()
    let fields = try recorded.messages.flatMap { message in
      let fields = dissector.fields(ofHandshake: message)
      return [12, 16].contains(message.first) ? fields.dropFirst() : []
    }
    let found = fields.map(\.name).filter { !$0.hasSuffix(" length") }
    #expect(found.joined(separator: " ") == names)
  }

  @Test("what later messages depend on is remembered of the hellos")
  func memory() throws {
    var dissector = Dissector()
    let messages = try RecordedMessages.finiteField.messages
    let (clientHello, serverHello) = (messages[0], messages[1])
    _ = dissector.fields(ofHandshake: clientHello)
    #expect(dissector.clientRandom == Array(clientHello[6..<38]))
    #expect(dissector.cipherSuite == nil && dissector.serverRandom == nil)
    #expect(!dissector.usesEncryptThenMAC && !dissector.usesExtendedMasterSecret)
    _ = dissector.fields(ofHandshake: serverHello)
    #expect(dissector.serverRandom == Array(serverHello[6..<38]))
    #expect(dissector.cipherSuite == .dheRSAWithAES128CBCSHA256)
    #expect(dissector.usesEncryptThenMAC && dissector.usesExtendedMasterSecret)

    var other = Dissector()
    for message in try RecordedMessages.everything.messages {
      _ = other.fields(ofHandshake: message)
    }
    #expect(!other.usesEncryptThenMAC && other.usesExtendedMasterSecret)
  }

  @Test("without a ServerHello the key exchange has no form")
  func noSuite() throws {
    let message = try RecordedMessages.everything.messages[4]
    var dissector = Dissector()
    let fields = dissector.fields(ofHandshake: message)
    #expect(fields.map(\.name) == ["ServerKeyExchange", "undecodable"])
    #expect(Outline.isComplete(fields, message))
  }

  @Test(
    "messages of other kinds and lengths are covered",
    arguments: [
      ("", ""),
      ("0e0000", "undecodable: a handshake message has a header of 4 bytes"),
      ("00000000", "HelloRequest: handshake type 0, 0 bytes"),
      ("63000002abcd", "handshake message 99: handshake type 99, 2 bytes\n  body"),
      (
        "0e000001ff",
        "ServerHelloDone: handshake type 14, 1 byte\n  undecodable: more than belongs here"
      ),
      (
        "14000001ffee",
        "Finished: handshake type 20, 1 byte\n"
          + "  undecodable: verify_data would have 12 bytes\n"
          + "  undecodable: behind the end of the message"
      ),
      (
        "43ffffff0268320100",
        "NextProtocol: handshake type 67, 16777215 bytes, more than there are\n"
          + "  selected_protocol length: 2 bytes\n  selected_protocol: h2\n"
          + "  padding length: 1 byte\n  padding"
      ),
      (
        "43000004020a7c5c",
        "NextProtocol: handshake type 67, 4 bytes\n  selected_protocol length: 2 bytes\n"
          + "  selected_protocol: \\x0a|\n"
          + "  padding length: 92 bytes, more than there are"
      ),
    ])
  func others(_ digits: String, _ outline: String) throws {
    let message = try hex(digits)
    var dissector = Dissector()
    let fields = dissector.fields(ofHandshake: message)
    #expect(Outline.text(fields) == outline)
    #expect(Outline.isComplete(fields, message))
  }

  @Test("alerts and ChangeCipherSpec have their names")
  func small() {
    #expect(
      Outline.text(Dissector.fields(ofAlert: [2, 40]))
        == "level: fatal (2)\ndescription: handshake_failure (40)")
    #expect(
      Outline.text(Dissector.fields(ofAlert: [3, 255, 0]))
        == "level: unknown (3)\ndescription: unknown (255)\nundecodable: more than belongs here")
    #expect(
      Outline.text(Dissector.fields(ofChangeCipherSpec: [1])) == "type: change_cipher_spec (1)")
    #expect(Dissector.fields(ofAlert: []).isEmpty)
  }
}
