import TLSCrypto
import Testing

@testable import TLSCertificates

/// An OCSP response field by field, each of which a test may spoil. Its signature is no signature.
private struct RawOCSPResponse {
  static let sha1 = TLV.sequence(TLV.identifier("1.3.14.3.2.26"), TLV.null)

  var status: [UInt8] = [0x0a, 1, 0]
  var type = TLV.identifier("1.3.6.1.5.5.7.48.1.1")
  var version: [UInt8] = []
  var responder = TLV.tagged(1, TLV.commonName("Responder"))
  var producedAt = TLV.generalizedTime("20270101000000Z")
  var hashAlgorithm = sha1
  var nameHash = TLV.octets([UInt8](repeating: 1, count: 20))
  var keyHash = TLV.octets([UInt8](repeating: 2, count: 20))
  var serialNumber = TLV.integer(5)
  var certStatus = TLV.field(0, [])
  var thisUpdate = TLV.generalizedTime("20270101000000Z")
  var nextUpdate: [UInt8] = []
  var singleExtensions: [UInt8] = []
  var moreSingleFields: [UInt8] = []
  var answerCount = 1
  var extensions: [UInt8] = []
  var signature = TLV.bits([1, 2, 3])
  var certificates: [UInt8] = []
  var moreFields: [UInt8] = []
  var hasBytes = true
  var trailer: [UInt8] = []

  var der: [UInt8] {
    let identifier = TLV.sequence(hashAlgorithm, nameHash, keyHash, serialNumber)
    let single = TLV.sequence(
      identifier, certStatus, thisUpdate, nextUpdate, singleExtensions, moreSingleFields)
    let singles = TLV.sequence([[UInt8]](repeating: single, count: answerCount).flatMap(\.self))
    let data = TLV.sequence(version, responder, producedAt, singles, extensions)
    let basic = TLV.sequence(
      data, RawCertificate.ecdsaWithSHA256, signature, certificates, moreFields)
    let bytes = TLV.tagged(0, TLV.sequence(type, TLV.octets(basic)))
    return TLV.sequence(status, hasBytes ? bytes : []) + trailer
  }
}

@Suite("What is no OCSP response")
struct OCSPStrictnessTests {
  private static func refusal(_ change: (inout RawOCSPResponse) -> Void) -> String? {
    var response = RawOCSPResponse()
    change(&response)
    do throws(OCSPError) {
      _ = try OCSPResponse(der: response.der)
      return nil
    } catch {
      return error.description.replacing("the OCSP response's ", with: "")
    }
  }

  @Test("the response that the others are made of is read")
  func good() throws {
    let basic = try #require(try OCSPResponse(der: RawOCSPResponse().der).basic)
    #expect(basic.responses.first?.status == .good)
  }

