extension FieldCutter {
  /// The extensions, if there are any: a hello may end before them (RFC 5246 section 7.4.1.4).
  mutating func extensions(of side: Side, note: (Int) -> Void) throws(Undecodable) {
    guard !isEmpty else { return }
    try vector("extensions", lengthByteCount: 2) { cutter throws(Undecodable) in
      while !cutter.isEmpty { note(try cutter.oneExtension(of: side)) }
    }
  }

  /// One extension: its type and length in one field, and then its parts.
  ///
  /// - Returns: its type.
  private mutating func oneExtension(of side: Side) throws(Undecodable) -> Int {
    guard count >= 4 else { throw Undecodable(reason: "an extension has a header of 4 bytes") }
    let head = next(4)
    let type = FieldText.number(Array(head.prefix(2)))
    let length = FieldText.number(Array(head.suffix(2)))
    let left = count - 4
    try bytes("extension " + Self.extensionName(type), 4) { _ in
      "type \(type), \(FieldText.bytes(length))" + (length > left ? ", more than there are" : "")
    }
    try structure(length) { cutter throws(Undecodable) in
      switch side {
      case .client: try cutter.offer(ofType: type)
      case .server: try cutter.answer(ofType: type)
      }
    }
    return type
  }

  /// The name for a path: one that is known, or else the number.
  private static func extensionName(_ type: Int) -> String {
    guard let number = UInt16(exactly: type) else { return "\(type)" }
    if RegisteredNames.isGREASE(number) { return "GREASE" }
    return RegisteredNames.extensions[number] ?? "\(type)"
  }

  // MARK: Forms

  /// What a client says in an extension.
  private mutating func offer(ofType type: Int) throws(Undecodable) {
    switch type {
    case 0: try serverNameList()
    case 5: try certificateStatusRequest()
    case 10: try namedGroupList()
    case 13, 50: try signatureAlgorithms()
    // Both are empty: RFC 6962 section 3.3.1, draft-agl-tls-nextprotoneg-04 section 3.
    case 18, 13_172: break
    case 21: padding()
    case 43:
      try vector("versions", lengthByteCount: 1) { cutter throws(Undecodable) in
        while !cutter.isEmpty { try cutter.version("version") }
      }
    default: try either(ofType: type)
    }
  }

  /// What a server answers in an extension.
  private mutating func answer(ofType type: Int) throws(Undecodable) {
    switch type {
    // Both are empty: RFC 6066 sections 3 and 8.
    case 0, 5: break
    case 18: try signedCertificateTimestampList()
    case 43: try version("selected_version")
    case 13_172: try nextProtocols()
    default: try either(ofType: type)
    }
  }

  /// What both say in the same form.
  private mutating func either(ofType type: Int) throws(Undecodable) {
    switch type {
    // RFC 6066 section 4: 2 to the power of 8 and the number.
    case 1:
      try number("max_fragment_length", byteCount: 1) {
        (1...4).contains($0) ? "2^\($0 + 8), \(256 << $0) bytes (\($0))" : "unknown (\($0))"
      }
    case 11: try pointFormats()
    case 16: try applicationProtocols()
    // Both are empty: RFC 7366 section 2, RFC 7627 section 5.1.
    case 22, 23: break
    case 28: try number("RecordSizeLimit", byteCount: 2, FieldText.bytes)
    // RFC 5077 section 3.2: the bytes of the ticket, with no length before them.
    case 35: rest("ticket")
    case 0xff01: try opaque("renegotiated_connection", lengthByteCount: 1)
    default: rest("data")
    }
  }
}
