import SwiftASN1
import TLSCrypto

/// Reads the entries of a list in one pass, without a tree of them.
struct RevocationListEntryReader {
  private typealias Row = CertificateRevocationList.Entries.Row
  private typealias Tag = DERCursor.Tag

  /// How many issuers an indirect list speaks of at most.
  private static let maximumIssuerCount = 65_536
  /// How many bytes their names have at most, taken together: each is made a tree of.
  private static let maximumIssuerByteCount = 4 << 20

  private let version: Int
  private let isIndirect: Bool
  private var rows: [Row] = []
  private var issuers: [DistinguishedName]
  private var numbers: [DistinguishedName: UInt32]
  /// Of those that were read already, by their encoding.
  private var readIssuers: [ArraySlice<UInt8>: UInt32] = [:]
  /// How many bytes these have.
  private var issuerByteCount = 0
  /// The issuer of an entry that names none is that of the entry before (RFC 5280 section 5.3.3).
  private var currentIssuer: UInt32 = 0

  init(issuer: DistinguishedName, version: Int, isIndirect: Bool) {
    self.version = version
    self.isIndirect = isIndirect
    issuers = [issuer]
    numbers = [issuer: 0]
  }

  /// The entries; none if there is no field of them.
  mutating func read(
    _ list: consuming DERCursor?
  ) throws(CertificateError) -> CertificateRevocationList.Entries {
    if var list {
      while let element = try list.next() {
        guard element.tag == Tag.sequence else {
          throw CertificateError("revokedCertificates", "have one that is no SEQUENCE")
        }
        rows.append(try row(list.inside(element, "revokedCertificate")))
      }
    }
    return try .init(rows, issuers: issuers, numbers: numbers)
  }

  private mutating func row(_ fields: consuming DERCursor) throws(CertificateError) -> Row {
    let field = "userCertificate"
    let number = try fields.next(Tag.integer, field)
    let digits = try fields.unsignedInteger(number, field)
    guard let serial = SerialKey(fields.slice(digits)) else {
      throw CertificateError(field, "has a serial number of \(digits.count) bytes, more than 20")
    }
    let date = try fields.time("revocationDate")
    var details = Details()
    if let extensions = try fields.next(if: Tag.sequence) {
      guard version == 2 else {
        throw CertificateError("version", "is 1, whose entries have no extensions")
      }
      try read(fields.inside(extensions, "crlEntryExtensions"), into: &details)
    }
    try fields.end()
    return Row(
      serial: serial, issuer: currentIssuer, reason: details.reason, revocationDate: date,
      invalidityDate: details.invalidityDate)
  }

  /// What the extensions of one entry say.
  private struct Details {
    var reason = Row.noReason
    var invalidityDate = Row.noDate
  }

  private mutating func read(
    _ extensions: consuming DERCursor, into details: inout Details
  ) throws(CertificateError) {
    let structure = "crlEntryExtensions"
    guard extensions.nextTag != nil else { throw CertificateError(structure, "are empty") }
    var (hasReason, hasDate, hasIssuer) = (false, false, false)
    while let element = try extensions.next() {
      guard element.tag == Tag.sequence else {
        throw CertificateError(structure, "have one that is no SEQUENCE")
      }
      var fields = extensions.inside(element, structure)
      let identifier = try fields.next(Tag.objectIdentifier, "extnID")
      let isCritical = try Self.isCritical(&fields)
      let value = try fields.next(Tag.octetString, "extnValue")
      try fields.end()
      let inner = fields.inside(value, structure)
      switch Known(fields.slice(identifier.contents)) {
      case .reasonCode:
        try Self.once(&hasReason, "reasonCode")
        details.reason = try Self.reason(inner)
      case .invalidityDate:
        try Self.once(&hasDate, "invalidityDate")
        details.invalidityDate = try Self.date(inner)
      case .certificateIssuer:
        try Self.once(&hasIssuer, "certificateIssuer")
        try takeIssuer(value.contents, of: fields)
      case nil:
        // A list must not be used for any certificate then (RFC 5280 section 5.3).
        guard !isCritical else {
          throw CertificateError(structure, "have a critical one that is not understood")
        }
      }
    }
  }

  /// The extensions that are read, by the last byte of identifiers that begin with 2.5.29.
  private enum Known: UInt8 {
    case reasonCode = 21
    case invalidityDate = 24
    case certificateIssuer = 29

    init?(_ identifier: ArraySlice<UInt8>) {
      guard identifier.count == 3, identifier.starts(with: [0x55, 0x1d]),
        let last = identifier.last, let known = Known(rawValue: last)
      else { return nil }
      self = known
    }
  }

  private static func once(_ isThere: inout Bool, _ field: String) throws(CertificateError) {
    guard !isThere else { throw CertificateError(field, "is there twice") }
    isThere = true
  }

  /// FALSE is the default, which DER leaves out.
  private static func isCritical(_ fields: inout DERCursor) throws(CertificateError) -> Bool {
    guard let element = try fields.next(if: Tag.boolean) else { return false }
    guard fields.slice(element.contents).elementsEqual([0xff]) else {
      throw CertificateError("critical", "is a BOOLEAN that is not TRUE")
    }
    return true
  }

  private static func reason(_ value: consuming DERCursor) throws(CertificateError) -> UInt8 {
    let field = "reasonCode"
    let element = try value.next(Tag.enumerated, field)
    try value.end()
    let bytes = value.slice(element.contents)
    guard bytes.count == 1, let byte = bytes.first,
      let reason = RevocationReason(rawValue: Int(byte))
    else { throw CertificateError(field, "is none that there is") }
    // It takes back what an earlier list said (RFC 5280 section 5.3.1).
    guard reason != .removeFromCRL else {
      throw CertificateError(field, "is removeFromCRL, which delta lists alone may have")
    }
    return byte
  }

  private static func date(_ value: consuming DERCursor) throws(CertificateError) -> Timestamp {
    let field = "invalidityDate"
    guard value.nextTag == Tag.generalizedTime else {
      throw CertificateError(field, "is no GeneralizedTime")
    }
    let date = try value.time(field)
    try value.end()
    return date
  }

  /// Whose the certificates are from here on.
  private mutating func takeIssuer(
    _ range: Range<Int>, of fields: DERCursor
  ) throws(CertificateError) {
    let field = "certificateIssuer"
    guard isIndirect else {
      throw CertificateError(field, "is in a list that does not say that it is indirect")
    }
    let value = fields.slice(range)
    if let known = readIssuers[value] {
      currentIssuer = known
      return
    }
    issuerByteCount += range.count
    guard issuerByteCount <= Self.maximumIssuerByteCount else {
      throw CertificateError(
        field, "is one of several of more than \(Self.maximumIssuerByteCount) bytes together")
    }
    let names = try GeneralName.list(try fields.tree(range, field), field)
    let directoryNames = names.compactMap {
      if case .directoryName(let name) = $0 { name } else { nil }
    }
    // The name of the issuer's certificates, which is one (RFC 5280 section 5.3.3).
    guard let name = directoryNames.first, directoryNames.count == 1 else {
      throw CertificateError(field, "has other than one directory name")
    }
    let number = numbers[name] ?? UInt32(issuers.count)
    if number == issuers.count {
      guard issuers.count < Self.maximumIssuerCount else {
        throw CertificateError(field, "is one of more than \(Self.maximumIssuerCount)")
      }
      issuers.append(name)
      numbers[name] = number
    }
    readIssuers[value] = number
    currentIssuer = number
  }
}
