import TLSCertificates
import TLSCrypto

/// One thing of a file that is shown: what it is, and what it holds or why it cannot be read.
struct ShownObject {
  let file: String
  /// Counted from 1, and how many there are.
  let position: (number: Int, count: Int)
  /// What it is, for people.
  let name: String
  /// What it is, for programs.
  let kind: String
  let contents: Result<[Fact], Problem>

  /// Why it cannot be read: a sentence without its full stop.
  struct Problem: Error {
    let sentence: String
  }

  /// What stands above its facts.
  var heading: String {
    let place = position.count > 1 ? " \(position.number) of \(position.count)" : ""
    return "\(name)\(place) in \(file.printable)"
  }

  /// Whether it cannot be read.
  var isMalformed: Bool {
    if case .failure = contents { true } else { false }
  }

  var json: JSON {
    let head: [(name: String, value: JSON)] = [
      ("file", .string(file)), ("position", .number(position.number)), ("type", .string(kind)),
    ]
    switch contents {
    case .success(let facts): return .object(head + Fact.members(facts))
    case .failure(let problem): return .object(head + [("error", .string(problem.sentence))])
    }
  }
}

/// Finds what there is in a file, in PEM or DER.
struct ObjectReader {
  let now: Timestamp
  /// Whether the objects are shown to programs.
  let isForPrograms: Bool

  /// The objects of a file.
  ///
  /// - Throws: ``Failure`` if the file cannot be read.
  func objects(of path: String) throws -> [ShownObject] {
    let bytes = try Files.input(path)
    let file = path == "-" ? "standard input" : path
    let blocks = DERForm.isDER(bytes) ? [] : TextBlock.blocks(in: bytes)
    guard !blocks.isEmpty else { return [object(der: bytes, file)] }
    return blocks.enumerated().map { index, block in
      object(block, file, (index + 1, blocks.count))
    }
  }

  private func object(
    _ block: TextBlock, _ file: String, _ position: (Int, Int)
  ) -> ShownObject {
    let form: DERForm? =
      switch block.label {
      case "CERTIFICATE", "X509 CERTIFICATE": .certificate
      case "X509 CRL": .revocationList
      case "OCSP RESPONSE": .ocspResponse
      case let label where label.hasSuffix("PRIVATE KEY"): .privateKey
      default: nil
      }
    guard let form else {
      return ShownObject(
        file: file, position: position, name: block.label.printable, kind: "other",
        contents: .success([
          Fact("", nil, .text("not read here")), Fact(nil, "label", .text(block.label)),
        ]))
    }
    return object(form, file, position) { () throws(ShownObject.Problem) in try block.contents() }
  }

  private func object(der: [UInt8], _ file: String) -> ShownObject {
    guard let form = DERForm(der) else {
      return ShownObject(
        file: file, position: (1, 1), name: "something", kind: "other",
        contents: .failure(
          ShownObject.Problem(
            sentence: "it is no PEM, and no certificate, revocation list or OCSP response in DER")))
    }
    return object(form, file, (1, 1)) { () throws(ShownObject.Problem) in der }
  }

  private func object(
    _ form: DERForm, _ file: String, _ position: (Int, Int),
    _ der: () throws(ShownObject.Problem) -> [UInt8]
  ) -> ShownObject {
    let contents: Result<[Fact], ShownObject.Problem>
    do {
      contents = .success(try facts(form, der))
    } catch let problem as ShownObject.Problem {
      contents = .failure(problem)
    } catch {
      contents = .failure(ShownObject.Problem(sentence: "\(error)"))
    }
    return ShownObject(
      file: file, position: position, name: form.name, kind: form.kind, contents: contents)
  }

  private func facts(
    _ form: DERForm, _ der: () throws(ShownObject.Problem) -> [UInt8]
  ) throws -> [Fact] {
    switch form {
    case .certificate:
      return CertificateFacts(certificate: try Certificate(der: try der()), now: now).facts
    case .revocationList:
      let list = try CertificateRevocationList(der: try der())
      return RevocationListFacts(list: list, now: now, isComplete: isForPrograms).facts
    case .ocspResponse: return OCSPFacts(response: try OCSPResponse(der: try der()), now: now).facts
    // Not even decoded.
    case .privateKey: return [Fact("", nil, .text("not shown: keep this file to yourself"))]
    }
  }
}

extension DERForm {
  /// What people call it.
  fileprivate var name: String {
    switch self {
    case .certificate: "certificate"
    case .revocationList: "revocation list"
    case .ocspResponse: "OCSP response"
    case .privateKey: "private key"
    }
  }

  /// What programs call it.
  fileprivate var kind: String {
    switch self {
    case .certificate: "certificate"
    case .revocationList: "revocationList"
    case .ocspResponse: "ocspResponse"
    case .privateKey: "privateKey"
    }
  }
}
