import TLSCrypto

extension FieldCutter {
  /// RFC 6066 section 3.
  mutating func serverNameList() throws(Undecodable) {
    try vector("server_name_list", lengthByteCount: 2) { cutter throws(Undecodable) in
      while !cutter.isEmpty {
        let type = try cutter.number("name_type", byteCount: 1) {
          $0 == 0 ? "host_name (0)" : "unknown (\($0))"
        }
        guard type == 0 else { throw Undecodable(reason: "the form of such a name is not known") }
        try cutter.opaque("host_name", lengthByteCount: 2, FieldText.text)
      }
    }
  }

  /// RFC 6066 section 8.
  mutating func certificateStatusRequest() throws(Undecodable) {
    guard try statusType() == 1 else {
      throw Undecodable(reason: "the form of such a request is not known")
    }
    try vector("responder_id_list", lengthByteCount: 2) { cutter throws(Undecodable) in
      while !cutter.isEmpty { try cutter.opaque("ResponderID", lengthByteCount: 2) }
    }
    try opaque("request_extensions", lengthByteCount: 2)
  }

  /// RFC 8422 section 5.1.1, with the name that RFC 8446 section 4.2.7 gives the list.
  mutating func namedGroupList() throws(Undecodable) {
    try vector("named_group_list", lengthByteCount: 2) { cutter throws(Undecodable) in
      while !cutter.isEmpty { try cutter.namedGroup("named_group") }
    }
  }

  mutating func namedGroup(_ name: String) throws(Undecodable) {
    try number(name, byteCount: 2) { RegisteredNames.name($0, in: RegisteredNames.groups) }
  }

  /// RFC 8422 section 5.1.2.
  mutating func pointFormats() throws(Undecodable) {
    try vector("ec_point_format_list", lengthByteCount: 1) { cutter throws(Undecodable) in
      while !cutter.isEmpty {
        try cutter.number("ECPointFormat", byteCount: 1) {
          RegisteredNames.name($0, in: RegisteredNames.pointFormats)
        }
      }
    }
  }

  /// RFC 5246 section 7.4.1.4.1.
  mutating func signatureAlgorithms() throws(Undecodable) {
    try vector("supported_signature_algorithms", lengthByteCount: 2) {
      cutter throws(Undecodable) in
      while !cutter.isEmpty { try cutter.signatureAlgorithm() }
    }
  }

  mutating func signatureAlgorithm() throws(Undecodable) {
    try number("SignatureAndHashAlgorithm", byteCount: 2) {
      RegisteredNames.name($0, in: RegisteredNames.signatureSchemes)
    }
  }

  /// RFC 7301 section 3.1.
  mutating func applicationProtocols() throws(Undecodable) {
    try vector("protocol_name_list", lengthByteCount: 2) { cutter throws(Undecodable) in
      while !cutter.isEmpty {
        try cutter.opaque("ProtocolName", lengthByteCount: 1, FieldText.text)
      }
    }
  }

  /// draft-agl-tls-nextprotoneg-04 section 3: names one after the other.
  mutating func nextProtocols() throws(Undecodable) {
    while !isEmpty { try opaque("protocol", lengthByteCount: 1, FieldText.text) }
  }

  /// RFC 7685 section 3.
  mutating func padding() {
    let areZero = next(count).allSatisfy { $0 == 0 }
    rest("padding", FieldText.bytes(count) + (areZero ? " of zero" : ", not all of zero"))
  }

  /// RFC 6962 section 3.3.
  mutating func signedCertificateTimestampList() throws(Undecodable) {
    try vector("sct_list", lengthByteCount: 2) { cutter throws(Undecodable) in
      while !cutter.isEmpty {
        try cutter.vector("SerializedSCT", lengthByteCount: 2) { cutter throws(Undecodable) in
          try cutter.signedCertificateTimestamp()
        }
      }
    }
  }

  /// RFC 6962 section 3.2.
  private mutating func signedCertificateTimestamp() throws(Undecodable) {
    let version = try number("sct_version", byteCount: 1) {
      $0 == 0 ? "v1 (0)" : "unknown (\($0))"
    }
    guard version == 0 else {
      throw Undecodable(reason: "the form of such a timestamp is not known")
    }
    try bytes("log_id", 32)
    try bytes("timestamp", 8) { bytes in
      let milliseconds = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return "\(Timestamp(secondsSince1970: Int64(milliseconds / 1000)))"
    }
    try opaque("extensions", lengthByteCount: 2)
    try digitallySigned()
  }

  /// CertificateStatusType (RFC 6066 section 8).
  mutating func statusType() throws(Undecodable) -> Int {
    try number("status_type", byteCount: 1) { $0 == 1 ? "ocsp (1)" : "unknown (\($0))" }
  }
}
