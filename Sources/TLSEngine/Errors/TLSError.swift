public import TLSCertificates
public import TLSCrypto

/// Why a connection failed: the alert that goes out, what was wrong, and where.
///
/// By the time it is thrown the engine has already put the alert into the outgoing bytes: send
/// them, then close the transport. Every later call on the connection throws the same error.
///
/// The exception is ``Reason/misuse(_:)``: the call was out of place, nothing happened, and the
/// connection goes on as before.
public struct TLSError: Error, Sendable, Equatable {
  /// The alert that the peer is sent, or `nil` if none is: the peer ended the connection itself,
  /// close_notify had been sent already, the connection could not be made at all, or the call was a
  /// misuse.
  public internal(set) var alert: AlertDescription?

  /// What was wrong, with the values that show it.
  public let reason: Reason

  /// Where in the protocol it was noticed, if that is known.
  public internal(set) var place: Place?

  init(_ alert: AlertDescription?, _ reason: Reason) {
    self.alert = alert
    self.reason = reason
  }

  /// Where in the protocol an error was noticed.
  public struct Place: Sendable, Hashable {
    /// What the connection was doing, such as `expecting ServerHello`.
    public let state: String

    /// The message or record in which it was noticed, such as `ServerHello`.
    public let message: String?
  }

  /// What was wrong.
  @nonexhaustive public enum Reason: Sendable, Equatable {
    /// A field could not be decoded.
    case malformed(field: String, problem: String)
    /// A message came that has no place here.
    case unexpectedMessage(received: String, expected: String)
    /// The peer offers at most, or chose, a version that is not allowed.
    case protocolVersion(ProtocolVersion, allowed: ClosedRange<ProtocolVersion>)
    /// A record says that it is of another version than the one agreed on, or of none at all.
    case recordVersion(ProtocolVersion, expected: ProtocolVersion?)
    /// The client says that it fell back to a version below the highest spoken here (RFC 7507).
    case inappropriateFallback(offered: ProtocolVersion, spoken: ProtocolVersion)
    /// No cipher suite of the client's can be used with what the server has.
    case noSharedCipherSuite(offered: [CipherSuite], allowed: [CipherSuite])
    /// No group in common.
    case noSharedGroup(offered: [NamedGroup], allowed: [NamedGroup])
    /// The certificate's key lies on a curve that the client does not offer (RFC 8422 5.1.1).
    case certificateCurveNotOffered(curve: NamedGroup, offered: [NamedGroup])
    /// The key of one side can make none of the signatures that the other accepts.
    case noSharedSignatureScheme(offered: [SignatureScheme], possible: [SignatureScheme])
    /// No application protocol in common (RFC 7301).
    case noSharedApplicationProtocol(offered: [String], supported: [String])
    /// The server has no identity for the name asked for.
    case unrecognizedName(String)
    /// The server has no identity at all.
    case noIdentity
    /// The server brought a finite field group of its own that is none of the known safe primes of at
    /// least 2048 bits (RFC 7919, RFC 3526).
    case unknownFiniteField(prime: [UInt8], generator: [UInt8])
    /// The server has no pre-shared key of this identity.
    case unknownPreSharedKey(identity: [UInt8])
    /// A field is well formed but has no business having this value.
    case illegalParameter(String)
    /// The server answered an extension that was not offered.
    case unsolicitedExtension(ExtensionType)
    /// An extension came twice.
    case duplicateExtension(ExtensionType)
    /// The peer does not say that it renegotiates safely (RFC 5746), or says it wrongly.
    case insecureRenegotiation(String)
    /// What the configuration requires was not agreed on.
    case required(String)
    /// The peer's certificate chain is not good, on a client for the name.
    case certificate(VerificationError)
    /// A certificate could not be parsed.
    case malformedCertificate(CertificateError)
    /// The server's signature over its key exchange does not verify.
    case badSignature(scheme: SignatureScheme)
    /// The client's signature over the handshake does not verify.
    case badCertificateVerify(scheme: SignatureScheme)
    /// The peer's Finished does not match: the handshakes seen at both ends differ.
    case badFinished
    /// A record did not authenticate.
    case badRecordMAC(sequenceNumber: UInt64)
    /// A record is longer than the protocol allows, in bytes.
    case recordOverflow(length: Int, limit: Int)
    /// A peer asked for more than a bound allows.
    case limitExceeded(what: String, limit: Int)
    /// The peer sent a fatal alert.
    case peerAlert(AlertDescription)
    /// The peer closed the connection, or its transport ended, before the handshake was complete.
    case closedDuringHandshake
    /// The caller closed the connection before the handshake was complete.
    case closedByCaller
    /// The transport ended without close_notify: what came last may be missing (RFC 5246 7.2.1).
    case truncated
    /// The caller's answer to a question was a refusal.
    case refused(String)
    /// The arithmetic failed.
    case cryptography(CryptoError)
    /// The engine could not go on, through no fault of the peer.
    case internalFailure(String)
    /// What a client was to connect to is no name.
    case invalidServerName(ServerNameError)
    /// The platform's trust roots were to judge, and there are none.
    case trustRoots(TrustRootsError)
    /// The connection's keys were given away: somebody else goes on with it.
    case keysGivenAway
    /// The call has no place here; the connection is as it was.
    case misuse(String)
  }
}

extension TLSError {
  /// A field that cannot be decoded: `decode_error`.
  static func malformed(_ field: StaticString, _ problem: String) -> TLSError {
    TLSError(.decodeError, .malformed(field: "\(field)", problem: problem))
  }

  /// A value that has no business being there: `illegal_parameter`.
  static func illegalParameter(_ sentence: String) -> TLSError {
    TLSError(.illegalParameter, .illegalParameter(sentence))
  }

  /// A call out of place, which changes nothing.
  static func misuse(_ sentence: String) -> TLSError {
    TLSError(nil, .misuse(sentence))
  }

  /// A failure of the arithmetic that is not the peer's doing.
  init(_ error: CryptoError) {
    self.init(.internalError, .cryptography(error))
  }

  /// Whether the connection can go on as if the call had not been made.
  var isMisuse: Bool {
    if case .misuse = reason { true } else { false }
  }

  /// Whether a fatal alert went out or came in.
  var hasFatalAlert: Bool {
    if case .peerAlert = reason { true } else { alert != nil }
  }

  /// The same error with its place, unless it already has one.
  func at(_ state: String, in message: String? = nil) -> TLSError {
    guard place == nil else { return self }
    var error = self
    error.place = Place(state: state, message: message)
    return error
  }
}
