import TLSCertificates
import TLSCrypto
import TLSEngine

/// Reading what the command line names.
enum Files {
  /// The largest file that is read.
  private static let maximumByteCount = 16 << 20

  /// All of a file.
  static func read(_ path: String) throws -> [UInt8] {
    do {
      let file = try Descriptor.reading(path)
      var contents: [UInt8] = []
      while true {
        let part = try file.read(atMost: 65_536)
        if part.isEmpty { return contents }
        contents += part
        guard contents.count <= maximumByteCount else {
          throw Failure(.usage, "\(path) is larger than \(maximumByteCount) bytes")
        }
      }
    } catch let error as SystemError {
      throw Failure(.usage, "\(path): \(error.problem)")
    }
  }

  /// The certificates of a PEM file.
  static func certificates(_ path: String) throws -> [Certificate] {
    do {
      return try Certificate.chain(pem: read(path))
    } catch let error as CertificateFileError {
      throw Failure(.usage, "\(path): \(error)")
    }
  }

  /// The roots of a PEM file, or the platform's.
  static func roots(_ path: String?) throws -> TrustRoots {
    guard let path else { return try .platform }
    return try TrustRoots(file: path)
  }

  /// A certificate chain and its key, from `CERT.pem,KEY.pem`.
  static func identity(_ argument: String) throws -> Identity {
    let paths = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard paths.count == 2 else {
      throw Failure(.usage, "an identity is CERT.pem,KEY.pem, not \(argument.printable)")
    }
    do {
      return try Identity(
        certificates: try certificates(paths[0]), privateKey: try PrivateKey(pem: read(paths[1])))
    } catch let error as PrivateKeyError {
      throw Failure(.usage, "\(paths[1]): \(error)")
    } catch let error as IdentityError {
      throw Failure(.usage, "\(argument): \(error)")
    }
  }

  /// The names of `h2,http/1.1`.
  static func protocols(_ argument: String?) -> [String] {
    (argument ?? "").split(separator: ",").map(String.init)
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
