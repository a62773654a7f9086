import TLSCrypto

/// The signature checks of one verification: under a bound, and each made once.
struct SignatureBudget {
  /// A certificate, list or response, and the key that is to have signed it.
  private struct Check: Hashable {
    let signed: [UInt8]
    let key: PublicKey
  }

  /// Why there is no answer.
  struct Exhausted: Error {
    let limit: Int
  }

  let limit: Int
  private var answers: [Check: Bool] = [:]

  init(limit: Int) {
    self.limit = limit
  }

  /// How many checks were made.
  var count: Int { answers.count }

  /// Whether a key signed something, by `check`, unless that is known already.
  ///
  /// - Parameter signature: the bytes of the signature, which tell what is signed apart.
  mutating func isSigned(
    _ signature: [UInt8], by key: PublicKey, check: () -> Bool
  ) throws(Exhausted) -> Bool {
    let question = Check(signed: signature, key: key)
    if let known = answers[question] { return known }
    guard answers.count < limit else { throw Exhausted(limit: limit) }
    let answer = check()
    answers[question] = answer
    return answer
  }
}
