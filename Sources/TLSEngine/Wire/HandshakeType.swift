/// The type of a handshake message (RFC 5246 section 7.4).
struct HandshakeType: CodePoint {
  let rawValue: UInt8

  init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  static let helloRequest = HandshakeType(rawValue: 0)
  static let clientHello = HandshakeType(rawValue: 1)
  static let serverHello = HandshakeType(rawValue: 2)
  static let newSessionTicket = HandshakeType(rawValue: 4)
  static let certificate = HandshakeType(rawValue: 11)
  static let serverKeyExchange = HandshakeType(rawValue: 12)
  static let certificateRequest = HandshakeType(rawValue: 13)
  static let serverHelloDone = HandshakeType(rawValue: 14)
  static let certificateVerify = HandshakeType(rawValue: 15)
  static let clientKeyExchange = HandshakeType(rawValue: 16)
  static let finished = HandshakeType(rawValue: 20)
  static let certificateStatus = HandshakeType(rawValue: 22)
  /// draft-agl-tls-nextprotoneg-04 section 3.
  static let nextProtocol = HandshakeType(rawValue: 67)

  /// Whether its sender has nothing more to say until it is answered (RFC 5246 figures 1 and 2).
  var endsFlight: Bool {
    switch self {
    case .clientHello, .serverHelloDone, .finished: true
    default: false
    }
  }

  var registeredName: String? {
    switch self {
    case .helloRequest: "HelloRequest"
    case .clientHello: "ClientHello"
    case .serverHello: "ServerHello"
    case .newSessionTicket: "NewSessionTicket"
    case .certificate: "Certificate"
    case .serverKeyExchange: "ServerKeyExchange"
    case .certificateRequest: "CertificateRequest"
    case .serverHelloDone: "ServerHelloDone"
    case .certificateVerify: "CertificateVerify"
    case .clientKeyExchange: "ClientKeyExchange"
    case .finished: "Finished"
    case .certificateStatus: "CertificateStatus"
    case .nextProtocol: "NextProtocol"
    default: nil
    }
  }

  var description: String { registeredName ?? "handshake message of type \(rawValue)" }
}