  @Test("the outside of a response is as RFC 6960 has it")
  func outside() {
    #expect(Self.refusal { $0.trailer = [0] } == "encoding is not DER")
    #expect(Self.refusal { $0.hasBytes = false } == "responseBytes are missing")
    #expect(
      Self.refusal { $0.status = [0x0a, 1, 3] } == "responseBytes are there although it is tryLater"
    )
    #expect(Self.refusal { $0.status = [0x0a, 1, 4] } == "responseStatus is 4, which there is not")
    #expect(Self.refusal { $0.status = [0x0a, 1, 0xff] } == "responseStatus is none that there is")
    #expect(Self.refusal { $0.status = [0x0a, 2, 0, 0] } == "responseStatus is none that there is")
    #expect(Self.refusal { $0.status = TLV.integer(0) }?.hasPrefix("responseStatus is") == true)
    #expect(
      Self.refusal { $0.type = TLV.identifier("1.2.3") }
        == "responseType is 1.2.3, not that of a basic response")
    #expect(Self.refusal { $0.moreFields = TLV.null } == "response has more fields than it may")
    #expect(
      Self.refusal { $0.signature = TLV.bits([2], unused: 1) }
        == "signature is not a BIT STRING of whole bytes")
  }

  @Test("what is signed is as RFC 6960 has it")
  func data() {
    #expect(
      Self.refusal { $0.version = TLV.tagged(0, TLV.integer(0)) }
        == "version is written out, as no version that there is has to be")
    #expect(
      Self.refusal { $0.responder = TLV.tagged(3, TLV.commonName("X")) }
        == "responderID is neither a name nor the hash of a key")
    #expect(
      Self.refusal { $0.responder = TLV.tagged(2, TLV.octets([1, 2])) }
        == "responderID has a hash of 2 bytes, and SHA-1 has 20")
    #expect(
      Self.refusal { $0.responder = TLV.tagged(2, TLV.octets([UInt8](repeating: 1, count: 20))) }
        == nil)
    #expect(
      Self.refusal { $0.producedAt = TLV.utcTime("270101000000Z") } == "producedAt is not a time")
    #expect(
      Self.refusal { $0.producedAt = TLV.generalizedTime("20270101000000.5Z") }
        == "producedAt has a fraction of a second")
    #expect(Self.refusal { $0.answerCount = 0 } == "responses is empty")
    #expect(Self.refusal { $0.answerCount = 64 } == nil)
    #expect(Self.refusal { $0.answerCount = 65 } == "responses has more than 64 answers")
  }

  @Test("an answer is as RFC 6960 has it")
  func answers() {
    #expect(
      Self.refusal { $0.nameHash = TLV.octets([1]) }
        == "certID has hashes that are not those of SHA-1")
    #expect(
      Self.refusal { $0.keyHash = TLV.octets([UInt8](repeating: 1, count: 32)) }
        == "certID has hashes that are not those of SHA-1")
    #expect(
      Self.refusal {
        $0.hashAlgorithm = TLV.sequence(TLV.identifier("1.3.14.3.2.26"), TLV.integer(1))
      }
        != nil)
    #expect(
      Self.refusal { $0.hashAlgorithm = TLV.sequence(TLV.identifier("1.3.14.3.2.26")) } == nil)
    #expect(Self.refusal { $0.hashAlgorithm = TLV.sequence(TLV.identifier("1.2.3")) } == nil)
    #expect(Self.refusal { $0.serialNumber = TLV.integer(0x80) } == "serialNumber is negative")
    #expect(
      Self.refusal { $0.certStatus = TLV.field(0, [1]) }
        == "certStatus has a NULL with something in it")
    #expect(Self.refusal { $0.certStatus = TLV.field(2, []) } == nil)
    #expect(
      Self.refusal { $0.certStatus = TLV.field(3, []) }
        == "certStatus is neither good, revoked nor unknown")
    let date = TLV.generalizedTime("20261231000000Z")
    #expect(Self.refusal { $0.certStatus = TLV.tagged(1, date) } == nil)
    #expect(
      Self.refusal { $0.certStatus = TLV.tagged(1, date, TLV.tagged(0, [0x0a, 1, 1])) } == nil)
    #expect(
      Self.refusal { $0.certStatus = TLV.tagged(1, date, TLV.tagged(0, [0x0a, 1, 7])) }
        == "revocationReason is none that there is")
    #expect(
      Self.refusal { $0.certStatus = TLV.tagged(1, []) } == "certStatus has no revocationTime")
    #expect(
      Self.refusal { $0.nextUpdate = TLV.tagged(0, TLV.generalizedTime("20261231000000Z")) }
        == "nextUpdate is 2026-12-31T00:00:00Z, before thisUpdate, 2027-01-01T00:00:00Z")
    #expect(
      Self.refusal { $0.moreSingleFields = TLV.null }
        == "singleResponse has more fields than it may")
  }

  @Test("extensions are as RFC 6960 has them, and a critical one that is not understood is refused")
  func extensions() {
    let good = TLV.certificateExtension("1.2.3", TLV.null)
    let critical = TLV.certificateExtension("1.2.3", critical: true, TLV.null)
    let nonce = TLV.certificateExtension("1.3.6.1.5.5.7.48.1.2", critical: true, TLV.octets([1]))
    let places: [(name: String, WritableKeyPath<RawOCSPResponse, [UInt8]>)] = [
      ("responseExtensions", \.extensions), ("singleExtensions", \.singleExtensions),
    ]
    for (name, path) in places {
      func refusal(_ list: [UInt8]...) -> String? {
        Self.refusal {
          $0[keyPath: path] = TLV.tagged(1, TLV.sequence(list.flatMap(\.self)))
        }
      }
      #expect(refusal(good) == nil)
      #expect(refusal(nonce) == nil)
      #expect(refusal() == "\(name) are empty")
      #expect(refusal(good, good) == "\(name) have 1.2.3 twice")
      #expect(refusal(critical) == "\(name) have the critical 1.2.3, which is not understood")
    }
  }

  @Test("the certificates that come with a response are certificates, and at most eight")
  func certificates() throws {
    let certificate = try Party.root().certificate.der
    func refusal(_ list: [[UInt8]]) -> String? {
      Self.refusal {
        $0.certificates = TLV.tagged(0, TLV.sequence(list.flatMap(\.self)))
      }
    }
    #expect(refusal([[UInt8]](repeating: certificate, count: 8)) == nil)
    #expect(
      refusal([[UInt8]](repeating: certificate, count: 9)) == "certs are more than 8")
    #expect(refusal([TLV.sequence()]) == "certs have one whose encoding has no tbsCertificate")
  }

  @Test("more bytes than a response may have are not looked at")
  func tooLong() {
    let found = Self.refusal {
      $0.trailer = [UInt8](repeating: 0, count: OCSPResponse.maximumByteCount)
    }
    #expect(found?.hasSuffix("bytes, more than 65536") == true)
  }
}
