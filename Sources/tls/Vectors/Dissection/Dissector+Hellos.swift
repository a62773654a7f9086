import TLSEngine

extension Dissector {
  /// RFC 5246 section 7.4.1.2.
  mutating func cutClientHello(
    _ cutter: inout FieldCutter
  ) throws(FieldCutter.Undecodable) {
    offeredExtensions = []
    try cutter.version("client_version")
    clientRandom = try cutter.bytes("random", 32)
    try cutter.opaque("session_id", lengthByteCount: 1)
    try cutter.vector("cipher_suites", lengthByteCount: 2) {
      cutter throws(FieldCutter.Undecodable) in
      while !cutter.isEmpty { try cutter.cipherSuite() }
    }
    try cutter.vector("compression_methods", lengthByteCount: 1) {
      cutter throws(FieldCutter.Undecodable) in
      while !cutter.isEmpty { try cutter.compressionMethod() }
    }
    try cutter.extensions(of: .client) { offeredExtensions.insert($0) }
  }

  /// RFC 5246 section 7.4.1.3.
  mutating func cutServerHello(
    _ cutter: inout FieldCutter
  ) throws(FieldCutter.Undecodable) {
    answeredExtensions = []
    try cutter.version("server_version")
    serverRandom = try cutter.bytes("random", 32) { random in
      // What a server puts there that could speak TLS 1.3, but was offered less: "DOWNGRD", and 1.
      random.suffix(8) == [0x44, 0x4f, 0x57, 0x4e, 0x47, 0x52, 0x44, 1]
        ? "its end says that the server speaks TLS 1.3 too (RFC 8446 section 4.1.3)" : ""
    }
    try cutter.opaque("session_id", lengthByteCount: 1)
    cipherSuite = CipherSuite(rawValue: UInt16(truncatingIfNeeded: try cutter.cipherSuite()))
    try cutter.compressionMethod()
    try cutter.extensions(of: .server) { answeredExtensions.insert($0) }
  }
}

extension FieldCutter {
  /// Who says something.
  enum Side {
    case client
    case server
  }

  mutating func version(_ name: String) throws(Undecodable) {
    try number(name, byteCount: 2) { RegisteredNames.name($0, in: RegisteredNames.versions) }
  }

  @discardableResult
  mutating func cipherSuite() throws(Undecodable) -> Int {
    try number("cipher_suite", byteCount: 2) {
      RegisteredNames.name($0, in: RegisteredNames.cipherSuites)
    }
  }

  mutating func compressionMethod() throws(Undecodable) {
    try number("compression_method", byteCount: 1) {
      RegisteredNames.name($0, in: RegisteredNames.compressionMethods)
    }
  }
}
