import Benchmark
import TLSCrypto
import TLSEngine

/// Records sealed and opened in place, and the engine's share of what libgcrypt alone does.
let benchmarks: @Sendable () -> Void = {
  for cipher in Cipher.all {
    for byteCount in [64, 1_350, 16_384] {
      addSealing(cipher, byteCount)
      addRoundTrip(cipher, byteCount)
      addShare(cipher, byteCount)
    }
  }
}

/// A suite, and the cipher in it.
private struct Cipher: Sendable {
  let suite: CipherSuite
  let algorithm: AEADAlgorithm

  static let all = [
    Cipher(suite: .ecdheECDSAWithAES128GCMSHA256, algorithm: .aes128GCM),
    Cipher(suite: .ecdheECDSAWithAES256GCMSHA384, algorithm: .aes256GCM),
    Cipher(suite: .ecdheECDSAWithChaCha20Poly1305SHA256, algorithm: .chaCha20Poly1305),
  ]
}

/// A thousand records an iteration: one takes little longer than looking at the clock.
private var throughput: Benchmark.Configuration {
  .init(
    metrics: [.wallClock, .throughput], warmupIterations: 10, scalingFactor: .kilo,
    maxDuration: .seconds(1), maxIterations: 1_000)
}

private func addSealing(_ cipher: Cipher, _ byteCount: Int) {
  Benchmark("\(cipher.algorithm), \(byteCount) B: seal", configuration: throughput) {
    benchmark, session in
    for _ in benchmark.scaledIterations { try blackHole(session.seal()) }
  } setup: {
    try Session(cipher.suite, byteCount: byteCount)
  }
}

private func addRoundTrip(_ cipher: Cipher, _ byteCount: Int) {
  Benchmark(
    "\(cipher.algorithm), \(byteCount) B: seal, copy and open", configuration: throughput
  ) { benchmark, session in
    for _ in benchmark.scaledIterations {
      try session.seal()
      try blackHole(session.open())
    }
  } setup: {
    try Session(cipher.suite, byteCount: byteCount)
  }
}

/// Both in turns, so that whatever else the machine does meets both: the median is what counts.
private func addShare(_ cipher: Cipher, _ byteCount: Int) {
  let share = BenchmarkMetric.custom("sealing, % of libgcrypt", polarity: .prefersLarger)
  let count = max(64, 4_000_000 / (byteCount + 1_000))
  Benchmark(
    "\(cipher.algorithm), \(byteCount) B: share of libgcrypt",
    configuration: .init(
      metrics: [share], warmupIterations: 10, maxDuration: .seconds(1), maxIterations: 1_000)
  ) { benchmark, pair in
    let clock = ContinuousClock()
    let engine = try clock.measure {
      for _ in 0..<count { try blackHole(pair.session.seal()) }
    }
    let alone = try clock.measure {
      for _ in 0..<count { try blackHole(pair.raw.seal()) }
    }
    benchmark.measurement(share, Int((alone / engine * 100).rounded()))
  } setup: {
    (
      session: try Session(cipher.suite, byteCount: byteCount),
      raw: try RawCipher(cipher.algorithm, byteCount: byteCount)
    )
  }
}
