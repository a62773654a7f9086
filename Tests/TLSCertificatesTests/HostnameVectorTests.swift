import Foundation
import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("Vectors of host names")
struct HostnameVectorTests {
  @Test("every case comes out as its line says", arguments: HostnameCase.files)
  func outcomes(_ file: String) throws {
    for vector in try HostnameCase.read(file) {
      #expect(try vector.result() == vector.outcome, "\(vector): \(vector.rule)")
    }
  }

  @Test("there are cases of every outcome, and each is there once")
  func count() throws {
    let all = try HostnameCase.files.flatMap(HostnameCase.read)
    print("hostnames: \(all.count) in all")
    #expect(all.count >= 100)
    for outcome in HostnameCase.Outcome.allCases {
      let count = all.count { $0.outcome == outcome }
      print("hostnames: \(outcome.rawValue): \(count)")
      #expect(count > 0, "\(outcome)")
    }
    let distinct = Set(all.map { "\($0.presented) \($0.reference)" })
    #expect(distinct.count == all.count)
  }

  @Test("OpenSSL answers as each line says, and where it differs the line says why")
  func comparison() throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/certificate.der"
    var askedCount = 0
    for vector in try HostnameCase.files.flatMap(HostnameCase.read) {
      #expect(vector.rule.contains("; openssl: ") == (vector.comparison == .differs), "\(vector)")
      // An argument ends at a zero, and an empty one is none.
      guard !vector.reference.contains(0), !vector.reference.isEmpty else {
        #expect(vector.comparison == .notAsked, "\(vector)")
        continue
      }
      let reference = String(decoding: vector.reference, as: UTF8.self)
      let question = Platform.parseIPAddress(reference) == nil ? "-checkhost" : "-checkip"
      try Data(try vector.certificateDER()).write(to: URL(fileURLWithPath: path))
      let answer = try OpenSSL.run(
        ["x509", "-inform", "DER", "-in", path, "-noout", question, reference])
      let isMatch = answer.output.contains("does match certificate")
      #expect(isMatch != answer.output.contains("does NOT match certificate"), "\(vector)")
      let agrees = isMatch == (vector.outcome == .match)
      #expect(agrees == (vector.comparison == .agrees), "\(vector): \(answer.output)")
      askedCount += 1
    }
    print("hostnames: asked OpenSSL \(askedCount)")
    #expect(askedCount >= 100)
  }
}
