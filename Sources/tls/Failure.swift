import ArgumentParser
import TLSCertificates
import TLSEngine

/// Why the command ends other than well: a sentence, and what it exits with.
struct Failure: Error {
  /// What the command exits with.
  enum Status: Int32 {
    case handshake = 1
    case certificate = 2
    case network = 3
    case usage = 64
  }

  let status: Status
  let sentence: String
  /// The alert that was sent or received, by its name.
  var alert: String?
  /// Why a chain was refused, if it was.
  private(set) var refusal: VerificationError?

  /// - Parameter sentence: may hold names of files and what a peer sent, which steer no terminal.
  init(_ status: Status, _ sentence: String) {
    self.status = status
    self.sentence = sentence.printable
  }

  /// What an error that was thrown anywhere comes to.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as TLSError: self.init(error)
    case let error as SystemError:
      self.init(error.isOfNetwork ? .network : .handshake, "\(error)")
    case TrustRootsError.notFound, TrustRootsError.notFoundWhereTold:
      self.init(.certificate, "\(error)")
    case let error as VerificationError:
      self.init(.certificate, "\(error)")
      refusal = error
    case is TrustRootsError, is CertificateBuilderError, is CipherStringError:
      self.init(.usage, "\(error)")
    default: self.init(.handshake, "\(error)")
    }
  }

  private init(_ error: TLSError) {
    let status: Status =
      switch error.reason {
      case .certificate, .malformedCertificate, .trustRoots: .certificate
      default: .handshake
      }
    self.init(status, "\(error)")
    alert = error.alert.map { "\($0)" }
    if case .certificate(let refusal) = error.reason { self.refusal = refusal }
  }

  /// Why a chain was refused, in full.
  var explanation: Explanation? { refusal.map { Explanation($0) } }

  /// The same as an object: error and exitStatus, and what there is to say of a refused chain.
  ///
  /// - Parameter withAlert: whether the alert has a place in it, which is null where there was none.
  func json(withAlert: Bool = false) -> JSON {
    let alert = withAlert ? [(name: "alert", value: JSON.optional(alert))] : []
    return .object(
      [("error", .string(sentence))] + alert
        + [("exitStatus", .number(Int(status.rawValue)))] + (explanation?.members ?? []))
  }

  /// Runs a command; what it throws becomes a sentence on standard error and an exit status.
  ///
  /// - Parameters:
  ///   - json: whether it becomes an object on standard output instead.
  ///   - withAlert: whether the alert has a place in that.
  static func reporting(
    json: Bool = false, withAlert: Bool = false, _ body: () throws -> Void
  ) throws {
    do {
      try body()
    } catch let code as ExitCode {
      throw code
    } catch {
      let failure = Failure(error)
      if json {
        Output.line(failure.json(withAlert: withAlert).description)
      } else {
        Output.error("tls: \(failure.sentence)")
        failure.explanation?.lines.forEach(Output.error)
      }
      throw ExitCode(failure.status.rawValue)
    }
  }
}
