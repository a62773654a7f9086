import TLSCertificates
import TLSCrypto
import TLSEngine

/// Reading what the command line names.
enum Files {
  /// The largest file that is read.
  private static let maximumByteCount = 16 << 20

  /// The largest file with a secret that is read.
  private static let maximumSecretByteCount = 1 << 20

  /// All of a file, or of standard input for `-`.
  static func input(_ path: String) throws -> [UInt8] {
    guard path == "-" else { return try read(path) }
    return try read(.standardInput, "standard input", atMost: maximumByteCount)
  }

  /// All of a file.
  static func read(_ path: String, atMost limit: Int = maximumByteCount) throws -> [UInt8] {
    do {
      return try read(Descriptor.reading(path), path, atMost: limit)
    } catch let error as SystemError {
      throw Failure(.usage, "\(path): \(error.problem)")
    }
  }

  private static func read(
    _ file: Descriptor, _ path: String, atMost limit: Int
  ) throws -> [UInt8] {
    do {
      var contents: [UInt8] = []
      while true {
        let part = try file.read(atMost: 65_536)
        if part.isEmpty { return contents }
        contents += part
        guard contents.count <= limit else {
          throw Failure(.usage, "\(path) is larger than \(limit) bytes")
        }
      }
    } catch let error as SystemError {
      throw Failure(.usage, "\(path): \(error.problem)")
    }
  }

  /// All of a file that holds a secret. What is read is wiped in the end.
  static func secret(_ path: String) throws -> SecretBytes {
    do {
      return try secret(Descriptor.reading(path), path)
    } catch let error as SystemError {
      throw Failure(.usage, "\(path): \(error.problem)")
    }
  }

  /// Whether there is such a file.
  static func exists(_ path: String) throws -> Bool {
    do {
      _ = try Descriptor.reading(path)
      return true
    } catch let error as SystemError where error.isAbsence {
      return false
    } catch let error as SystemError {
      throw Failure(.usage, "\(path): \(error.problem)")
    }
  }

  private static func secret(_ file: Descriptor, _ path: String) throws -> SecretBytes {
    var room = SecretBytes(count: maximumSecretByteCount + 1)
    var count = 0
    while count < room.count {
      var all = room.mutableBytes
      var rest = all._mutatingExtracting(count..<all.byteCount)
      let length = try file.read(into: &rest)
      if length == 0 { return SecretBytes(copying: room.bytes.extracting(0..<count)) }
      count += length
    }
    throw Failure(.usage, "\(path) is larger than \(maximumSecretByteCount) bytes")
  }

  /// Writes a file anew, for everybody to read.
  static func write(_ bytes: [UInt8], to path: String) throws {
    do {
      try Descriptor.replacing(path).write(bytes)
    } catch let error as SystemError {
      throw Failure(.usage, "\(error)")
    }
  }

  /// Writes a secret to a file that nobody else may read.
  static func write(_ secret: RawSpan, toSecret path: String) throws {
    try put(secret, to: path, for: .owner, replacing: true)
  }

  /// Writes a whole file: in place of what is there, or only if there is nothing.
  static func put(
    _ bytes: RawSpan, to path: String, for readers: Descriptor.Readers, replacing: Bool
  ) throws {
    do {
      if replacing {
        try Descriptor.replace(path, with: bytes, for: readers)
      } else {
        try Descriptor.create(path, with: bytes, for: readers)
      }
    } catch let error as SystemError {
      throw Failure(.usage, "\(error)")
    }
  }

  /// The certificates of a file, PEM or DER.
  static func certificates(_ path: String) throws -> [Certificate] {
    try certificates(in: read(path), path)
  }

  /// The certificates of a file, PEM or DER, or of standard input for `-`.
  static func inputCertificates(_ path: String) throws -> [Certificate] {
    try certificates(in: input(path), path == "-" ? "standard input" : path)
  }

  private static func certificates(in bytes: [UInt8], _ path: String) throws -> [Certificate] {
    do {
      guard DERForm.isDER(bytes) else { return try Certificate.chain(pem: bytes) }
      return [try Certificate(der: bytes)]
    } catch {
      throw Failure(.usage, "\(path): \(error)")
    }
  }

  /// The revocation lists of a file, PEM or DER.
  static func revocationLists(_ path: String) throws -> [CertificateRevocationList] {
    // The longest in base64, and some of them.
    let bytes = try read(path, atMost: 2 * CertificateRevocationList.maximumByteCount)
    do {
      guard DERForm.isDER(bytes) else { return try CertificateRevocationList.lists(pem: bytes) }
      return [try CertificateRevocationList(der: bytes)]
    } catch {
      throw Failure(.usage, "\(path): \(error)")
    }
  }

  /// The private key of a PEM file, whose text is wiped.
  static func privateKey(_ path: String) throws -> PrivateKey {
    let text = try secret(path)
    do {
      return try PrivateKey(pem: text)
    } catch {
      throw Failure(.usage, "\(path): \(error)")
    }
  }

  /// The roots of a file, PEM or DER, or of a directory.
  static func roots(_ path: String) throws -> TrustRoots {
    try Descriptor.isDirectory(path) ? TrustRoots(directory: path) : TrustRoots(file: path)
  }

  /// A certificate chain and its key, from `CERT.pem,KEY.pem`.
  static func identity(_ argument: String) throws -> Identity {
    let paths = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard paths.count == 2 else {
      throw Failure(.usage, "an identity is CERT.pem,KEY.pem, not \(argument.printable)")
    }
    do {
      return try Identity(
        certificates: try certificates(paths[0]), privateKey: try privateKey(paths[1]))
    } catch let error as IdentityError {
      throw Failure(.usage, "\(argument): \(error)")
    }
  }
}

/// Adds the secrets of every handshake to a file that Wireshark reads.
struct KeyLogFile: KeyLog {
  private let file: Descriptor

  init(_ path: String) throws {
    do {
      file = try .appendingSecrets(to: path)
    } catch let error as SystemError {
      throw Failure(.usage, "\(error)")
    }
  }

  func append(_ line: RawSpan) {
    // The command goes on without its key log; a disk that is full is no reason to fail.
    try? file.writeLine(line)
  }
}
