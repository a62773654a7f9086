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
  /// - Throws: ``Failure`` if the file cannot be read or holds nothing of the kind.
  func objects(of path: String) throws -> [ShownObject] {
    let bytes = try Files.input(path)
    let file = path == "-" ? "standard input" : path
    guard bytes.firstRange(of: Array("-----BEGIN ".utf8)) != nil else {
      return [object(der: bytes, file)]
    }
    let documents: [PEM.Document]
    do {
      documents = try PEM.documents(in: bytes)
    } catch {
      throw Failure(.usage, "\(file): \(error)")
    }
    return documents.enumerated().map { index, document in
      object(document, file, (index + 1, documents.count))
    }
  }

  private func object(
    _ document: PEM.Document, _ file: String, _ position: (Int, Int)
  ) -> ShownObject {
    switch document.label {
    case "CERTIFICATE", "X509 CERTIFICATE":
      ShownObject(
        file: file, position: position, name: "certificate", kind: "certificate",
        contents: certificate(document.contents))
    case "X509 CRL":
      ShownObject(
        file: file, position: position, name: "revocation list", kind: "revocationList",
        contents: list(document.contents))
    case "OCSP RESPONSE":
      ShownObject(
        file: file, position: position, name: "OCSP response", kind: "ocspResponse",
        contents: response(document.contents))
    case let label where label.hasSuffix("PRIVATE KEY"):
      ShownObject(
        file: file, position: position, name: "private key", kind: "privateKey",
        contents: .success([Fact("", nil, .text("not shown: keep this file to yourself"))]))
    case let label:
      ShownObject(
        file: file, position: position, name: label.printable, kind: "other",
        contents: .success([
          Fact("", nil, .text("not read here")), Fact(nil, "label", .text(label)),
        ]))
    }
  }

  /// DER says nowhere what it is: it is what it can be read as.
  private func object(der: [UInt8], _ file: String) -> ShownObject {
    let certificate = certificate(der)
    if case .failure = certificate {
      if case .success(let facts) = list(der) {
        return ShownObject(
          file: file, position: (1, 1), name: "revocation list", kind: "revocationList",
          contents: .success(facts))
      }
      if case .success(let facts) = response(der) {
        return ShownObject(
          file: file, position: (1, 1), name: "OCSP response", kind: "ocspResponse",
          contents: .success(facts))
      }
    }
    return ShownObject(
      file: file, position: (1, 1), name: "certificate", kind: "certificate",
      contents: certificate)
  }

  private func certificate(_ der: [UInt8]) -> Result<[Fact], ShownObject.Problem> {
    do {
      return .success(CertificateFacts(certificate: try Certificate(der: der), now: now).facts)
    } catch {
      return .failure(ShownObject.Problem(sentence: "\(error)"))
    }
  }

  private func list(_ der: [UInt8]) -> Result<[Fact], ShownObject.Problem> {
    do {
      let list = try CertificateRevocationList(der: der)
      return .success(RevocationListFacts(list: list, now: now, isComplete: isForPrograms).facts)
    } catch {
      return .failure(ShownObject.Problem(sentence: "\(error)"))
    }
  }

  private func response(_ der: [UInt8]) -> Result<[Fact], ShownObject.Problem> {
    do {
      return .success(OCSPFacts(response: try OCSPResponse(der: der), now: now).facts)
    } catch {
      return .failure(ShownObject.Problem(sentence: "\(error)"))
    }
  }
}
