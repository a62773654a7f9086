/// What the project wants to reach, and what it reached.
struct GoalTable {
  let comparisons: [Comparison]

  /// A number that is wanted, and how it came out.
  private struct Goal {
    let what: String
    let wanted: String
    let value: Double?
    let isMet: (Double) -> Bool
  }

  var lines: [String] {
    guard !goals.isEmpty else { return [] }
    return ["| | goal | measured | |", "|---|---|---:|---|"]
      + goals.map { goal in
        guard let value = goal.value, value.isFinite else {
          return "| \(goal.what) | \(goal.wanted) | | not measured |"
        }
        let verdict = goal.isMet(value) ? "met" : "missed"
        return "| \(goal.what) | \(goal.wanted) | \(Numbers.short(value)) | \(verdict) |"
      }
  }

  /// Those of the sections that were measured.
  private var goals: [Goal] {
    let sections = Set(comparisons.map(\.section))
    return (sections.contains(.records) ? recordGoals : []) + bulkGoals
      + (sections.contains(.handshakes) ? handshakeGoals : []) + memoryGoals
  }

  // MARK: Rows

  private var recordGoals: [Goal] {
    var goals: [Goal] = []
    for action in ["seal", "open"] {
      let aes = { record("AES-128-GCM", action, $0) }
      goals += [
        atLeast("\(action) 16 KiB AES-128-GCM, of libgcrypt's throughput", 0.97, aes(16_384), .raw),
        Goal(
          what: "\(action) 64 B AES-128-GCM, ns above libgcrypt", wanted: "25 or less",
          value: difference(aes(64), .raw), isMet: { $0 <= 25 }),
        atLeast("\(action) 16 KiB AES-128-GCM, times OpenSSL", 1.35, aes(16_384), .openSSL),
        atLeast("\(action) 64 B AES-128-GCM, times OpenSSL", 2.5, aes(64), .openSSL),
        Goal(
          what: "\(action) 16 KiB AES-128-GCM, buffered of in place", wanted: "0.85 or more",
          value: aes(16_384)?.ratio(to: .buffered).map { 1 / $0 }, isMet: { $0 >= 0.85 }),
      ]
    }
    let chacha = record("ChaCha20-Poly1305", "seal", 16_384)
    return goals + [
      atLeast("seal 16 KiB ChaCha20-Poly1305, times OpenSSL", 1.05, chacha, .openSSL),
      atLeast("seal 16 KiB ChaCha20-Poly1305, times swift-nio-ssl", 1.15, chacha, .nioSSL),
    ]
  }

  private var bulkGoals: [Goal] {
    comparisons.filter { $0.section == .bulk }.map { row in
      let size = row.byteCount.map(Numbers.size) ?? ""
      return Goal(
        what: "\(row.action) \(size) \(row.subject) by two threads, times one",
        wanted: "1.80 or more",
        value: row.ratio(to: .twoThreads).map { 1 / $0 }, isMet: { $0 >= 1.8 })
    }
  }

  private var handshakeGoals: [Goal] {
    let full = Fixture.Kind.allCases.map { kind in
      // With ECDSA they are not the engine's, which multiplies base points itself.
      let measure =
        kind.isECDSA ? "libgcrypt's own calls for it" : "the sum of its raw libgcrypt operations"
      return Goal(
        what: "full handshake, \(kind.rawValue), of \(measure)", wanted: "1.05 or less",
        value: handshake(kind, "full handshake")?.ratio(to: .raw).map { 1 / $0 },
        isMet: { $0 <= 1.05 })
    }
    return full
      + HandshakeComparisons.resumedKinds.map { kind in
        atLeast(
          "resumed handshake, \(kind.rawValue), times OpenSSL", 2,
          handshake(kind, "resumed by ticket"), .openSSL)
      }
  }

  private var memoryGoals: [Goal] {
    let memory = comparisons.filter { $0.section == .memory }.map { side in
      Goal(
        what: "heap of an idle connection, \(side.action), KiB", wanted: "6 or less",
        value: side.cost(.engine).map { $0 / 1_024 }, isMet: { $0 <= 6 })
    }
    let allocations = comparisons.filter { $0.section == .allocations }.map { action in
      Goal(
        what: "allocations for a record, in place, \(action.action)", wanted: "0",
        value: action.cost(.inPlace), isMet: { $0 == 0 })
    }
    return memory + allocations
  }

  // MARK: Looking up

  private func record(_ subject: String, _ action: String, _ byteCount: Int) -> Comparison? {
    comparisons.first {
      $0.section == .records && $0.subject == subject && $0.action == action
        && $0.byteCount == byteCount
    }
  }

  private func handshake(_ kind: Fixture.Kind, _ action: String) -> Comparison? {
    comparisons.first {
      $0.section == .handshakes && $0.subject.hasPrefix(kind.rawValue) && $0.action == action
    }
  }

  private func atLeast(
    _ what: String, _ limit: Double, _ comparison: Comparison?, _ contender: Contender
  ) -> Goal {
    Goal(
      what: what, wanted: "\(Numbers.fixed(limit, 2)) or more",
      value: comparison?.ratio(to: contender), isMet: { $0 >= limit })
  }

  private func difference(_ comparison: Comparison?, _ contender: Contender) -> Double? {
    guard let ours = comparison?.cost(.inPlace), let theirs = comparison?.cost(contender) else {
      return nil
    }
    return ours - theirs
  }
}
