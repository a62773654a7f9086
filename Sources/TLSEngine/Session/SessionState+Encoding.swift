import TLSCertificates
import TLSCrypto

// What is inside of a ticket and of a stored session:
//
//   struct {
//     uint8 version;                            1
//     CipherSuite cipher_suite;
//     NamedGroup group;                         0 for none
//     SignatureScheme signature_scheme;         0 for none
//     uint64 created_at;                        seconds since 1970, two's complement
//     opaque server_name<0..2^8-1>;             empty for none
//     opaque application_protocol<0..2^8-1>;    empty for none
//     opaque policy<0..2^8-1>;
//     opaque certificates<0..2^17>;             each behind a length of three bytes
//     uint8 max_fragment_length;                0 for none
//     opaque server_end_point<0..64>;           empty for none
//     opaque master_secret[48];
//   } SessionState;
//
// The hash is the suite's. The secret stands last, so that the rest can be written the usual way and
// the secret goes from where it is kept to where it will be kept and nowhere else.

extension SessionState {
  private static let version: UInt8 = 1

  /// The most bytes of certificates that are written or read, their lengths included.
  private static let certificateListByteCount = 131_072

  /// The encoding.
  ///
  /// - Throws: if the certificates are longer than is ever read again.
  func encode() throws(TLSError) -> SecretBytes {
    guard certificateByteCount + 3 * peerCertificates.count <= Self.certificateListByteCount else {
      throw TLSError(
        .internalError,
        .internalFailure("\(certificateByteCount) bytes of certificates are too many to keep"))
    }
    var writer = Writer(reservingCapacity: 128 + certificateByteCount)
    writer.write(Self.version)
    writer.write(cipherSuite.rawValue)
    writer.write(group?.rawValue ?? 0)
    writer.write(signatureScheme?.rawValue ?? 0)
    writer.write(createdAt)
    try writer.writeName(serverName)
    try writer.writeName(applicationProtocol)
    writer.writeVector8 { $0.write(policy) }
    writer.writeVector24 { writer in
      for certificate in peerCertificates {
        writer.writeVector24 { $0.write(certificate.der) }
      }
    }
    writer.write(maximumFragmentLength?.rawValue ?? 0)
    writer.writeVector8 { $0.write(serverEndPoint) }
    return master.bytes(after: try writer.finish())
  }

  /// Reads an encoding, all of it, strictly.
  init(decoding bytes: RawSpan) throws(TLSError) {
    var reader = Reader(bytes)
    let version = try reader.readUInt8("version of the session")
    guard version == Self.version else {
      throw .malformed("version of the session", "is \(version), and only \(Self.version) is known")
    }
    cipherSuite = CipherSuite(rawValue: try reader.readUInt16("cipher_suite"))
    guard let parameters = cipherSuite.parameters else {
      throw .malformed("cipher_suite", "is \(cipherSuite), which the engine does not speak")
    }
    // Both registries reserve 0.
    let group = try reader.readUInt16("group")
    self.group = group == 0 ? nil : NamedGroup(rawValue: group)
    let scheme = try reader.readUInt16("signature_scheme")
    signatureScheme = scheme == 0 ? nil : SignatureScheme(rawValue: scheme)
    createdAt = try reader.readTimestamp("created_at")
    serverName = try reader.readName("server_name")
    applicationProtocol = try reader.readName("application_protocol")
    var policy = try reader.readVector8("policy")
    self.policy = policy.readRemainder()
    peerCertificates = try Self.readCertificates(&reader)
    maximumFragmentLength = try Self.readMaximumFragmentLength(&reader)
    var endPoint = try reader.readVector8("server_end_point", in: 0...64)
    serverEndPoint = endPoint.readRemainder()
    let secret = try reader.readBytes(MasterSecret.byteCount, "master_secret")
    master = try SessionSecret(copying: secret, using: parameters.hash)
    try reader.expectEnd(of: "the session")
  }

  private static func readMaximumFragmentLength(
    _ reader: inout Reader
  ) throws(TLSError) -> MaximumFragmentLength? {
    let value = try reader.readUInt8("max_fragment_length")
    guard value != 0 else { return nil }
    guard let length = MaximumFragmentLength(rawValue: value) else {
      throw .malformed("max_fragment_length", "is \(value), and must be 0 to 4")
    }
    return length
  }

  private static func readCertificates(
    _ reader: inout Reader
  ) throws(TLSError) -> [Certificate] {
    var list = try reader.readVector24("certificates", in: 0...certificateListByteCount)
    var certificates: [Certificate] = []
    while !list.isEmpty {
      var encoding = try list.readVector24("certificate", in: 1...Certificate.maximumByteCount)
      do {
        certificates.append(try Certificate(der: encoding.readRemainder()))
      } catch {
        throw .malformed("certificate", "is malformed: \(error)")
      }
    }
    return certificates
  }
}
