public import TLSCrypto

extension CertificateRevocationList {
  /// One revoked certificate (RFC 5280 section 5.3).
  public struct Entry: Sendable, Hashable {
    /// Its serial number, big-endian.
    public let serialNumber: [UInt8]
    /// Who issued it: the list's own issuer, unless the list is indirect.
    public let certificateIssuer: DistinguishedName
    /// When it was revoked.
    public let revocationDate: Timestamp
    /// Why; `nil` if that is not said.
    public let reason: RevocationReason?
    /// Since when it is thought to have been no good; `nil` if that is not said.
    public let invalidityDate: Timestamp?
  }

  /// What was revoked: a compact table in the order of issuers and serial numbers.
  public struct Entries: Sendable, RandomAccessCollection {
    /// One row.
    struct Row: Sendable {
      let serial: SerialKey
      let issuer: UInt32
      /// The reason's number, or ``noReason``.
      let reason: UInt8
      let revocationDate: Timestamp
      /// The latest time there is for none.
      let invalidityDate: Timestamp

      static let noReason: UInt8 = 255
      static let noDate = Timestamp(secondsSince1970: .max)
    }

    private let rows: [Row]
    private let issuers: [DistinguishedName]
    private let issuerNumbers: [DistinguishedName: UInt32]

    /// - Parameters:
    ///   - rows: in any order.
    ///   - issuers: whom the rows mean by their numbers.
    ///   - numbers: the same the other way round.
    init(
      _ rows: consuming [Row], issuers: [DistinguishedName],
      numbers: [DistinguishedName: UInt32]
    ) throws(CertificateError) {
      var rows = rows
      rows.sort { ($0.issuer, $0.serial) < ($1.issuer, $1.serial) }
      for (row, next) in zip(rows, rows.dropFirst())
      where row.serial == next.serial && row.issuer == next.issuer {
        let number = row.serial.bytes.hexadecimal
        throw CertificateError("revokedCertificates", "have the serial number \(number) twice")
      }
      self.rows = rows
      self.issuers = issuers
      issuerNumbers = numbers
    }

    /// The first row's number.
    public var startIndex: Int { 0 }
    /// The number after the last row's.
    public var endIndex: Int { rows.count }

    /// The entry of a row.
    public subscript(position: Int) -> Entry {
      let row = rows[position]
      return Entry(
        serialNumber: row.serial.bytes, certificateIssuer: issuers[Int(row.issuer)],
        revocationDate: row.revocationDate,
        reason: row.reason == Row.noReason ? nil : RevocationReason(rawValue: Int(row.reason)),
        invalidityDate: row.invalidityDate == Row.noDate ? nil : row.invalidityDate)
    }

    /// The entry of a certificate, by a search that halves the table.
    func entry(for serialNumber: [UInt8], issuer: DistinguishedName) -> Entry? {
      guard let number = issuerNumbers[issuer], let serial = SerialKey(serialNumber) else {
        return nil
      }
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = low + (high - low) / 2
        let row = rows[middle]
        if (row.issuer, row.serial) < (number, serial) { low = middle + 1 } else { high = middle }
      }
      guard low < rows.count, rows[low].issuer == number, rows[low].serial == serial else {
        return nil
      }
      return self[low]
    }
  }
}
