import TLSCrypto

/// Asks certificates for what the CA/Browser Forum's Baseline Requirements say of them.
enum BaselineRules {
  /// A requirement that is not kept, and what there is instead.
  typealias Problem = (requirement: BaselineRequirement, found: String)

  /// What is wrong with a subscriber's certificate.
  static func problem(withSubscriber certificate: Certificate) -> Problem? {
    problem(withAny: certificate) ?? lifetimeProblem(with: certificate)
      ?? purposeProblem(with: certificate) ?? usageProblem(with: certificate)
      ?? BaselineNames.problem(with: certificate)
  }

  /// What is wrong with an authority's certificate.
  ///
  /// - Parameter issuesLeaf: whether it issued the leaf. One that stands higher can be a root that
  ///   another root signed, which needs no extended key usages (7.1.2.2.4).
  static func problem(withAuthority certificate: Certificate, issuesLeaf: Bool) -> Problem? {
    if let problem = problem(withAny: certificate) { return problem }
    if certificate.subjectKeyIdentifier == nil { return (.subjectKeyIdentifier, "none") }
    guard certificate.isCritical(.Extensions.basicConstraints) else {
      return (.basicConstraints, "one that is not critical")
    }
    guard let usage = certificate.keyUsage else { return (.authorityKeyUsage, "no keyUsage") }
    guard usage.isSuperset(of: [.keyCertSign, .cRLSign]),
      usage.isSubset(of: [.keyCertSign, .cRLSign, .digitalSignature])
    else { return (.authorityKeyUsage, usage.description) }
    guard certificate.isCritical(.Extensions.keyUsage) else {
      return (.authorityKeyUsage, "one that is not critical")
    }
    // Authorities of an earlier time have none.
    guard issuesLeaf, certificate.notBefore >= Day.purposesOfAuthorities else { return nil }
    return purposeProblem(with: certificate)
  }

  /// What is wrong with any certificate but a root's.
  private static func problem(withAny certificate: Certificate) -> Problem? {
    guard certificate.version == 3 else { return (.version, "version \(certificate.version)") }
    let serial = certificate.serialNumber
    guard serial.contains(where: { $0 != 0 }) else { return (.serialNumber, "zero") }
    guard serial.count < 20 || (serial.count == 20 && serial.first.map { $0 < 0x80 } == true)
    else { return (.serialNumber, "a greater one") }
    if certificate.hasUniqueIdentifiers { return (.noUniqueIdentifiers, "some") }
    guard certificate.authorityKeyIdentifier?.keyIdentifier != nil else {
      return (.authorityKeyIdentifier, "none")
    }
    return keyProblem(with: certificate)
  }

  /// What is wrong with a key, a root's too.
  static func keyProblem(with certificate: Certificate) -> Problem? {
    switch certificate.publicKey.kind {
    case .rsa(let bits) where bits >= 2048 && bits % 8 == 0: nil
    case .ecdsa: nil
    case .rsa, .ed25519: (.key, certificate.publicKey.description)
    }
  }

  /// What is wrong between a certificate and that of its issuer.
  static func problem(with certificate: Certificate, issuedBy issuer: Certificate) -> Problem? {
    guard certificate.issuer.der == issuer.subject.der else {
      return (.issuerName, "another encoding of it")
    }
    switch (certificate.signature, issuer.publicKey.kind) {
    case (.known(.rsaPKCS1), _), (.known(.rsaPSS), _),
      (.known(.ecdsa(.sha256)), .ecdsa(.secp256r1)), (.known(.ecdsa(.sha384)), .ecdsa(.secp384r1)),
      (.known(.ecdsa(.sha512)), .ecdsa(.secp521r1)):
      return nil
    case (let signature, let key): return (.signature, "\(signature) by a key of \(key)")
    }
  }

  private static func purposeProblem(with certificate: Certificate) -> Problem? {
    guard let found = certificate.extendedKeyUsage else { return (.serverAuthentication, "none") }
    guard found.allowsServerAuthentication else {
      return (.serverAuthentication, found.description)
    }
    let others: [OID] = [
      .codeSigning, .emailProtection, .timeStamping, .ocspSigning, .anyExtendedKeyUsage,
      OID(ObjectIdentifiers.precertificateSigning),
    ]
    return found.purposes.contains(where: others.contains) ? (.purposes, found.description) : nil
  }

  private static func usageProblem(with certificate: Certificate) -> Problem? {
    if certificate.basicConstraints?.isAuthority == true { return (.notAnAuthority, "cA") }
    if certificate.nameConstraints != nil { return (.noNameConstraints, "some") }
    guard let usage = certificate.keyUsage else { return nil }
    guard certificate.isCritical(.Extensions.keyUsage) else {
      return (.keyUsage, "one that is not critical")
    }
    let allowed: KeyUsage
    if case .rsa = certificate.publicKey.kind {
      allowed = [.digitalSignature, .keyEncipherment, .dataEncipherment]
    } else {
      allowed = [.digitalSignature, .keyAgreement]
    }
    return usage.isSubset(of: allowed) ? nil : (.keyUsage, usage.description)
  }

  /// The last second of notAfter counts (RFC 5280 section 4.1.2.5), and what begins a day is a day.
  private static func lifetimeProblem(with certificate: Certificate) -> Problem? {
    let issued = certificate.notBefore
    guard let limit = Day.lifetimes.last(where: { issued >= $0.from })?.days else { return nil }
    let seconds = certificate.notAfter.secondsSince1970
      .subtractingReportingOverflow(issued.secondsSince1970).partialValue
    guard seconds >= limit * 86_400 else { return nil }
    return (.lifetime, "\(seconds / 86_400 + 1) days, more than \(limit)")
  }
}

/// The days from which on rules hold.
enum Day {
  /// How many days a subscriber's certificate may be valid that was issued on a day or later: 825
  /// since ballot 193, 398 since ballot SC31, then as section 6.3.2 has it (ballot SC-081).
  static let lifetimes: [(from: Timestamp, days: Int64)] = [
    (Timestamp(secondsSince1970: 1_519_862_400), 825),  // 2018-03-01
    (Timestamp(secondsSince1970: 1_598_918_400), 398),  // 2020-09-01
    (Timestamp(secondsSince1970: 1_773_532_800), 200),  // 2026-03-15
    (Timestamp(secondsSince1970: 1_805_068_800), 100),  // 2027-03-15
    (Timestamp(secondsSince1970: 1_868_227_200), 47),  // 2029-03-15
  ]

  /// Since ballot SC31 (2020-09-30) subordinate authorities have extended key usages.
  static let purposesOfAuthorities = Timestamp(secondsSince1970: 1_601_424_000)

  /// Since then no name of an address is certified (7.1.2.7.12).
  static let noReverseZones = Timestamp(secondsSince1970: 1_773_532_800)  // 2026-03-15
}
