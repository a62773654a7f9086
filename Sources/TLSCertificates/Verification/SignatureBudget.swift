import TLSCrypto

/// The signature checks of one verification: under a bound, and each made once.
struct SignatureBudget {
  /// A certificate, list or response, and the key that is to have signed it.
  ///
  /// All of the encoding belongs to the question: anybody can write the bytes of a good signature
  /// under something else, which must not pass because the good one did.
  private struct Check: Hashable {
    let encoding: [UInt8]
    let key: PublicKey

    /// A few bytes of the signature do: there are no more checks than the limit allows.
    func hash(into hasher: inout Hasher) {
      for byte in encoding.suffix(16) { hasher.combine(byte) }
    }
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
  /// - Parameter encoding: all of what is signed, its signature included.
  mutating func isSigned(
    _ encoding: [UInt8], by key: PublicKey, check: () -> Bool
  ) throws(Exhausted) -> Bool {
    let question = Check(encoding: encoding, key: key)
    if let known = answers[question] { return known }
    guard answers.count < limit else { throw Exhausted(limit: limit) }
    let answer = check()
    answers[question] = answer
    return answer
  }
}
